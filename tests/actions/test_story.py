"""The story of a follow-up on its page: what was reported and what changed, each once."""

import pytest

from actions import workflow
from programmes.models.changeset import Change
from tests.factories import PersonFactory, UserFactory

pytestmark = pytest.mark.django_db
START = "Where it stands: Not started → Under way"
WROTE = ("Wanjiru Test wrote this down", "", [])


@pytest.fixture
def by():
    return UserFactory(roles=["team"], person=PersonFactory(name="Wanjiru Test"))


@pytest.fixture
def follow_up(by):
    return workflow.add_follow_up(title="Paper", by=by)


@pytest.fixture
def told(client_of, coordinator, follow_up):
    """`(sentence, words, details)` of each entry as the page has them."""

    def read():
        answer = client_of(coordinator).get(f"/follow-ups/{follow_up.ref}/")
        return [
            (each.sentence, getattr(each, "words", ""), list(each.details))
            for each in answer.context["entries"]
        ]

    return read


def test_update_and_what_it_started_are_one_entry(by, follow_up, told):
    workflow.update(follow_up, text="They will come.", by=by)
    workflow.update(follow_up, text="They came.", by=by)

    assert told() == [
        ("Wanjiru Test wrote", "They came.", []),
        ("Wanjiru Test wrote", "They will come.", [START]),
        WROTE,
    ]


def test_done_with_words_is_one_entry(by, follow_up, told):
    workflow.complete(follow_up, text="It went well.", by=by)

    done = ["Where it stands: Not started → Done"]
    assert told() == [("Wanjiru Test marked it done", "It went well.", done), WROTE]


def test_update_whose_change_may_not_be_read_is_told_still(by, follow_up, told):
    written = workflow.update(follow_up, text="They will come.", by=by)
    Change.objects.filter(object_id=written.pk).update(was_sealed=True)

    assert sorted(told()) == [
        ("Wanjiru Test wrote", "They will come.", []),
        ("Wanjiru Test wrote an update", "", [START]),
        WROTE,
    ]
