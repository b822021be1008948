"""What is shown of a follow-up that was searched for, to those who see less."""

import pytest

from actions.searches import who_and_what
from tests.factories import AliasFactory, PersonFactory
from tests.seen import given
from wiego_review.common.viewer import Viewer

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("role", "told"), [("team_member", "Awa, Awa Sy"), ("guest", "Awa")])
def test_other_spellings_are_for_those_who_see_them(request, role, told):
    person = PersonFactory(name="Awa")
    AliasFactory(person=person, name="Awa Sy")

    names = who_and_what([given(person).pk], Viewer(request.getfixturevalue(role)))

    assert [*names.values()] == [[("Lead", told)]]
