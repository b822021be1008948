"""A dot vote for those who do not see all it is told with."""

import pytest

from retreats.models import Ballot, HeadCount
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def row_of(client_of, team_member):
    """`row_of(ballot)`: as its page has it."""
    client = client_of(team_member)
    return lambda ballot: client.get(f"/ballots/{ballot.ref}/").context["row"]


def test_issue_is_named_to_those_who_see_issues(row_of, kept_from):
    option = make.BallotOptionFactory(issue=make.IssueFactory())
    before = row_of(option.ballot)["options"][0]["issue"]

    kept_from("strategicissue")

    assert before == {"ref": option.issue.ref, "title": option.issue.title}
    assert row_of(option.ballot)["options"][0]["issue"] is None


def test_number_of_people_is_told_to_those_who_see_head_counts(row_of, kept_from):
    ballot = make.BallotOptionFactory().ballot
    HeadCount.objects.create(retreat=ballot.session.retreat, number=3)
    before = row_of(ballot)["findings"]

    kept_from("headcount")

    assert [each["kind"] for each in before if each not in row_of(ballot)["findings"]] == ["people"]


def test_vote_without_options_one_sees_is_not_told_of_an_issue(client_of, team_member, kept_from):
    issue = Ballot.objects.get().options.get(text="supply chains").issue
    kept_from("ballotoption")

    assert client_of(team_member).get(f"/issues/{issue.ref}/").context["row"]["dots"] == []
