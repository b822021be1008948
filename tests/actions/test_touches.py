"""What touches somebody by what they have to do."""

import pytest

from tests.factories import DecisionFactory, PersonFactory
from tests.rest import START
from tests.seen import given

pytestmark = pytest.mark.django_db


def test_decision_about_a_sealed_follow_up_is_not_told_of_who_has_it(api_of, team_member):
    person, decisions = PersonFactory(), {}
    for sealed in (False, True):
        decisions[sealed] = DecisionFactory()
        decisions[sealed].follow_ups.add(given(person, sealed=sealed))

    address = f"{START}people/{person.slug}/all/?how=decided_on_theirs"
    found = api_of(team_member).get(address).json()["results"]

    assert [row["ref"] for row in found] == [decisions[False].ref]
