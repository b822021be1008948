"""Whoever asks for a record that became another is led to that, through every door."""

import pytest

from actions.models import FollowUp
from programmes import workflow
from programmes.models import Person, Understanding
from tests import factories as make
from tests.rest import START
from wiego_review.common import floors
from wiego_review.common.viewer import Viewer

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(coordinator):
    """`(the one, what it became, what that became)`."""
    one, two, last = (make.PersonFactory(name=name) for name in ("Ama One", "Ama Two", "Ama Last"))
    make.FactFactory(person=one, text="Came from Kumasi")
    workflow.merge(one, into=two, by=coordinator)
    workflow.merge(two, into=last, by=coordinator)
    return one, two, last


@pytest.fixture
def issues(coordinator):
    one, into = make.IssueFactory(title="Care work"), make.IssueFactory(title="care work")
    workflow.merge(one, into=into, by=coordinator)
    return one, into


def test_rest_answers_with_the_one_it_became(api_of, team_member, people):
    one, _two, last = people
    api = api_of(team_member)

    assert api.get(f"{START}people/{one.slug}/").json()["slug"] == last.slug
    rows = api.get(f"{START}people/{one.slug}/all/").json()["results"]
    assert [row["title"] for row in rows if row["kind"] == "fact"] == ["Came from Kumasi"]


@pytest.mark.parametrize("query", ["", "?export=csv"])
def test_all_of_an_issue_leads_on(client_of, team_member, issues, query):
    one, into = issues
    answer = client_of(team_member).get(f"/issues/{one.ref}/all/{query}")

    assert (answer.status_code, answer.get("Location")) == (302, f"/issues/{into.ref}/all/")


@pytest.mark.parametrize("page", ["name", "spellings", "same"])
def test_pages_that_change_a_person_lead_on(client_of, coordinator, people, page):
    _one, two, last = people
    answer = client_of(coordinator).get(f"/people/{two.slug}/{page}/")

    assert (answer.status_code, answer.get("Location")) == (302, f"/people/{last.slug}/")


def test_issue_that_became_another_takes_no_link(client_of, coordinator, issues):
    one, into = issues
    sent = {"other": make.IssueFactory(title="Youth").ref, "kind": "related"}
    answer = client_of(coordinator).post(f"/issues/{one.ref}/link/", sent)

    assert (answer.status_code, answer.get("Location")) == (302, f"/issues/{into.ref}/")
    assert one.links.count() == 0


def test_nobody_is_taken_apart_who_was_never_put_together(client_of, coordinator):
    person = make.PersonFactory()
    answer = client_of(coordinator).get(f"/people/{person.slug}/apart/")

    assert (answer.status_code, answer.get("Location")) == (302, f"/people/{person.slug}/")


def test_preview_tells_of_the_sign_in_and_of_where_an_issue_was_raised(coordinator, team_member):
    issue = make.IssueFactory()
    issue.retreats.add(make.RetreatFactory())
    viewer, into = Viewer(coordinator), make.PersonFactory()

    person = dict(floors.preview_of("merge", viewer, team_member.person, into=into))
    assert person["Their sign-in, which becomes the other’s"] == 1
    moves = floors.preview_of("merge", viewer, issue, into=make.IssueFactory())
    assert moves == [("Where it was raised", 1)]


def test_yes_is_taken_back_though_the_person_became_another(coordinator):
    jenna = Understanding.objects.get(text__startswith="The Jenna of the street vendors")
    group = FollowUp.objects.get(title="Street vendors", kind="working_group")
    workflow.answer(jenna, answer="yes", by=coordinator)
    last = make.PersonFactory(name="Jenna Elsewhere")
    workflow.merge(Person.objects.get(name="Jenna Harvey"), into=last, by=coordinator)

    workflow.reopen(Understanding.objects.get(pk=jenna.pk), by=coordinator)

    assert [each.shown for each in group.assignments.current().order_by("order")][-1] == "Jenna"


@pytest.mark.parametrize("name", ["!!!", "\u200b", "\u202e"])
def test_name_without_letters_is_refused_in_words(client_of, coordinator, name):
    person = make.PersonFactory(name="Ama Mensah")
    answer = client_of(coordinator).post(f"/people/{person.slug}/name/", {"name": name})

    assert answer.status_code == 200
    assert "Write a name with letters or digits." in answer.content.decode()
    assert Person.objects.get(pk=person.pk).name == "Ama Mensah"


@pytest.mark.parametrize("path", ["/people/", "/follow-ups/", "/people/mike-bird/all/"])
def test_pages_answer_to_head(client_of, coordinator, path):
    assert client_of(coordinator).head(path).status_code == 200


def test_long_list_is_printed_and_copied_whole(client_of, team_member):
    client = client_of(team_member)
    first, whole = client.get("/notes/"), client.get("/notes/?whole=1")

    assert [len(each.context["rows"]) for each in (first, whole)] == [50, 420]
    told = [each.content.decode() for each in (first, whole)]
    assert ["data-print" in each for each in told] == [False, True]
    assert ["All rows, to print or copy" in each for each in told] == [True, False]
