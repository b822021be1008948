"""A list clicked through in a real browser: its pages and its files."""

import csv

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from actions import workflow
from actions.models import FollowUp
from wiego_review.common.listing import PAGE_SIZE as FULL_PAGE

from .conftest import DESK, PHONE


def first_row(page):
    return page.locator("#rows tbody tr").first.inner_text()


@pytest.mark.parametrize("javascript", [True, False])
def test_pages_are_turned_on_and_back(browse, cast, javascript):
    for number in range(FULL_PAGE - FollowUp.objects.count() + 3):
        workflow.add_follow_up(title=f"One more {number}", by=cast.coordinator)
    page = browse(cast.coordinator, PHONE, javascript)
    page.goto("/follow-ups/")
    first = first_row(page)
    expect(page.get_by_role("link", name="← Before")).to_have_count(0)

    page.get_by_role("link", name="Next →").click()
    expect(page.get_by_role("link", name="← Before")).to_be_visible()
    assert first_row(page) != first

    page.get_by_role("link", name="← Before").click()
    expect(page.get_by_role("link", name="← Before")).to_have_count(0)
    assert first_row(page) == first


def test_files_hold_the_rows_of_the_page(browse, cast, tmp_path):
    page = browse(cast.coordinator, DESK)
    page.goto("/follow-ups/?kind=webinar")
    shown = page.locator("#rows tbody th a").all_inner_texts()
    assert len(shown) == 5

    for name, titles in (("CSV", csv_titles), ("Excel", sheet_titles)):
        with page.expect_download() as started:
            page.get_by_role("link", name=name, exact=True).click()
        file = tmp_path / started.value.suggested_filename
        started.value.save_as(file)
        assert [title[:1].upper() + title[1:] for title in titles(file)] == shown


def csv_titles(file):
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return [row["title"] for row in csv.DictReader(lines)]


def sheet_titles(file):
    rows = list(load_workbook(file).worksheets[0].values)
    place = rows[0].index("What is to be done")
    return [row[place] for row in rows[1:]]


def test_print_says_what_the_list_is_narrowed_to(browse, cast):
    page = browse(cast.coordinator, {"width": 700, "height": 1000})
    page.emulate_media(media="print")
    page.goto("/follow-ups/?kind=webinar")
    expect(page.get_by_text("Kind: Webinar")).to_be_visible()
    for words in ("✕", "Excel", "As the report lists them", "Narrow the list"):
        expect(page.get_by_text(words).first).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.querySelector('#rows')).fontSize") < "13px"


def test_list_with_nothing_to_narrow_it_by_offers_nothing(browse, cast):
    page = browse(cast.coordinator, DESK)
    for address, shown in (("/sectors/", 0), ("/bodies/", 1)):
        page.goto(address)
        narrow = page.get_by_text("Narrow the list").locator("visible=true")
        expect(narrow).to_have_count(shown)
