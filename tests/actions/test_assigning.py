from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from actions import workflow
from tests.actions.told import fresh, shown, told
from tests.factories import (
    OrganisationFactory,
)
from wiego_review.common.errors import Refused

pytestmark = pytest.mark.django_db


def test_assign_and_unassign_are_told_on_the_follow_up(by, follow_up, jane):
    group = OrganisationFactory()
    given = workflow.assign(follow_up, party=group, role="support", by=by)
    assert (given.party, given.role, given.given_by) == (group, "support", by)

    ended = workflow.unassign(follow_up.assignments.get(person=jane), by=by)

    assert shown(follow_up) == []
    assert ended.version == 3
    assert [fields for _version, fields in told(follow_up)][1:] == [
        {"supports": [[], [f"organisation:{group.pk}"]]},
        {"leads": [[f"person:{jane.pk}"], []]},
    ]
    assert "jane" not in fresh(follow_up).search_text
    with pytest.raises(Refused, match=r"This is no longer with them"):
        workflow.unassign(follow_up.assignments.get(person=jane), by=by)


def test_assign_twice_is_refused(by, follow_up, jane):
    with pytest.raises(ValidationError, match=r"They are on this follow-up already."):
        workflow.assign(follow_up, party=jane, role="support", by=by)


def test_accept_once_and_then_again_is_the_same(by, follow_up, jane):
    given = follow_up.assignments.get(person=jane)
    accepted = workflow.accept(given, by=by)
    again = workflow.accept(given, by=by)

    assert (accepted.answer, accepted.version, again.version) == ("accepted", 2, 2)
    assert again.answered_at == accepted.answered_at
    assert fresh(follow_up).version == 1


def test_decline_ends_it_and_says_so(by, follow_up, jane):
    declined = workflow.decline(follow_up.assignments.get(person=jane), by=by)

    assert (declined.answer, declined.ended_at) == ("declined", declined.answered_at) or (
        declined.ended_at - declined.answered_at < timedelta(seconds=1)
    )
    assert (shown(follow_up), fresh(follow_up).version) == ([], 2)
    for verb in (workflow.accept, workflow.decline):
        with pytest.raises(Refused, match=r"This is no longer with them"):
            verb(declined, by=by)
