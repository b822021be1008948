"""A Board member's second step, clicked."""

from playwright.sync_api import expect

from actions.models import Decision
from tests.signing_in import mailed_code

from .conftest import DESK


def test_second_step_opens_and_closes_what_is_board_only(browse, cast):
    Decision.objects.filter(number="BD-2017-1").update(sealed=True, number="")
    title = Decision.objects.get(sealed=True).title
    page = browse(cast.board_member, DESK)
    decision = page.get_by_role("link", name=title[:1].upper() + title[1:], exact=True)
    page.goto("/decisions/")
    expect(decision).to_have_count(0)

    page.get_by_text("Lin Lim").click()
    page.get_by_role("link", name="Open what is Board only").click()
    page.get_by_role("button", name="Send me a code by mail").click()
    page.get_by_label("The code from the mail").fill("a guess")
    page.get_by_role("button", name="Open", exact=True).click()
    expect(page.get_by_text("That is not the code.")).to_be_visible()
    expect(page.get_by_text("What you typed is still here")).to_have_count(0)

    page.get_by_label("The code from the mail").fill(mailed_code())
    page.get_by_role("button", name="Open", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Decisions")
    expect(decision).to_be_visible()

    page.get_by_text("Lin Lim").first.click()
    page.get_by_role("button", name="Close what is Board only").click()
    page.goto("/decisions/")
    expect(decision).to_have_count(0)
