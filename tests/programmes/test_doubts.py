"""What the documents do not agree on, and what was understood from them and not said."""

import pytest

from actions.models import FollowUp
from programmes import workflow
from programmes.models import City, Contradiction, Organisation, Person, Source, Understanding
from retreats.models import Session
from tests.factories import PersonFactory, UnderstandingFactory
from tests.rest import url
from wiego_review.common.errors import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def jenna():
    return Understanding.objects.get(text__startswith="The Jenna of the street vendors")


@pytest.fixture
def group():
    return FollowUp.objects.get(title="Street vendors", kind="working_group")


def shown(group):
    return [each.shown for each in group.assignments.current().order_by("order")]


# --- contradictions -----------------------------------------------------------


def test_every_contradiction_has_its_place_and_stands_beside_a_record():
    placed = Source.objects.filter(content_type__model="contradiction")

    assert set(placed.values_list("object_id", flat=True)) == set(
        Contradiction.objects.values_list("pk", flat=True)
    )
    assert not Contradiction.objects.filter(concerns__isnull=True).exists()


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("number", 20),
        ("spelling", 13),
        ("two_names", 21),
        ("absent", 3),
        ("date", 13),
        ("order", 14),
        ("renamed", 1),
        ("scope", 21),
        ("wording", 14),
        ("gap", 6),
        ("remark", 30),
    ],
)
def test_contradictions_by_kind(kind, number):
    assert Contradiction.objects.filter(kind=kind).count() == number


def test_contradiction_is_found_by_the_documents_words_and_by_ours(api_of, team_member):
    api = api_of(team_member)

    def found(words):
        rows = api.get(url("contradictions"), {"search": words}).json()["results"]
        return [row["title"] for row in rows]

    assert found("roeber") == ["Sally Roever is written once with b."]
    assert found("once b Roever") == ["Sally Roever is written once with b."]


def test_contradictions_of_one_document(api_of, team_member):
    api = api_of(team_member)
    rows = api.get(url("contradictions"), {"document": "workshop-2012", "page_size": 100}).json()

    assert rows["count"] > 0
    for row in rows["results"]:
        assert "workshop-2012" in [each["slug"] for each in row["documents"]]


def test_contradiction_stands_beside_its_fact(client_of, team_member):
    person = Person.objects.get(name="Sally Roever")
    text = client_of(team_member).get(f"/people/{person.slug}/").content.decode()

    assert text.count("The documents don’t agree") == 1
    assert "Sally Roever is written once with b." in text
    assert "<q>Sally Roeber</q>" in text


def test_record_all_documents_agree_on_has_no_such_block(client_of, team_member):
    text = client_of(team_member).get(f"/people/{PersonFactory().slug}/").content.decode()

    assert "The documents don’t agree" not in text


def test_guest_is_told_of_no_contradiction(client_of, guest):
    client = client_of(guest)
    session = Session.objects.get(title="Review of Day # 1", audience="all")
    page = client.get(f"/sessions/{session.ref}/")

    assert client.get("/contradictions/").context["rows"] == []
    assert page.status_code == 200
    assert page.context["beside"] == []
    assert page.context["understood"] == []


# --- understood, not said -----------------------------------------------------


def test_nothing_understood_is_answered_by_the_fixtures():
    assert set(Understanding.objects.values_list("answer", flat=True)) == {""}


def test_answer_is_somebodys_and_is_taken_back(coordinator):
    understanding = UnderstandingFactory()

    answered = workflow.answer(understanding, answer="no", by=coordinator)
    assert (answered.answer, answered.answered_by) == ("no", coordinator)
    assert answered.answered_at is not None

    with pytest.raises(Refused, match="answered already"):
        workflow.answer(understanding, answer="yes", by=coordinator)

    again = workflow.reopen(understanding, by=coordinator)
    assert (again.answer, again.answered_by, again.answered_at) == ("", None, None)
    with pytest.raises(Refused, match="no answer to take back"):
        workflow.reopen(understanding, by=coordinator)


def test_yes_links_the_first_name_and_undo_parts_it(coordinator, jenna, group):
    assert shown(group) == ["Jane Barrett", "Jenna"]

    workflow.answer(jenna, answer="yes", by=coordinator)
    assert shown(group) == ["Jane Barrett", "Jenna Harvey"]
    assert group in FollowUp.objects.supported_by([Person.objects.get(name="Jenna Harvey")])

    workflow.reopen(jenna, by=coordinator)
    assert shown(group) == ["Jane Barrett", "Jenna"]


def test_no_links_nobody(coordinator, jenna, group):
    workflow.answer(jenna, answer="no", by=coordinator)

    assert shown(group) == ["Jane Barrett", "Jenna"]


def test_undo_leaves_alone_what_somebody_changed_since(coordinator, jenna, group):
    workflow.answer(jenna, answer="yes", by=coordinator)
    other = PersonFactory(name="Jenna Smith")
    group.assignments.filter(person__name="Jenna Harvey").update(person=other)

    workflow.reopen(jenna, by=coordinator)

    assert shown(group) == ["Jane Barrett", "Jenna Smith"]


def test_coordinator_answers_on_the_record_and_undoes(client_of, coordinator, jenna, group):
    client = client_of(coordinator)
    page = f"/follow-ups/{group.ref}/"
    assert 'value="yes"' in client.get(page).content.decode()

    answered = client.post(f"/understood/{jenna.ref}/answer/?next={page}", {"answer": "yes"})
    assert (answered.status_code, answered.url) == (302, page)
    text = client.get(page).content.decode()
    assert "<strong>Yes</strong>" in text
    assert "Mike Bird" in text
    assert "Undo" in text

    client.post(f"/understood/{jenna.ref}/reopen/?next={page}")
    jenna.refresh_from_db()
    assert jenna.answer == ""


@pytest.mark.parametrize("sent", ["", "perhaps"])
def test_answer_that_is_none_is_refused_in_words(sent, client_of, coordinator, jenna):
    answered = client_of(coordinator).post(
        f"/understood/{jenna.ref}/answer/", {"answer": sent}, follow=True
    )

    jenna.refresh_from_db()
    assert jenna.answer == ""
    assert [message.level_tag for message in answered.context["messages"]] == ["error"]


@pytest.mark.parametrize(("name", "status"), [("team_member", 403), ("guest", 404)])
def test_others_answer_nothing(name, status, client_of, cast, jenna):
    client = client_of(getattr(cast, name))

    answer = client.post(f"/understood/{jenna.ref}/answer/", {"answer": "yes"})

    assert answer.status_code == status
    jenna.refresh_from_db()
    assert jenna.answer == ""


def test_team_reads_what_was_understood_without_buttons(client_of, team_member):
    city = City.objects.get(slug="lima")
    text = client_of(team_member).get(f"/cities/{city.slug}/").content.decode()

    assert "Lima became a Focal City before the others" in text
    assert 'name="answer"' not in text


def test_unanswered_are_listed_apart(api_of, coordinator, jenna):
    api = api_of(coordinator)
    before = api.get(url("understood"), {"unanswered": "true"}).json()["count"]
    workflow.answer(jenna, answer="no", by=coordinator)

    after = api.get(url("understood"), {"unanswered": "true"}).json()["count"]
    (row,) = api.get(url("understood"), {"answer": "no"}).json()["results"]
    assert (after, row["ref"]) == (before - 1, jenna.ref)
    assert row["answered_by"] == {"slug": "mike-bird", "name": "Mike Bird"}


# --- a membership that no document says ---------------------------------------


@pytest.fixture
def on_the_board():
    return Understanding.objects.get(text__startswith="Lin Lim is a member of the WIEGO Board")


def bodies_of(api_of, user, person):
    row = api_of(user).get(url("people", person.slug)).json()
    return [body["slug"] for body in row["bodies"]]


def test_yes_makes_a_member_and_undo_takes_it_back(api_of, coordinator, on_the_board):
    lin = on_the_board.record
    before = bodies_of(api_of, coordinator, lin)
    assert before == ["isr-board-committee"]

    workflow.answer(on_the_board, answer="yes", by=coordinator)
    assert bodies_of(api_of, coordinator, lin) == ["isr-board-committee", "wiego-board"]

    workflow.reopen(on_the_board, by=coordinator)
    assert bodies_of(api_of, coordinator, lin) == before

    workflow.answer(on_the_board, answer="yes", by=coordinator)
    assert bodies_of(api_of, coordinator, lin) == ["isr-board-committee", "wiego-board"]
    assert on_the_board.memberships.count() == 1


def test_member_understood_is_shown_as_such(api_of, client_of, coordinator, on_the_board):
    body, lin = on_the_board.other, on_the_board.record
    workflow.answer(on_the_board, answer="yes", by=coordinator)

    members = api_of(coordinator).get(url("bodies", body.slug)).json()["members"]
    page = client_of(coordinator).get(f"/bodies/{body.slug}/").content.decode()

    assert {m["person"]["name"]: m["understood"] for m in members}[lin.name] is True
    assert [m["person"]["name"] for m in members if m["understood"]] == [lin.name]
    assert page.count("understood, not said</span>") == 1


def test_no_makes_no_member(coordinator, on_the_board):
    workflow.answer(on_the_board, answer="no", by=coordinator)

    assert on_the_board.memberships.count() == 0


# --- a network that changed its name ------------------------------------------


def test_yes_shows_the_names_of_both_over_time_and_undo_parts_them(api_of, coordinator):
    renamed = Understanding.objects.get(text__contains="which changed its name")
    api = api_of(coordinator)

    def names(record):
        told = api.get(url("organisations", record.slug)).json()["names"]
        return [(n["year"], n["understood_of"] and n["understood_of"]["slug"]) for n in told]

    before, after = renamed.record, renamed.other
    assert (names(before), names(after)) == ([(2017, None)], [(2024, None)])

    workflow.answer(renamed, answer="yes", by=coordinator)
    assert names(before) == [(2017, None), (2024, after.slug)]
    assert names(after) == [(2017, before.slug), (2024, None)]

    workflow.reopen(renamed, by=coordinator)
    assert (names(before), names(after)) == ([(2017, None)], [(2024, None)])


def test_two_put_together_answer_what_understood_them_as_one(coordinator):
    renamed = Understanding.objects.get(text__contains="which changed its name")
    one, into = renamed.record, renamed.other
    other = UnderstandingFactory()

    def answers():
        return [Understanding.objects.get(pk=each.pk).answer for each in (renamed, other)]

    workflow.merge(one, into=into, by=coordinator)
    assert answers() == ["yes", ""]

    workflow.take_apart(Organisation.objects.get(pk=one.pk), by=coordinator)
    assert answers() == ["", ""]


def test_answer_given_since_stands_when_two_come_apart(coordinator):
    renamed = Understanding.objects.get(text__contains="which changed its name")
    one = renamed.record
    workflow.merge(one, into=renamed.other, by=coordinator)
    workflow.reopen(renamed, by=coordinator)
    workflow.answer(renamed, answer="no", by=coordinator)

    workflow.take_apart(Organisation.objects.get(pk=one.pk), by=coordinator)

    told = Understanding.objects.get(pk=renamed.pk)
    assert (told.answer, told.answered_by) == ("no", coordinator)
