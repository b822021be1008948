"""The terminal's table and the admin's lists say a follow-up as its page does."""

import io
from datetime import date

import pytest
from django.core.management.base import OutputWrapper
from django.urls import reverse

from actions import workflow
from actions.listings import LISTINGS
from actions.terminal import print_follow_ups, team_viewer
from wiego_review.common.admin_lists import cell_column

pytestmark = pytest.mark.django_db
DAYS = "1–7 Jun 2017"


@pytest.fixture
def follow_up(coordinator):
    span = {"due_on": date(2017, 6, 1), "due_until": date(2017, 6, 7), "due_text": "early June"}
    return workflow.add_follow_up(title="unheard-of paper", **span, by=coordinator)


def test_terminal_says_title_and_days_as_the_page(follow_up, monkeypatch):
    monkeypatch.setenv("COLUMNS", "300")
    out = io.StringIO()
    print_follow_ups(OutputWrapper(out), {"search": "unheard-of"})

    row = out.getvalue().splitlines()[2]
    assert [part.strip() for part in row.split("  ") if part] == [
        "Other",
        "Unheard-of paper",
        "early June",
        DAYS,
        "Not started",
    ]


def test_admin_list_says_title_and_days_as_the_page(follow_up, client_of, coordinator):
    address = reverse("admin:actions_followup_changelist")
    listed = client_of(coordinator).get(address, {"search": "unheard-of"})

    (record,) = listed.context["cl"].result_list
    rows = next(each for each in LISTINGS if each.name == "follow-ups").rows
    shown = [cell_column(rows.cell(name))(record) for name in ("title", "due_on", "due_text")]
    assert shown == ["Unheard-of paper", DAYS, "early June"]
    page = client_of(coordinator).get("/follow-ups/", {"search": "unheard-of"}).content.decode()
    assert [words in page for words in shown] == [True, True, True]


def test_files_hold_the_title_as_it_was_written(follow_up, client_of, coordinator):
    answer = client_of(coordinator).get("/follow-ups/?search=unheard-of&export=csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")

    assert text.splitlines()[1].startswith("task,unheard-of paper,")


def test_terminal_opens_nothing_of_the_board():
    assert not team_viewer().board_open
