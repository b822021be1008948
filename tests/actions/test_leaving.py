"""What somebody still has stands in the way of taking out their name, as far as it is seen."""

import pytest

from actions.leaving import in_the_way
from programmes import workflow
from tests import factories as make
from tests.seen import given
from wiego_review.common.errors import Refused
from wiego_review.common.viewer import Viewer

pytestmark = pytest.mark.django_db


def test_board_only_follow_up_is_not_told_of(coordinator):
    person = make.PersonFactory()
    given(person, sealed=True)
    assert in_the_way(Viewer(coordinator), person) == []

    given(person)

    ((words, _address),) = in_the_way(Viewer(coordinator), person)
    assert words == "They still have 1 follow-up. Give it to somebody else first."


@pytest.mark.parametrize("roles", [["coordinator"], ["coordinator", "board"]])
def test_board_only_follow_up_never_stands_in_the_way(roles):
    by, person = make.UserFactory(roles=roles), make.PersonFactory(is_active=False)
    given(person, sealed=True)

    workflow.anonymise(person, by=by)

    person.refresh_from_db()
    assert person.name != person.slug
    given(other := make.PersonFactory(is_active=False))
    with pytest.raises(Refused, match="They still have 1 follow-up"):
        workflow.anonymise(other, by=by)
