import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


def told(*args):
    out = StringIO()
    call_command("parse_due", *args, stdout=out)
    return json.loads(out.getvalue())


def test_first_week_is_its_seven_days(db):
    assert told("first week of June", "--on", "2017-04-28") == {
        "due_on": "2017-06-01",
        "due_until": "2017-06-07",
        "due_anchor": None,
        "due_text": "first week of June",
        "ongoing": False,
    }


@pytest.mark.parametrize(
    ("words", "slug", "day", "edge", "offset"),
    [
        ("before the Team Retreat", "team-retreat-2017", "2017-11-12", "start", -1),
        ("end of the Durban team retreat", "team-retreat-2016", "2016-11-30", "end", 0),
        (
            "two weeks before the Board teleconference",
            "board-teleconference-2017",
            "2017-11-17",
            "start",
            -14,
        ),
    ],
)
def test_due_hangs_on_the_real_meetings(words, slug, day, edge, offset):
    said_on = "2016-04-28" if "Durban" in words else "2017-04-28"
    assert told(words, "--on", said_on) == {
        "due_on": day,
        "due_until": None,
        "due_anchor": slug,
        "due_edge": edge,
        "due_offset": offset,
        "due_text": words,
        "ongoing": False,
    }


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["some time"], "These words name no day. Say it as “12 June 2017”."),
        (
            ["6/5/2017"],
            "This may be two days. Write the month in letters, as “12 June 2017”.",
        ),
        (["today", "--on", "28 April"], "“28 April” is no day. Write it as 2017-04-28."),
    ],
)
def test_what_cannot_be_read_says_what_to_do(args, message, db):
    with pytest.raises(CommandError) as refused:
        told(*args)
    assert str(refused.value) == message
