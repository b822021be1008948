"""Somebody left for good: their name stands nowhere any more, what they did stays."""

import pytest
from django.db import connection
from django.utils.html import escape

from actions import naming
from actions import workflow as follow_ups
from actions.models import Assignment, FollowUp
from programmes import workflow
from programmes.anonymising import TAKEN_OUT, Names
from programmes.models import Change, ChangeSet, Person, User
from retreats.models import Note
from tests.conftest import load_real_data
from tests.factories import (
    AliasFactory,
    AssignmentFactory,
    FollowUpFactory,
    NoteFactory,
    PersonFactory,
    UserFactory,
)
from tests.test_pages import check_page
from wiego_review.common.errors import Refused
from wiego_review.common.floors import preview_of
from wiego_review.common.kept_words import keep_words
from wiego_review.common.text import fold


def places_of(*words):
    """Where in the whole database one of these words stands: `table.column`."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            names = [each[0] for each in cursor.description]
            for row in cursor.fetchall():
                for name, value in zip(names, row, strict=True):
                    if set(words) & set(fold(str(value)).split()):
                        found.add(f"{table}.{name}")
    return found


@pytest.fixture
def leaver(coordinator):
    """Somebody who was everywhere, and whose account is closed."""
    person = PersonFactory(name="Zoé Quillfeather", title="Treasurer")
    AliasFactory(person=person, name="Zoe Quillfeather")
    AliasFactory(person=person, name="Quillfeather")
    user = UserFactory(email="zoe.quillfeather@example.org", person=person, is_active=False)
    paper = follow_ups.add_follow_up(
        title="Ask Zoé Quillfeather for her paper", leads=[person], by=coordinator
    )
    follow_ups.update(
        paper, text="ZOE QUILLFEATHER wrote it; Quillfeather’s draft.", by=coordinator
    )
    follow_ups.complete(paper, by=coordinator, why="Quillfeather sent it")
    note = NoteFactory(text="Zoé doubts the figures", said_by_text="Zoé Q.")
    note.said_by.add(person)
    held = FollowUpFactory(state="done")
    AssignmentFactory(follow_up=held, person=person, as_named="Zoé")
    text = FollowUpFactory(title="Another")
    AssignmentFactory(follow_up=text, person=None, text="Quillfeather, Zoé")
    workflow.rename(person, name="Zoë Quillfeather", by=coordinator)
    workflow.edit(user, language="fr", by=coordinator)
    return Person.objects.get(pk=person.pk)


def test_name_stands_nowhere_afterwards(leaver, coordinator):
    before = places_of("zoe", "quillfeather")

    workflow.anonymise(leaver, by=coordinator)

    assert len(before) > 10
    assert places_of("zoe", "quillfeather") == set()


def test_what_they_did_stays(leaver, coordinator):
    paper = FollowUp.objects.get(title__startswith="Ask Zoé")

    person = workflow.anonymise(leaver, by=coordinator)

    paper.refresh_from_db()
    assert paper.title == f"Ask {TAKEN_OUT} for her paper"
    assert [each.person for each in paper.assignments.all()] == [person]
    assert (person.pk, person.name, person.is_active) == (leaver.pk, TAKEN_OUT, False)
    assert person.slug.startswith("name-taken-out")
    assert Note.objects.filter(said_by=person).get().text == f"{TAKEN_OUT} doubts the figures"
    assert ChangeSet.objects.latest("at").verb == "anonymise"


def test_name_of_real_data_stands_nowhere_and_does_not_come_back(coordinator):
    """Somebody of the documents, whose names are in nobody else's."""
    person = Person.objects.get(name="Barbro Budin")
    Assignment.objects.filter(person=person).update(ended_at="2017-06-01T00:00Z")

    workflow.anonymise(person, by=coordinator)
    gone = places_of("barbro", "budin")
    load_real_data()

    assert gone == set()
    assert Person.objects.filter(name__contains="Budin").count() == 0
    assert places_of("barbro", "budin") <= {"programmes_source.said_as"}


def test_words_of_others_stay(coordinator):
    PersonFactory(name="Grace Quillfeather")
    leaver = PersonFactory(name="Grace Plumbottom")
    note = NoteFactory(text="Grace said yes, Grace Plumbottom said no, as Plumbottom does")

    workflow.anonymise(leaver, by=coordinator)

    note.refresh_from_db()
    assert note.text == f"Grace said yes, {TAKEN_OUT} said no, as {TAKEN_OUT} does"


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("Ann Quill", "She writes with a quill; Quillfeather does not", None),
        ("Ann Quill", "A quill, says Quill to Ann Quill", "A quill, says Quill to {0}"),
        ("Ann Quillfeather", "The Quillfeather-led plan, non-Quillfeather", None),
        ("Ann Quillfeather", "Annual Quillfeather Prize, Quillfeather Aid", None),
        ("Ann Quillfeather", "Ask Quillfeather; we ask Mr Quillfeather", "Ask {0}; we ask Mr {0}"),
        ("Ann Quillfeather", "Yes. Quillfeather, Plum and all", "Yes. {0}, Plum and all"),
        ("Ann Quillfeather", "We told Quillfeather’s Friend", "We told {0}’s Friend"),
    ],
)
def test_words_that_are_no_names_stay(name, text, told, coordinator):
    leaver, note = PersonFactory(name=name), NoteFactory(text=text)
    keep_words(note)

    workflow.anonymise(leaver, by=coordinator)

    note.refresh_from_db()
    assert note.text == (told or text).format(TAKEN_OUT)
    assert fold(note.text) in note.search_text


def test_longer_names_stay_in_what_is_theirs(coordinator):
    """There the words of others count, and a word that is an ordinary one means them."""
    PersonFactory(name="Grace Quillfeather")
    leaver = PersonFactory(name="Grace Short")
    note = NoteFactory(text="Grace Quillfeather asked Grace; Ask Short of the short list")
    note.said_by.add(leaver)
    other = NoteFactory(text="Short list, Grace Short")

    workflow.anonymise(leaver, by=coordinator)

    for each in (note, other):
        each.refresh_from_db()
    assert note.text == (f"Grace Quillfeather asked {TAKEN_OUT}; Ask {TAKEN_OUT} of the short list")
    assert other.text == f"Short list, {TAKEN_OUT}"
    assert "grace quillfeather" in note.search_text


def test_those_put_together_with_them_lose_their_names_too(coordinator):
    leaver, other = PersonFactory(name="Ann Quill"), PersonFactory(name="Anna Quillfeather")
    workflow.merge(other, into=leaver, by=coordinator)

    workflow.anonymise(leaver, by=coordinator)

    assert places_of("quill", "quillfeather") == set()


def test_who_can_still_sign_in_is_refused(leaver, coordinator, administrator):
    workflow.edit(User.objects.get(person=leaver), is_active=True, by=administrator)

    with pytest.raises(Refused, match="Ask an administrator to close their account"):
        workflow.anonymise(leaver, by=coordinator)

    assert "programmes_person.name" in places_of("quillfeather")


def test_who_still_has_something_to_do_is_refused(leaver, coordinator):
    AssignmentFactory(follow_up=FollowUpFactory(state="under_way"), person=leaver)

    with pytest.raises(Refused, match="They still have 1 follow-up"):
        workflow.anonymise(leaver, by=coordinator)


def test_what_is_board_only_does_not_block_and_is_not_told(leaver, coordinator):
    sealed = FollowUpFactory(sealed=True, title="Zoë Quillfeather to decide")
    AssignmentFactory(follow_up=sealed, person=leaver)

    workflow.anonymise(leaver, by=coordinator)

    sealed.refresh_from_db()
    assert sealed.title == f"{TAKEN_OUT} to decide"


def test_name_is_taken_out_once(leaver, coordinator):
    done = workflow.anonymise(leaver, by=coordinator)

    with pytest.raises(Refused, match="taken out already"):
        workflow.anonymise(done, by=coordinator)


def test_page_says_what_it_touches_and_does_it(leaver, coordinator, client_of):
    client = client_of(coordinator)
    address = f"/people/{leaver.slug}/left/"

    offered = [address in client.get(f"/people/{leaver.slug}/").content.decode()]
    page = client.get(address)
    answer = client.post(address, {"key": "once"})
    offered.append("/left/" in client.get(answer.url).content.decode())

    check_page(page)
    assert offered == [True, False]
    assert ("Follow-ups", 2) in page.context["touched"]
    assert answer.url.startswith("/people/name-taken-out")
    assert client.get(address).status_code == 404
    check_page(client.get(answer.url))
    assert places_of("quillfeather") == set()


def test_page_says_at_once_what_is_in_the_way(leaver, coordinator, administrator, client_of):
    workflow.edit(User.objects.get(person=leaver), is_active=True, by=administrator)
    held = FollowUpFactory(title="Still to do", state="under_way")
    AssignmentFactory(follow_up=held, person=leaver)
    done = FollowUpFactory(state="done")
    AssignmentFactory(follow_up=done, person=leaver)
    client = client_of(coordinator)

    page = client.get(f"/people/{leaver.slug}/left/")
    told = [str(words) for words, _address in page.context["in_the_way"]]
    address = page.context["in_the_way"][1][1]
    shown = page.content.decode()

    check_page(page)
    assert told == [
        "They can still sign in. Ask an administrator to close their account.",
        "They still have 1 follow-up. Give it to somebody else first.",
    ]
    assert [shown.count('class="strong"'), shown.count(escape(address))] == [0, 1]
    listed = client.get(address, headers={"accept": "text/html"}).content.decode()
    assert [listed.count(f"/follow-ups/{each.ref}/") > 0 for each in (held, done)] == [True, False]


@pytest.mark.parametrize(
    ("name", "status"),
    [("team_member", 403), ("board_member", 403), ("administrator", 403), ("guest", 404)],
)
def test_page_is_the_coordinators(name, status, leaver, client_of, request):
    client = client_of(request.getfixturevalue(name))

    assert client.post(f"/people/{leaver.slug}/left/").status_code == status
    assert "programmes_person.name" in places_of("quillfeather")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("zoé-quillfeather", "[name taken out]"),
        ("QUILLFEATHER, ZOE!", "[name taken out]!"),
        ("Zoe\nQuillfeather", "[name taken out]"),
        ("Zoe\n\nQuillfeather", "Zoe\n\n[name taken out]"),
        ("Z. Quillfeather, Z.J. Quillfeather", "[name taken out], [name taken out]"),
        ("Zoé J. Quillfeather", "[name taken out]"),
        ("Z quillfeather, A. Other", "Z quillfeather, A. Other"),
        (["a", {"b": "Zoe Quillfeather"}], ["a", {"b": "[name taken out]"}]),
        (7, 7),
        ("", ""),
    ],
)
def test_name_is_found_however_it_is_written(text, told, db):
    PersonFactory(name="Zoe Other")
    names = Names(PersonFactory(name="Zoé Quillfeather"))

    assert names.out_of(text) == told


def test_history_of_what_is_theirs_loses_their_words_too(coordinator):
    """Words others have too, where a record that is theirs was changed: it means them."""
    PersonFactory(name="Grace Quillfeather")
    leaver = PersonFactory(name="Grace Plumbottom")
    note = NoteFactory(text="Savings first")
    note.said_by.add(leaver)
    workflow.edit(note, text="Grace doubts it", by=coordinator)
    held = follow_ups.add_follow_up(title="Ask", leads=["Grace"], by=coordinator)
    one = naming.say_who(held.assignments.get(), party=leaver, by=coordinator)
    follow_ups.complete(held, by=coordinator)
    rows = [*Change.objects.of(note), *Change.objects.of(one)]
    before = [each.pk for each in rows if "Grace" in str(each.fields)]

    workflow.anonymise(leaver, by=coordinator)

    rows = Change.objects.filter(pk__in=before)
    assert len(before) == 3
    assert [each.pk for each in rows if "Grace" in str(each.fields)] == []


def test_end_of_a_text_is_no_longer_spelling(db):
    person = PersonFactory(name="William (Biff) Quillfeather")
    AliasFactory(person=person, name="Biff Quillfeather")

    told = Names(person).out_of("As said by Biff Quillfeather")

    assert told == f"As said by {TAKEN_OUT}"


def test_preview_counts_what_the_reader_sees(viewer_of, cast):
    person = PersonFactory(name="Zubeida Quill")
    FollowUpFactory(title="Ask Zubeida Quill")
    FollowUpFactory(title="Tell Zubeida Quill", sealed=True)

    found = [
        sum(number for _words, number in preview_of("anonymise", viewer, person))
        for viewer in (viewer_of(cast.coordinator), viewer_of(cast.board_member, board_open=True))
    ]

    assert found[1] - found[0] == 1
