from datetime import date

import pytest
from django.core.exceptions import ValidationError

from actions import workflow
from programmes.models import ChangeSet
from tests.actions.told import fresh, told
from tests.factories import (
    RetreatFactory,
)
from wiego_review.common.errors import Refused

pytestmark = pytest.mark.django_db

JUNE_7, JUNE_19 = date(2017, 6, 7), date(2017, 6, 19)


def test_move_due_to_a_later_day_counts_and_keeps_the_first(by, follow_up):
    moved = workflow.move_due(follow_up, due_on=JUNE_19, why="waiting for Lima", by=by)

    assert (moved.due_on, moved.slips, str(moved.original_due)) == (JUNE_19, 1, "7 Jun 2017")
    assert told(follow_up)[1:] == [(2, {"due_on": ["2017-06-07", "2017-06-19"]})]
    assert ChangeSet.objects.get(by=by, verb="move_due").why == "waiting for Lima"


def test_move_due_to_an_earlier_day_says_what_to_do(by, follow_up):
    with pytest.raises(ValidationError) as refused:
        workflow.move_due(follow_up, due_on=date(2017, 6, 6), why="Lima came", by=by)

    told = "This is earlier than 7 Jun 2017. Choose a later day, or put the date right in Edit."
    assert refused.value.message_dict == {"due_on": [told]}
    same = workflow.move_due(follow_up, due_on=JUNE_7, due_text="by the 7th", why="said", by=by)
    assert (same.due_on, same.due_text, same.slips) == (JUNE_7, "by the 7th", 0)


def test_move_due_by_the_last_day_of_a_span(by, follow_up):
    span = {"due_on": date(2017, 6, 1), "due_until": JUNE_19, "due_text": "by mid June"}

    assert workflow.move_due(follow_up, **span, why="Lima", by=by).slips == 1


def test_move_due_of_words_to_words_counts_nothing(by):
    follow_up = workflow.add_follow_up(title="Soon", due_text="soon", by=by)

    moved = workflow.move_due(follow_up, due_on=None, due_text="later", why="Lima", by=by)

    assert (moved.due_text, moved.slips, moved.original_due_text) == ("later", 0, "soon")


def test_move_due_to_a_retreat_and_off_again(by, follow_up):
    retreat = RetreatFactory(starts_on=date(2017, 11, 13))
    anchored = workflow.move_due(
        follow_up,
        due_on=date(2017, 11, 12),
        due_anchor=retreat,
        due_edge="start",
        due_offset=-1,
        why="for the retreat",
        by=by,
    )
    assert (anchored.due_anchor, anchored.slips) == (retreat, 1)

    loose = workflow.move_due(follow_up, due_on=date(2017, 11, 30), why="after it", by=by)
    assert (loose.due_anchor, loose.due_edge, loose.due_offset) == (None, "", None)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"due_on": JUNE_19, "why": " "}, "why"),
        ({"due_on": JUNE_19}, "why"),
        ({"due_on": None, "why": "no date"}, "due_on"),
    ],
)
def test_move_due_without_reason_or_day_is_refused(by, follow_up, values, field):
    with pytest.raises(ValidationError) as refused:
        workflow.move_due(follow_up, **values, by=by)

    assert list(refused.value.message_dict) == [field]
    assert fresh(follow_up).version == 1


def test_move_due_of_a_group_is_refused(by):
    group = workflow.add_follow_up(title="Group", kind="working_group", by=by)

    with pytest.raises(Refused, match=r"A working group has no date."):
        workflow.move_due(group, due_on=JUNE_19, why="more", by=by)
