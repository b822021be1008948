"""Who said it is told in words: a coordinator says who it is, or that it is nobody by name."""

import pytest
from django.urls import reverse

from programmes import workflow
from programmes.history import history_of
from programmes.models import ChangeSet, Person
from retreats import naming
from retreats.models import Note
from tests import factories as make
from wiego_review.common.errors import Refused
from wiego_review.common.viewer import Viewer

pytestmark = pytest.mark.django_db
MAKERS = {"notes": make.NoteFactory, "suggestions": make.SuggestionFactory}


def fresh(record):
    return type(record)._base_manager.get(pk=record.pk)


@pytest.fixture(params=MAKERS)
def said(request):
    """A note, then a suggestion, said by a name in words."""
    return MAKERS[request.param](said_by_text="Zimbabwe")


@pytest.fixture
def two():
    return [make.PersonFactory(name="Ana Lima"), make.PersonFactory(name="Rudo Moyo")]


def page_of(said):
    return f"/{type(said)._meta.model_name}s/{said.ref}/"


def names(said):
    return sorted(each.name for each in fresh(said).known)


def is_waiting(said):
    return type(said).objects.unlinked().contains(said)


def test_words_become_people_and_words_again(coordinator, said, two):
    assert is_waiting(said)

    naming.say_who(said, people=two, by=coordinator)
    assert (names(said), is_waiting(said)) == (["Ana Lima", "Rudo Moyo"], False)
    assert fresh(said).said_by_text == "Zimbabwe"

    naming.take_back_who(said, by=coordinator)
    assert (names(said), is_waiting(said)) == ([], True)


def test_nobody_by_name_stays_in_words_and_waits_again(coordinator, said):
    naming.leave_in_words(said, by=coordinator)
    assert (fresh(said).stays_in_words, is_waiting(said)) == (True, False)

    naming.take_back_words(said, by=coordinator)
    assert (fresh(said).stays_in_words, is_waiting(said)) == (False, True)


def test_said_once_only_and_taken_back_only_where_it_was_said(coordinator, said, two):
    for verb, told in (
        (naming.take_back_who, "Nobody said here"),
        (naming.take_back_words, "Nobody left this"),
    ):
        with pytest.raises(Refused, match=told):
            verb(said, by=coordinator)
    with pytest.raises(Refused, match="Name those who said it"):
        naming.say_who(said, people=[], by=coordinator)

    naming.say_who(said, people=two, by=coordinator)
    for verb, more in ((naming.say_who, {"people": two}), (naming.leave_in_words, {})):
        with pytest.raises(Refused, match="It is known who this is"):
            verb(said, by=coordinator, **more)


def test_words_that_stay_are_nobodys_until_that_is_taken_back(coordinator, said, two):
    naming.leave_in_words(said, by=coordinator)

    for verb, more in ((naming.say_who, {"people": two}), (naming.leave_in_words, {})):
        with pytest.raises(Refused, match="This stays in words"):
            verb(said, by=coordinator, **more)


def test_where_nothing_is_in_words_nothing_is_said(coordinator, two):
    note = make.NoteFactory()

    for verb, more in ((naming.say_who, {"people": two}), (naming.leave_in_words, {})):
        with pytest.raises(Refused, match="Nobody is told of here in words"):
            verb(note, by=coordinator, **more)


def test_whoever_was_added_since_stays(coordinator, said, two):
    naming.say_who(said, people=two[:1], by=coordinator)
    workflow.edit(said, said_by=two, by=coordinator)
    naming.take_back_who(said, by=coordinator)

    assert names(said) == ["Rudo Moyo"]


def test_whoever_was_changed_since_is_not_taken_back(coordinator, said, two):
    naming.say_who(said, people=two[:1], by=coordinator)
    workflow.edit(said, said_by=two[1:], by=coordinator)

    with pytest.raises(Refused, match="Nobody said here"):
        naming.take_back_who(said, by=coordinator)


def test_history_tells_each_with_its_undo(coordinator, said, two):
    naming.say_who(said, people=two[:1], by=coordinator)
    naming.take_back_who(said, by=coordinator)
    naming.leave_in_words(said, by=coordinator)
    naming.take_back_words(said, by=coordinator)

    told = history_of(fresh(said), Viewer(coordinator))
    assert [(each.sentence, each.details) for each in told] == [
        (
            "Mike Bird took back that it is nobody by name",
            ["Stays in words, nobody by name: yes → no"],
        ),
        (
            "Mike Bird said that it is nobody by name",
            ["Stays in words, nobody by name: no → yes"],
        ),
        ("Mike Bird took back who a name is", ["Said by: Ana Lima → –"]),
        ("Mike Bird said who a name is", ["Said by: – → Ana Lima"]),
    ]
    undone = ChangeSet.objects.filter(by=coordinator).exclude(undo_of=None).order_by("at")
    assert [(each.verb, each.undo_of.verb) for each in undone] == [
        ("take_back_who", "say_who"),
        ("take_back_words", "leave_in_words"),
    ]


def test_one_who_became_another_since_is_taken_back_as_that(coordinator, said, two):
    one, into = two
    naming.say_who(said, people=[one], by=coordinator)
    workflow.merge(one, into=into, by=coordinator)
    assert names(said) == ["Rudo Moyo"]

    naming.take_back_who(said, by=coordinator)

    assert (names(said), is_waiting(said)) == ([], True)


@pytest.mark.parametrize("number", [1, 2])
def test_who_comes_apart_does_not_come_back_where_it_was_taken_back(coordinator, said, two, number):
    one, into = two
    naming.say_who(said, people=two[:number], by=coordinator)
    workflow.merge(one, into=into, by=coordinator)
    naming.take_back_who(said, by=coordinator)
    naming.leave_in_words(said, by=coordinator)

    workflow.take_apart(Person.objects.get(pk=one.pk), by=coordinator)

    assert (names(said), fresh(said).stays_in_words) == ([], True)


def test_who_comes_apart_is_taken_back_as_who_was_said(coordinator, said, two):
    one, into = two
    naming.say_who(said, people=[one], by=coordinator)
    workflow.merge(one, into=into, by=coordinator)
    workflow.take_apart(Person.objects.get(pk=one.pk), by=coordinator)
    assert names(said) == ["Ana Lima"]

    naming.take_back_who(said, by=coordinator)

    assert names(said) == []


# --- doors --------------------------------------------------------------------


def test_coordinator_says_who_said_it_on_the_page_and_undoes(client_of, coordinator, said, two):
    client, page = client_of(coordinator), page_of(said)
    assert f'href="{page}who/"' in client.get(page).content.decode()

    unknown = client.post(f"{page}who/", {"people": "Ana Lima, Qxqxqx, Moy", "key": "k1"})
    assert dict(unknown.context["form"].errors) == {
        "people": [
            "Nobody is called “Qxqxqx”. Try another spelling.",
            "Nobody is called “Moy”. Did you mean Rudo Moyo?",
        ]
    }
    assert 'value="Ana Lima, Qxqxqx, Moy"' in unknown.content.decode()
    done = client.post(f"{page}who/", {"people": "ana lima, rudo MOYO", "key": "k2"})

    assert (done.status_code, done["Location"]) == (302, page)
    assert names(said) == ["Ana Lima", "Rudo Moyo"]
    assert f'action="{page}nobody/"' in client.get(page).content.decode()
    assert client.post(f"{page}nobody/").status_code == 302
    assert names(said) == []


def test_coordinator_leaves_it_in_words_on_the_page_and_undoes(client_of, coordinator, said):
    client, page = client_of(coordinator), page_of(said)
    assert f'formaction="{page}in-words/"' in client.get(f"{page}who/").content.decode()

    left = client.post(f"{page}in-words/", {"people": "", "key": "k1"})

    assert (left.status_code, left["Location"], fresh(said).stays_in_words) == (302, page, True)
    assert f'action="{page}waiting/"' in client.get(page).content.decode()
    assert client.post(f"{page}waiting/")["Location"] == page
    assert is_waiting(said)


def test_who_bears_the_name_is_offered(client_of, coordinator):
    make.PersonFactory(name="Rudo Moyo")
    said = make.NoteFactory(said_by_text="Moyo")

    form = client_of(coordinator).get(f"{page_of(said)}who/").context["form"]

    assert form["people"].value() == "Rudo Moyo"


@pytest.mark.parametrize("page", ["who", "nobody", "in-words", "waiting"])
@pytest.mark.parametrize(
    ("role", "status"),
    [("team_member", 403), ("board_member", 403), ("administrator", 404), ("guest", 404)],
)
def test_nobody_but_coordinators_says_who_said_it(
    request, client_of, coordinator, said, two, role, status, page
):
    if page == "nobody":
        naming.say_who(said, people=two, by=coordinator)
    if page == "waiting":
        naming.leave_in_words(said, by=coordinator)
    client, before = client_of(request.getfixturevalue(role)), fresh(said).version

    answered = client.post(f"{page_of(said)}{page}/", {"people": "Ana Lima"})

    assert (answered.status_code, fresh(said).version) == (status, before)
    assert b"Names in words" not in client.get(page_of(said)).content


def test_sealed_note_is_nobodys_here(client_of, coordinator):
    note = make.NoteFactory(said_by_text="Zimbabwe", sealed=True)
    client = client_of(coordinator)

    for page in ("who", "in-words", "waiting", "nobody"):
        assert client.post(f"{page_of(note)}{page}/").status_code == 404
    assert not Note.objects.visible_to(Viewer(coordinator)).unlinked().contains(note)


def test_rest_tells_what_stays_in_words_and_what_waits(api_of, coordinator, team_member, said):
    address = f"/api/v1{page_of(said)}"
    listed = f"/api/v1/{type(said)._meta.model_name}s/"
    api = api_of(team_member)
    waiting = [row["ref"] for row in api.get(listed, {"unlinked": "true"}).json()["results"]]
    assert said.ref in waiting

    naming.leave_in_words(said, by=coordinator)

    assert api.get(address).json()["stays_in_words"] is True
    left = [row["ref"] for row in api.get(listed, {"unlinked": "true"}).json()["results"]]
    assert left == [ref for ref in waiting if ref != said.ref]


def test_in_the_office_words_stay_only_where_nobody_is_named(coordinator, said, two, client_of):
    noun = type(said)._meta.model_name
    path = reverse(f"admin:retreats_{noun}_change", args=[said.pk])
    client = client_of(coordinator)
    fields = client.get(path).context["adminform"].form.initial
    sent = {name: value for name, value in fields.items() if value or value == ""}
    sent |= {"order": 0, "said_by": [two[0].pk], "stays_in_words": "on"}

    refused = client.post(path, sent)

    assert dict(refused.context["adminform"].form.errors) == {
        "stays_in_words": [
            "It is known who said it: then nothing stays in words. Choose one of the two."
        ]
    }
    assert (names(said), fresh(said).stays_in_words) == ([], False)
