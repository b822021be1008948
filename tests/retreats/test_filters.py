"""Filters find nothing by what is not told."""

import pytest

from tests import factories as make
from tests.seen import given, taken_part

pytestmark = pytest.mark.django_db


def found(client, address):
    return [row["ref"] for row in client.get(address).json()["results"]]


def test_guest_finds_nobody_by_having_been_there(api_of, guest, team_member):
    row = make.ParticipantFactory(retreat=taken_part(guest.person), attended="yes")
    address = f"/api/v1/participants/?retreat={row.retreat.slug}&person={row.person.slug}"

    assert found(api_of(guest), address) == [row.ref]
    assert found(api_of(guest), f"{address}&attended=yes") == []
    assert found(api_of(team_member), f"{address}&attended=yes") == [row.ref]


@pytest.mark.parametrize("answer", ["true", "false"])
def test_guest_finds_no_issue_by_its_links(api_of, guest, answer):
    follow_up = given(guest.person)
    follow_up.issue = make.IssueLinkFactory().issue
    follow_up.save()

    assert found(api_of(guest), "/api/v1/issues/") == [follow_up.issue.ref]
    assert found(api_of(guest), f"/api/v1/issues/?perhaps_linked={answer}") == []
