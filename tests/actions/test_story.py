"""The story of a follow-up on its page: what was reported and what changed, each once."""

import pytest

from actions import workflow
from programmes.models.changeset import Change
from tests.factories import PersonFactory, UpdateFactory, UserFactory

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


@pytest.mark.parametrize("written", [True, False])
def test_board_only_update_is_marked_for_the_board_and_no_one_else(
    client_of, chair, coordinator, by, follow_up, written
):
    page = f"/follow-ups/{follow_up.ref}/"
    if written:
        workflow.update(follow_up, text="Hushed", sealed=True, by=by)
    else:
        UpdateFactory(follow_up=follow_up, text="Hushed", sealed=True)

    def told(client):
        entries = client.get(page).context["entries"]
        return [(each.words, each.board_only) for each in entries if hasattr(each, "words")]

    assert told(client_of(chair, board_open=True)) == [("Hushed", True)]
    for client in (client_of(chair), client_of(coordinator, board_open=True)):
        assert told(client) == []
        assert "Hushed" not in client.get(page).content.decode()


def test_guest_is_told_who_told_it_where_they_know_them(client_of, coordinator, guest, follow_up):
    workflow.assign(follow_up, party=guest.person, by=coordinator)
    told_by = PersonFactory(name="Awa Unmet")
    act = {"as_told_by": told_by, "told_how": "phone", "by": coordinator}
    workflow.update(follow_up, text="They came.", **act)

    def told(user):
        entries = client_of(user).get(f"/follow-ups/{follow_up.ref}/").context["entries"]
        return [each.told for each in entries if getattr(each, "words", "")]

    assert (told(coordinator), told(guest)) == (["as told by Awa Unmet by phone"], [""])
