"""The three users by keyboard alone, with JavaScript and without it."""

import csv
import re

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from actions.models import Decision, FollowUp
from programmes.models import Understanding
from tests.factories import PersonFactory
from tests.signing_in import PASSWORD, mailed_code, with_password

from .conftest import DESK, PHONE
from .test_keyboard import press, tab_to, type_into

WITH_AND_WITHOUT = pytest.mark.parametrize("javascript", [True, False])


def skip_to_content(page):
    """The first Tab on a page offers to pass by what stands above each."""
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="To the content")).to_be_focused()
    page.keyboard.press("Enter")


def heading(page):
    return page.get_by_role("heading", level=1)


@WITH_AND_WITHOUT
def test_team_member_finds_a_follow_up_and_is_done_with_it(browse, cast, javascript):
    page = browse(cast.team_member, PHONE, javascript)
    page.goto("/")
    type_into(page, "", "south africa waste pickers")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?search=south+africa+waste+pickers")
    skip_to_content(page)
    follow_up = FollowUp.objects.get(title="South Africa Waste Pickers")
    press(page, "South Africa Waste Pickers")
    expect(heading(page)).to_have_text("South Africa Waste Pickers")

    press(page, "Done")
    page.wait_for_url("**/done/")
    skip_to_content(page)
    press(page, "Done")
    expect(heading(page)).to_have_text("South Africa Waste Pickers")
    follow_up.refresh_from_db()
    assert follow_up.state == "done"


@WITH_AND_WITHOUT
def test_board_member_signs_in_and_reads_what_is_board_only(browse, cast, javascript):
    Decision.objects.filter(number="BD-2017-1").update(sealed=True, number="")
    title = Decision.objects.get(sealed=True).title
    title = title[:1].upper() + title[1:]
    with_password(cast.board_member)
    page = browse(size=DESK, javascript=javascript)
    page.goto("/admin/")
    type_into(page, "E-mail", cast.board_member.email)
    type_into(page, "Password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"^[^?]*/admin/$"))  # the sign-in's address ends in it too
    expect(page.get_by_text(title)).to_have_count(0)

    press(page, "Board only")
    press(page, "Open what is Board only")
    page.wait_for_url("**/board/open/**")
    skip_to_content(page)
    press(page, "Send me a code by mail")
    page.get_by_label("The code from the mail").wait_for()
    type_into(page, "The code from the mail", mailed_code())
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Close what is Board only").wait_for()
    press(page, title)
    page.wait_for_url("**/change/")
    expect(page.get_by_text(title).first).to_be_visible()


@WITH_AND_WITHOUT
def test_coordinator_narrows_the_list_and_takes_it_along(browse, cast, javascript, tmp_path):
    page = browse(cast.coordinator, DESK, javascript)
    page.goto("/follow-ups/")
    skip_to_content(page)
    if not javascript:
        press(page, "Narrow the list")
    press(page, "Kind")
    tab_to(page, "Two-pager")
    page.keyboard.press("Space")
    if not javascript:
        page.keyboard.press("Enter")
    page.wait_for_url("**/follow-ups/?**kind=two_pager**")
    expect(page.locator("#rows tbody tr")).to_have_count(6)
    shown = [text.split("\n")[0] for text in page.locator("#rows tbody th").all_inner_texts()]

    for name, titles in (("Excel", of_sheet), ("CSV", of_csv)):
        page.goto(page.url)
        tab_to(page, name)
        with page.expect_download() as started:
            page.keyboard.press("Enter")
        file = tmp_path / started.value.suggested_filename
        started.value.save_as(file)
        assert [each[:1].upper() + each[1:] for each in titles(file)] == shown


def of_csv(file):
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return [row["title"] for row in csv.DictReader(lines)]


def of_sheet(file):
    first, *rows = load_workbook(file).worksheets[0].values
    return [row[first.index("What is to be done")] for row in rows]


@WITH_AND_WITHOUT
def test_coordinator_sorts_out_and_looks_before_merging(browse, cast, javascript):
    answered = Understanding.objects.exclude(answer="").count()
    one, other = PersonFactory(name="Quirina Zweig"), PersonFactory(name="Zenzile Moyo")
    page = browse(cast.coordinator, DESK, javascript)
    page.goto("/to-sort-out/")
    page.locator('form[action*="/understood/"] button', has_text="Yes").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".messages")).to_be_visible()
    assert Understanding.objects.exclude(answer="").count() == answered + 1

    page.goto(f"/people/{one.slug}/same/")
    skip_to_content(page)
    page.keyboard.press("Tab")
    page.keyboard.type(other.name)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2)).to_have_text("Quirina Zweig becomes Zenzile Moyo")
    one.refresh_from_db()
    assert one.merged_into is None
