"""A paper from a phone, with and without JavaScript."""

import pytest
from playwright.sync_api import expect

from tests.factories import FollowUpFactory
from tests.files import PDF, PNG

from .conftest import DESK, PHONE

WITH_AND_WITHOUT = pytest.mark.parametrize("javascript", [True, False])


def chosen(page, name, content, kind="application/pdf"):
    file = {"name": name, "mimeType": kind, "buffer": content}
    page.get_by_label("File", exact=True).set_input_files(file)


def save(page):
    page.get_by_role("button", name="Save", exact=True).click()


@WITH_AND_WITHOUT
def test_team_member_adds_a_paper_and_a_newer_one(browse, cast, media, javascript):
    page = browse(cast.team_member, PHONE, javascript)
    home = FollowUpFactory(title="Migration")
    page.goto(f"/follow-ups/{home.ref}/")
    page.get_by_role("link", name="Add a paper or file").click()
    chosen(page, "Memo_on_migration.pdf", PDF)
    save(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Memo on migration")

    page.get_by_role("link", name="Add a newer version").click()
    chosen(page, "flipchart.png", PNG, "image/png")
    save(page)
    page.get_by_text("2 versions").click()
    expect(page.get_by_role("link", name="Memo_on_migration.pdf")).to_be_visible()
    page.get_by_role("link", name="Show it here").click()
    expect(page.locator("img.in-place")).to_have_js_property("naturalWidth", 1)


def test_file_that_is_too_large_is_told_before_it_is_sent(browse, cast, media):
    page = browse(cast.team_member, PHONE)
    home = FollowUpFactory()
    page.goto(f"/follow-ups/{home.ref}/paper/")
    page.get_by_label("Title").fill("Street vendors")
    sent = []
    page.on("request", lambda request: sent.append(request.method))

    chosen(page, "film.pdf", PDF + bytes(21 << 20))
    save(page)
    expect(page.get_by_text("This file is too large")).to_be_visible()
    assert sent == []

    chosen(page, "memo.pdf", PDF)
    save(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Street vendors")


def test_what_was_typed_is_back_beside_the_field_of_the_file(browse, cast):
    page = browse(cast.team_member, PHONE)
    home = FollowUpFactory()
    page.goto(f"/follow-ups/{home.ref}/paper/")
    page.get_by_label("Title").fill("Street vendors")
    chosen(page, "memo.pdf", PDF)

    page.reload()

    expect(page.get_by_label("Title")).to_have_value("Street vendors")
    expect(page.get_by_text("What you had typed is back.")).to_be_visible()


def test_pdf_is_shown_within_the_page(browse, cast, media):
    page = browse(cast.team_member, DESK)
    home, told = FollowUpFactory(), []
    page.goto(f"/follow-ups/{home.ref}/paper/")
    chosen(page, "memo.pdf", PDF)
    save(page)
    page.on("console", lambda message: told.append(message.text))

    with page.expect_response("**/here/") as answer:
        page.get_by_role("link", name="Show it here").click()

    assert answer.value.status == 200
    assert told == []
