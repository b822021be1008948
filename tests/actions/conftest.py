from datetime import date

import pytest

from actions import workflow
from tests.factories import AssignmentFactory, FollowUpFactory, PersonFactory, UserFactory


@pytest.fixture
def led(team_member):
    """A follow-up the team member leads."""
    follow_up = FollowUpFactory(title="Migration", due_on=date(2017, 6, 7))
    AssignmentFactory(follow_up=follow_up, person=team_member.person)
    return follow_up


@pytest.fixture
def by():
    return UserFactory(roles=["team"])


@pytest.fixture
def jane():
    return PersonFactory(name="Jane of the Test")


@pytest.fixture
def follow_up(by, jane):
    return workflow.add_follow_up(
        title="Africa Working Paper", leads=[jane], due_on=date(2017, 6, 7), by=by
    )
