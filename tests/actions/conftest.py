from datetime import date

import pytest

from tests.factories import AssignmentFactory, FollowUpFactory


@pytest.fixture
def led(team_member):
    """A follow-up the team member leads."""
    follow_up = FollowUpFactory(title="Migration", due_on=date(2017, 6, 7))
    AssignmentFactory(follow_up=follow_up, person=team_member.person)
    return follow_up
