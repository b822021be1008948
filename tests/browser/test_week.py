"""A team member's week, on a phone, with and without JavaScript."""

import pytest
from playwright.sync_api import expect

from actions import workflow
from actions.models import FollowUp

from .conftest import PHONE

WITH_AND_WITHOUT = pytest.mark.parametrize("javascript", [True, False])


def log_follow_up(page, title):
    page.goto("/follow-ups/new/")
    page.get_by_label("What is to be done?").fill(title)
    page.get_by_label("Who?", exact=True).fill("Vanessa Pilay")
    page.get_by_text("End of month").click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    return FollowUp.objects.get(title=title)


@WITH_AND_WITHOUT
def test_team_member_logs_reports_and_asks_for_time(browse, cast, javascript):
    page = browse(cast.team_member, PHONE, javascript)
    follow_up = log_follow_up(page, "Call the Durban vendors")
    first = follow_up.due_on
    assert [each.person.name for each in follow_up.assignments.all()] == ["Vanessa Pillay"]

    page.get_by_role("link", name="Write an update").click()
    page.get_by_label("What is there to tell?").fill("They will come on Friday.")
    page.locator("main form button.strong").click()
    expect(page.get_by_text("They will come on Friday.").first).to_be_visible()

    page.get_by_role("link", name="More time").click()
    page.get_by_text("On a day").click()
    page.get_by_label("Day", exact=True).fill("2030-06-19")
    page.get_by_label("Why?").fill("Waiting for Lima")
    page.locator("main form button.strong").click()
    expect(page.get_by_text("Waiting for Lima").first).to_be_visible()

    follow_up.refresh_from_db()
    assert (follow_up.state, follow_up.slips, str(follow_up.due_on)) == (
        "under_way",
        1,
        "2030-06-19",
    )
    assert follow_up.original_due_on == first


@WITH_AND_WITHOUT
def test_same_field_changed_meanwhile_shows_both(browse, cast, javascript):
    page = browse(cast.team_member, PHONE, javascript)
    follow_up = log_follow_up(page, "Meet the Accra group")
    page.goto(f"/follow-ups/{follow_up.ref}/edit/")
    page.get_by_label("What is to be done?").fill("Meet the Accra group in May")

    workflow.edit_follow_up(follow_up, title="Meet the Accra traders", by=cast.coordinator)
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_text("Meet the Accra traders").first).to_be_visible()
    expect(page.get_by_label("What is to be done?")).to_have_value("Meet the Accra group in May")
    follow_up.refresh_from_db()
    assert follow_up.title == "Meet the Accra traders"

    page.get_by_role("button", name="Save", exact=True).click()
    follow_up.refresh_from_db()
    assert follow_up.title == "Meet the Accra group in May"


def test_guest_sees_nothing_of_it(browse, cast):
    team = browse(cast.team_member, PHONE)
    follow_up = log_follow_up(team, "Only for the Team")

    guest = browse(cast.guest, PHONE)
    answer = guest.goto(f"/follow-ups/{follow_up.ref}/")
    assert answer.status == 404
    guest.goto("/follow-ups/")
    assert guest.get_by_text("Only for the Team").count() == 0


@WITH_AND_WITHOUT
def test_unknown_name_is_asked_about_and_nothing_lost(browse, cast, javascript):
    page = browse(cast.team_member, PHONE, javascript)
    before = FollowUp.objects.count()
    page.goto("/follow-ups/new/")
    page.get_by_label("What is to be done?").fill("Ask about the toolkit")
    page.get_by_label("Who?", exact=True).fill("Vanesa Pilai")
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_text("Did you mean").first).to_be_visible()
    expect(page.get_by_label("What is to be done?")).to_have_value("Ask about the toolkit")
    expect(page.get_by_label("Who?", exact=True)).to_have_value("Vanesa Pilai")
    assert FollowUp.objects.count() == before
