"""A name in words on a follow-up: a coordinator says who it is, and takes that back."""

import pytest
from django.utils import timezone

from actions import naming, workflow
from actions.models import Assignment, FollowUp
from programmes.history import history_of
from programmes.models import ChangeSet, Person, Understanding
from programmes.workflow import answer, reopen
from tests.actions.told import fresh, shown, told
from tests.factories import OrganisationFactory, PersonFactory
from wiego_review.common.errors import Conflict, Refused
from wiego_review.common.viewer import Viewer

pytestmark = pytest.mark.django_db


@pytest.fixture
def sofia():
    return Assignment.objects.get(text="Sofia", follow_up__title="Home-based workers")


def test_name_becomes_a_person_and_words_again(coordinator, sofia):
    follow_up, person = sofia.follow_up, PersonFactory(name="Sofia Trevino")
    before = fresh(follow_up).version

    naming.say_who(sofia, party=person, by=coordinator)

    assert shown(follow_up, "support") == ["Sofia Trevino"]
    assert fresh(sofia).as_named == "Sofia"
    assert "sofia trevino" in fresh(follow_up).search_text
    words = {"supports": [["text:Sofia"], [f"person:{person.pk}"]]}
    assert told(follow_up)[-1] == (before + 1, words)

    naming.take_back_who(fresh(sofia), by=coordinator)

    assert shown(follow_up, "support") == ["Sofia"]
    assert fresh(sofia).person is None
    assert "trevino" not in fresh(follow_up).search_text


def test_words_somebody_typed_are_kept_as_named_and_given_back(coordinator):
    follow_up = workflow.add_follow_up(title="Ask them", leads=["The union"], by=coordinator)
    assignment, union = follow_up.assignments.get(), OrganisationFactory(name="SEWA Union")

    naming.say_who(assignment, party=union, by=coordinator)
    assert (fresh(assignment).organisation, fresh(assignment).as_named) == (union, "The union")

    naming.take_back_who(fresh(assignment), by=coordinator)
    assert (fresh(assignment).text, fresh(assignment).as_named) == ("The union", "")


def test_said_once_only_and_taken_back_only_where_it_was_said(coordinator, sofia):
    person, other = PersonFactory(), PersonFactory()
    with pytest.raises(Refused, match="Nobody said here"):
        naming.take_back_who(sofia, by=coordinator)
    naming.say_who(sofia, party=person, by=coordinator)
    with pytest.raises(Refused, match="It is known who this is"):
        naming.say_who(sofia, party=other, by=coordinator)
    Assignment.objects.filter(pk=sofia.pk).update(person=other)
    with pytest.raises(Refused, match="Nobody said here"):
        naming.take_back_who(sofia, by=coordinator)


def test_somebody_who_has_it_already_has_it_once(coordinator, sofia):
    person = Person.objects.get(name="Karin Pape")

    with pytest.raises(Exception, match="They are on this follow-up already"):
        naming.say_who(sofia, party=person, by=coordinator)

    assert shown(sofia.follow_up, "support") == ["Sofia"]


def test_ended_name_is_nobodys(coordinator, sofia):
    workflow.unassign(sofia, by=coordinator)

    with pytest.raises(Refused, match="no longer with them"):
        naming.say_who(sofia, party=PersonFactory(), by=coordinator)


def test_who_edits_an_older_page_does_not_undo_it(coordinator, sofia):
    follow_up = FollowUp.objects.get(pk=sofia.follow_up_id)
    naming.say_who(sofia, party=PersonFactory(), by=coordinator)

    stale = {"supports": ["Sofia R."], "version": follow_up.version}
    with pytest.raises(Conflict):
        workflow.edit_follow_up(follow_up, by=coordinator, **stale)


def test_history_tells_it_in_one_line(coordinator, sofia):
    naming.say_who(sofia, party=PersonFactory(name="Sofia Trevino"), by=coordinator)

    entry = history_of(sofia.follow_up, Viewer(coordinator), [sofia])[0]

    assert entry.sentence == "Mike Bird said who a name is"
    assert entry.details == ["With: Sofia → Sofia Trevino"]


def test_yes_and_undo_to_what_was_understood_are_told_on_the_follow_up(coordinator):
    jenna = Understanding.objects.get(text__startswith="The Jenna of the street vendors")
    person, follow_up = jenna.other, jenna.record
    answer(jenna, answer="yes", by=coordinator)
    reopen(jenna, by=coordinator)

    there, back = [fields for _version, fields in told(follow_up)][-2:]
    words, linked = ["person:", "text:Jenna"], f"person:{person.pk}"
    assert (there["supports"][0], there["supports"][1]) == ([words[1]], [linked])
    assert back == {"supports": there["supports"][::-1]}


# --- pages --------------------------------------------------------------------


def test_coordinator_says_who_it_is_on_the_page_and_undoes(client_of, coordinator, sofia):
    client, page = client_of(coordinator), f"/follow-ups/{sofia.follow_up.ref}/"
    PersonFactory(name="Sofia Trevino")
    who = f"/assignments/{sofia.ref}/who/"
    assert f'href="{who}"' in client.get(page).content.decode()
    assert client.get(who).context["form"]["party"].value() == "Sofia Trevino"

    unknown = client.post(who, {"party": "Nobody Whatsoever", "key": "k1"})
    assert list(unknown.context["form"].errors) == ["party"]
    done = client.post(who, {"party": "sofia trevino", "key": "k2"})

    assert (done.status_code, done["Location"]) == (302, page)
    back = f"/assignments/{sofia.ref}/nobody/"
    assert f'action="{back}"' in client.get(page).content.decode()
    assert client.post(back).status_code == 302
    assert fresh(sofia).text == "Sofia"


def test_nobody_by_name_stays_in_words_and_waits_again(client_of, coordinator, sofia):
    client, page = client_of(coordinator), f"/follow-ups/{sofia.follow_up.ref}/"
    leave, undo = (f"/assignments/{sofia.ref}/{name}/" for name in ("in-words", "waiting"))
    assert f'formaction="{leave}"' in client.get(f"/assignments/{sofia.ref}/who/").content.decode()

    left = client.post(leave, {"key": "k1", "party": ""})

    assert (left.status_code, left["Location"]) == (302, page)
    assert (fresh(sofia).stays_in_words, fresh(sofia).text) == (True, "Sofia")
    assert f'action="{undo}"' in client.get(page).content.decode()
    with pytest.raises(Refused, match="stays in words"):
        naming.say_who(sofia, party=PersonFactory(), by=coordinator)
    with pytest.raises(Refused, match="stays in words"):
        naming.leave_in_words(sofia, by=coordinator)

    assert client.post(undo)["Location"] == page
    assert (fresh(sofia).stays_in_words, list(Assignment.objects.unlinked())) == (
        False,
        list(Assignment.objects.filter(text__in=("Sofia", "Jenna"))),
    )
    with pytest.raises(Refused, match="Nobody left this"):
        naming.take_back_words(sofia, by=coordinator)


def test_leaving_in_words_is_told_and_undone_in_history(coordinator, sofia):
    naming.leave_in_words(sofia, by=coordinator)
    naming.take_back_words(sofia, by=coordinator)

    undo, left = history_of(sofia, Viewer(coordinator))[:2]
    assert left.sentence == "Mike Bird said that it is nobody by name"
    assert left.details == ["Stays in words, nobody by name: no → yes"]
    assert undo.sentence == "Mike Bird took back that it is nobody by name"
    done = ChangeSet.objects.filter(by=coordinator).exclude(undo_of=None)
    assert [each.undo_of.verb for each in done] == ["leave_in_words"]


def test_ended_name_is_not_left_in_words(coordinator, sofia):
    workflow.unassign(sofia, by=coordinator)

    for verb in (naming.leave_in_words, naming.take_back_words):
        with pytest.raises(Refused, match="no longer with them"):
            verb(sofia, by=coordinator)


def test_yes_to_what_was_understood_leaves_words_that_stay(coordinator, jenna):
    understanding, assignment = jenna
    naming.leave_in_words(assignment, by=coordinator)

    answer(understanding, answer="yes", by=coordinator)

    assert (fresh(assignment).text, fresh(assignment).person) == ("Jenna", None)


@pytest.mark.parametrize("page", ["who", "nobody", "in-words", "waiting"])
@pytest.mark.parametrize(
    ("role", "status"),
    [("team_member", 403), ("board_member", 403), ("administrator", 404), ("guest", 404)],
)
def test_nobody_but_coordinators_says_who_a_name_is(
    request, client_of, coordinator, sofia, role, status, page
):
    if page == "nobody":
        naming.say_who(sofia, party=PersonFactory(), by=coordinator)
    if page == "waiting":
        naming.leave_in_words(sofia, by=coordinator)
    client = client_of(request.getfixturevalue(role))
    before = fresh(sofia).version

    answered = client.post(f"/assignments/{sofia.ref}/{page}/", {"party": "Marty Chen"})

    assert (answered.status_code, fresh(sofia).version) == (status, before)
    page = client.get(f"/follow-ups/{sofia.follow_up.ref}/").content.decode()
    assert f"/assignments/{sofia.ref}/" not in page


@pytest.fixture
def jenna():
    understanding = Understanding.objects.get(text__startswith="The Jenna of the street vendors")
    return understanding, Assignment.objects.get(text="Jenna", follow_up=understanding.object_id)


def answers(*understandings):
    return [(fresh(each).answer, fresh(each).answered_by) for each in understandings]


def test_saying_who_says_yes_to_what_was_understood_and_takes_it_back(coordinator, jenna):
    understanding, assignment = jenna

    naming.say_who(assignment, party=understanding.other, by=coordinator)
    assert answers(understanding) == [("yes", coordinator)]

    naming.take_back_who(fresh(assignment), by=coordinator)
    assert answers(understanding) == [("", None)]
    assert shown(assignment.follow_up, "support") == ["Jenna"]


def test_somebody_else_chosen_leaves_what_was_understood_open(coordinator, jenna):
    understanding, assignment = jenna

    naming.say_who(assignment, party=PersonFactory(name="Jenna Smith"), by=coordinator)

    assert answers(understanding) == [("", None)]


def test_answer_undone_parts_who_was_said(coordinator, jenna):
    understanding, assignment = jenna
    naming.say_who(assignment, party=understanding.other, by=coordinator)

    reopen(fresh(understanding), by=coordinator)

    assert (answers(understanding), shown(assignment.follow_up, "support")) == (
        [("", None)],
        ["Jenna"],
    )


def test_answer_given_since_stands_when_who_is_taken_back(coordinator, jenna):
    understanding, assignment = jenna
    naming.say_who(assignment, party=understanding.other, by=coordinator)
    Understanding.objects.filter(pk=understanding.pk).update(
        answer="no", answered_at=timezone.now()
    )

    naming.take_back_who(fresh(assignment), by=coordinator)

    assert answers(understanding) == [("no", coordinator)]
