"""What waits for a coordinator stands on one page, each with the press that settles it."""

import re

import pytest

from actions import naming
from actions.models import Assignment
from actions.sorting import first_of_each, may_sort, to_sort
from programmes import workflow
from programmes.models import Understanding
from retreats import naming as retreats_naming
from retreats.models import IssueLink, Note
from retreats.workflow import answer_link
from tests import factories as make
from tests.rest import url

pytestmark = pytest.mark.django_db


def counts(viewer):
    return {name: each["count"] for name, each in to_sort(viewer).items()}


def test_each_press_takes_one_off(coordinator, viewer_of):
    viewer = viewer_of(coordinator)
    before = counts(viewer)
    sofia = Assignment.objects.filter(text="Sofia").first()
    link = IssueLink.objects.waiting().first()

    naming.say_who(sofia, party=make.PersonFactory(), by=coordinator)
    workflow.answer(Understanding.objects.first(), answer="no", by=coordinator)
    answer_link(link, answer="yes", by=coordinator)
    workflow.rename(
        make.programmes.Person.objects.get(name="Laura Alferts"),
        name="Laura Alfers",
        by=coordinator,
    )

    after = counts(viewer)
    less = {name: before[name] - after[name] for name in before if before[name] != after[name]}
    assert less == {"names": 1, "understood": 1, "links": 1, "uncertain": 1}


def test_spelling_of_two_waits_until_it_is_given_to_one(coordinator, viewer_of):
    viewer = viewer_of(coordinator)
    one, other = (make.PersonFactory(name=name) for name in ("Ana Lima", "Ana Sol"))
    spelling = make.AliasFactory(name="Ana", person=one)
    make.AliasFactory(name="ANA", person=other)
    make.AliasFactory(name="ana", organisation=make.OrganisationFactory(name="ANA Peru"))
    same = [make.ProgrammeFactory(name="Food"), make.ProgrammeFactory(name="food")]

    waiting = {name: n for name, n in counts(viewer).items() if name.startswith("shared")}
    assert waiting == {"shared_people": 2, "shared_programmes": 2, "shared_organisations": 1}

    workflow.merge(same[0], into=same[1], by=coordinator)
    workflow.split_off(spelling, to=other, by=coordinator)
    waiting = {name: n for name, n in counts(viewer).items() if name.startswith("shared")}
    assert waiting == {"shared_people": 1, "shared_organisations": 1}


@pytest.mark.parametrize(
    ("listing", "query"),
    [
        ("people", "name_uncertain"),
        ("people", "shared_spelling"),
        ("issues", "perhaps_linked"),
        ("assignments", "unlinked"),
        ("notes", "unlinked"),
        ("suggestions", "unlinked"),
    ],
)
def test_both_halves_of_a_list_are_the_whole(api_of, coordinator, listing, query):
    api = api_of(coordinator)
    one = make.PersonFactory(name="Ana Lima")
    make.AliasFactory(name="Ana", person=one)
    make.AliasFactory(name="ANA", person=make.PersonFactory())
    make.SuggestionFactory(said_by_text="Zimbabwe")

    halves = [api.get(url(listing), {query: yes}).json()["count"] for yes in ("true", "false")]

    assert halves[0] > 0
    assert sum(halves) == api.get(url(listing)).json()["count"]


@pytest.mark.parametrize("query", ["name_uncertain", "shared_spelling"])
def test_who_sees_names_only_finds_nothing_by_spellings(api_of, administrator, query):
    answer = api_of(administrator).get(url("people"), {query: "false"})

    assert answer.json()["count"] == 0


def test_page_leads_to_each_list_and_settles_each(client_of, coordinator, viewer_of):
    client = client_of(coordinator)
    make.SuggestionFactory(said_by_text="Zimbabwe")
    text = client.get("/to-sort-out/").content.decode()

    heaps = first_of_each(viewer_of(coordinator))
    links = re.findall(r'href="([^"]+)">As a list', text)
    presses = set(re.findall(r'class="button quiet no-print"\s+href="([^"]+)"', text))
    assert len(links) == len(heaps) == 10
    assert [client.get(each.replace("&amp;", "&")).status_code for each in links] == [200] * 10
    assert {client.get(each).status_code for each in presses} == {200}
    first = Understanding.objects.unanswered()[0]
    assert f'action="/understood/{first.ref}/answer/?next=/to-sort-out/%23understood"' in text


def test_what_belongs_with_an_issue_is_an_issue(client_of, coordinator):
    client = client_of(coordinator)
    text = client.get("/to-sort-out/").content.decode()

    issues = set(re.findall(r'href="(/issues/[^"?]+)"', text))
    assert len(issues) > 1
    assert {client.get(each).status_code for each in issues} == {200}


def test_heap_says_how_many_of_it_it_shows(client_of, coordinator, viewer_of):
    heaps = first_of_each(viewer_of(coordinator))
    text = client_of(coordinator).get("/to-sort-out/").content.decode()

    told = re.findall(r"These are the first (\d+) of (\d+)\.", text)
    longer = [each for each in heaps if 0 < len(each["items"]) < each["count"]]
    assert told == [("20", str(each["count"])) for each in longer] != []


def test_headings_stand_at_the_top_and_lead_down(client_of, coordinator, viewer_of):
    text = client_of(coordinator).get("/to-sort-out/").content.decode()

    heaps = first_of_each(viewer_of(coordinator))
    links = re.findall(r'class="chip" href="#(\w+)">(\d+) ', text)
    assert links == [(each["name"], str(each["count"])) for each in heaps]
    assert re.findall(r'<section id="(\w+)">', text) == [name for name, _count in links]


def test_pair_of_issues_stands_once_and_is_answered_there(client_of, coordinator, viewer_of):
    client, link = client_of(coordinator), IssueLink.objects.waiting().first()
    heap = next(each for each in first_of_each(viewer_of(coordinator)) if each["name"] == "links")
    assert [each["record"] for each in heap["items"]] == list(IssueLink.objects.waiting())
    press = f"/issue-links/{link.ref}/?next=/to-sort-out/%23links"
    text = client.get("/to-sort-out/").content.decode()
    assert text.count(f'action="{press}"') == 1

    answered = client.post(press, {"answer": "no"})

    assert (answered.status_code, answered["Location"]) == (302, "/to-sort-out/#links")
    assert IssueLink.objects.get(pk=link.pk).state == "refused"


def test_words_left_in_words_wait_no_more(coordinator, viewer_of):
    viewer, said = viewer_of(coordinator), make.SuggestionFactory(said_by_text="Zimbabwe")
    before = counts(viewer)
    sofia = Assignment.objects.filter(text="Sofia").first()
    note = Note.objects.unlinked().first()

    naming.leave_in_words(sofia, by=coordinator)
    retreats_naming.leave_in_words(note, by=coordinator)
    retreats_naming.say_who(said, people=[make.PersonFactory()], by=coordinator)

    after = counts(viewer)
    less = {n: before[n] - after.get(n, 0) for n in before if before[n] != after.get(n, 0)}
    assert less == {"names": 1, "notes": 1, "suggestions": 1}


def test_all_heaps_are_counted_in_one_query(coordinator, viewer_of, django_assert_num_queries):
    viewer = viewer_of(coordinator)
    assert may_sort(viewer)
    with django_assert_num_queries(1):
        to_sort(viewer)


@pytest.mark.parametrize("role", ["team_member", "board_member", "guest", "administrator"])
def test_page_is_the_coordinators(request, client_of, role):
    assert client_of(request.getfixturevalue(role)).get("/to-sort-out/").status_code == 404


@pytest.mark.parametrize(
    ("noun", "heaps"),
    [
        ("person", {"uncertain", "shared_people"}),
        ("programme", {"shared_programmes"}),
        ("contradiction", {"contradictions"}),
    ],
)
def test_heap_is_of_what_its_reader_sees(coordinator, viewer_of, kept_from, noun, heaps):
    for make_one in (make.PersonFactory, make.ProgrammeFactory):
        make_one(name="Ana"), make_one(name="ANA")
    before = counts(viewer_of(coordinator))

    kept_from(noun)

    assert before.keys() - counts(viewer_of(coordinator)) == heaps
