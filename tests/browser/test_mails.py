"""The mail of a team member, answered from a phone without signing in; and who wants none."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from actions.rounds import preview
from programmes.models import User
from programmes.unsubscribing import off_link
from tests import factories

from .conftest import DESK, PHONE
from .looking import Judge


def late(user):
    """A follow-up of theirs that is late, and a page with its story."""
    today = timezone.localdate()
    follow_up = factories.FollowUpFactory(
        title="Call the Durban vendors", due_on=today - timedelta(days=3), last_word_on=today
    )
    factories.AssignmentFactory(follow_up=follow_up, person=user.person)
    return follow_up


def links(user):
    """`{words: path}` of the answers in the mail that is due."""
    text = preview(user)[0].body
    return dict(re.findall(r"^  (\S.*): http://[^/]+(/answer/\S+)$", text, re.M))


@pytest.mark.parametrize("javascript", [True, False])
def test_more_time_is_answered_from_the_mail_and_told_in_the_history(browse, cast, javascript):
    follow_up = late(cast.team_member)
    path = links(cast.team_member)["More time"]

    page = browse(size=PHONE, javascript=javascript)
    page.goto(path)
    expect(page.get_by_text("Call the Durban vendors")).to_be_visible()
    page.get_by_text("Next week").click()
    page.get_by_role("button", name="More time").click()
    expect(page.get_by_text("Say why.")).to_be_visible()
    page.get_by_label("Why?").fill("Waiting for Lima")
    page.get_by_role("button", name="More time").click()
    expect(page.get_by_text("Thank you, this is answered.")).to_be_visible()

    page = browse(cast.other_team_member, PHONE, javascript)
    page.goto(f"/follow-ups/{follow_up.ref}/")
    expect(page.get_by_text("Vanessa Pillay moved the date, by mail")).to_be_visible()
    expect(page.get_by_text("Waiting for Lima")).to_be_visible()


def test_one_press_ends_the_monday_mail_and_one_begins_it_again(browse, cast):
    page = browse(size=PHONE)
    page.goto(off_link(cast.team_member, "monday").removeprefix("http://localhost:8000"))
    page.get_by_role("button", name="Send me no more").click()
    expect(page.get_by_text("These mails come no more.")).to_be_visible()
    assert not User.objects.get(pk=cast.team_member.pk).mails_monday

    page = browse(cast.team_member, PHONE)
    page.goto("/")
    page.get_by_text("Vanessa Pillay", exact=True).first.click()
    page.get_by_role("link", name="Mails", exact=True).click()
    page.get_by_label("Monday mail").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert User.objects.get(pk=cast.team_member.pk).mails_monday


def test_pages_of_mails_are_well_to_look_at(browse, cast):
    late(cast.team_member)
    page, judge = browse(cast.team_member, DESK, bypass_csp=True), Judge()
    off = off_link(cast.team_member, "monday").removeprefix("http://localhost:8000")
    for path in (links(cast.team_member)["More time"], off, "/account/mails/"):
        page.goto(path)
        judge.look(page)

    assert judge.wrong == {}
