"""What somebody types stays on their phone until it is saved."""

import pytest
from playwright.sync_api import expect

from actions import workflow
from actions.models import FollowUp

from .conftest import PHONE

NEW = "/follow-ups/new/"
BACK = "What you had typed is back."


@pytest.fixture
def page(browse, cast):
    return browse(cast.team_member, PHONE)


@pytest.fixture
def follow_up(cast):
    return workflow.add_follow_up(
        title="Meet the Accra group", leads=[cast.team_member.person], by=cast.team_member
    )


def what(page):
    return page.get_by_label("What is to be done?")


def drafts(page):
    return page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('draft:'))")


def type_new(page):
    page.goto(NEW)
    what(page).fill("Ask the Lima traders")
    page.get_by_text("End of month").click()
    page.get_by_text("More", exact=True).last.click()
    page.get_by_label("Note").fill("By phone")


def test_closed_tab_gives_back_what_was_typed(page):
    type_new(page)
    expect(page.get_by_text("Kept on this phone while you type.")).to_be_visible()
    again = page.context.new_page()
    page.close()

    again.goto(NEW)
    expect(again.get_by_text(BACK)).to_be_visible()
    expect(what(again)).to_have_value("Ask the Lima traders")
    expect(again.get_by_label("End of month")).to_be_checked()
    expect(again.get_by_label("Note")).to_be_visible()
    expect(again.get_by_label("Note")).to_have_value("By phone")

    again.get_by_role("button", name="Start afresh").click()
    expect(what(again)).to_have_value("")
    again.reload()
    expect(what(again)).to_have_value("")
    expect(again.get_by_text(BACK)).to_be_hidden()


def test_lost_line_loses_nothing_and_success_clears(page):
    type_new(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("chrome-error://**")
    page.context.set_offline(False)

    page.goto(NEW)
    expect(what(page)).to_have_value("Ask the Lima traders")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ask the Lima traders")
    assert FollowUp.objects.filter(title="Ask the Lima traders", note="By phone").count() == 1
    assert drafts(page) == []


def test_lost_answer_does_not_save_twice(page):
    type_new(page)
    lost = []

    def lose(route):
        lost.append(route.fetch().status)
        route.abort()

    page.route("**/follow-ups/new/", lose, times=1)
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("chrome-error://**")

    page.goto(NEW)
    expect(page.get_by_text(BACK)).to_be_visible()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ask the Lima traders")
    assert lost == [200]
    assert FollowUp.objects.filter(title="Ask the Lima traders").count() == 1


def test_form_shown_again_keeps_what_was_sent_and_the_draft(page):
    type_new(page)
    page.get_by_label("Who?", exact=True).fill("Nobodyatall")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Nobody is called").first).to_be_visible()
    expect(what(page)).to_have_value("Ask the Lima traders")
    expect(page.get_by_text(BACK)).to_be_hidden()

    page.goto(NEW)
    expect(what(page)).to_have_value("Ask the Lima traders")
    expect(page.get_by_label("Who?", exact=True)).to_have_value("Nobodyatall")


@pytest.mark.parametrize(
    ("verb", "label"),
    [("update", "What is there to tell?"), ("more-time", "Why?"), ("edit", "What is to be done?")],
)
def test_every_form_of_a_follow_up_keeps_its_own(page, follow_up, verb, label):
    address = f"/follow-ups/{follow_up.ref}/{verb}/"
    page.goto(address)
    key = page.locator("[name=key]").input_value()
    page.get_by_label(label).fill("Waiting for Lima")
    page.reload()
    expect(page.get_by_label(label)).to_have_value("Waiting for Lima")
    expect(page.locator("[name=key]")).to_have_value(key)
    page.goto(NEW)
    expect(what(page)).to_have_value("")


def test_what_somebody_changed_since_stands_beside_what_was_typed(page, follow_up, cast):
    address = f"/follow-ups/{follow_up.ref}/edit/"
    page.goto(address)
    what(page).fill("Meet the Accra group in May")
    workflow.edit_follow_up(follow_up, title="Meet the Accra traders", by=cast.coordinator)

    page.goto(address)
    expect(what(page)).to_have_value("Meet the Accra traders")
    told = "Somebody changed this meanwhile. You had typed: Meet the Accra group in May"
    expect(page.get_by_text(told)).to_be_visible()


def test_signing_out_forgets_the_drafts_of_this_account_only(page):
    type_new(page)
    page.evaluate("localStorage.setItem('draft:1:/follow-ups/new/', '{}')")
    assert len(drafts(page)) == 2
    page.goto("/sign-in/out/")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    assert drafts(page) == ["draft:1:/follow-ups/new/"]


def test_nothing_says_so_without_javascript(browse, cast):
    page = browse(cast.team_member, PHONE, javascript=False)
    page.goto(NEW)
    expect(page.get_by_text("Kept on this phone while you type.")).to_be_hidden()
    expect(page.get_by_text(BACK)).to_be_hidden()


def test_what_is_board_only_is_not_kept(browse, cast, follow_up):
    FollowUp.objects.filter(pk=follow_up.pk).update(sealed=True, created_by=cast.board_member)
    page = browse(cast.board_member, PHONE, board_open=True)
    page.goto(f"/follow-ups/{follow_up.ref}/update/")
    page.get_by_label("What is there to tell?").fill("Between us")
    expect(page.get_by_text("Kept on this phone while you type.")).to_be_hidden()
    assert drafts(page) == []
