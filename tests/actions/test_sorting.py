"""What waits for a coordinator stands on one page, each with the press that settles it."""

import re

import pytest

from actions import naming
from actions.models import Assignment
from actions.sorting import first_of_each, to_sort
from programmes import workflow
from programmes.models import Understanding
from retreats.models import IssueLink
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
    assert less == {"names": 1, "understood": 1, "links": 2, "uncertain": 1}


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
    ],
)
def test_both_halves_of_a_list_are_the_whole(api_of, coordinator, listing, query):
    api = api_of(coordinator)
    one = make.PersonFactory(name="Ana Lima")
    make.AliasFactory(name="Ana", person=one)
    make.AliasFactory(name="ANA", person=make.PersonFactory())

    halves = [api.get(url(listing), {query: yes}).json()["count"] for yes in ("true", "false")]

    assert halves[0] > 0
    assert sum(halves) == api.get(url(listing)).json()["count"]


@pytest.mark.parametrize("query", ["name_uncertain", "shared_spelling"])
def test_who_sees_names_only_finds_nothing_by_spellings(api_of, administrator, query):
    answer = api_of(administrator).get(url("people"), {query: "false"})

    assert answer.json()["count"] == 0


def test_page_leads_to_each_list_and_settles_each(client_of, coordinator, viewer_of):
    client = client_of(coordinator)
    text = client.get("/to-sort-out/").content.decode()

    heaps = first_of_each(viewer_of(coordinator))
    links = re.findall(r'href="([^"]+)">As a list', text)
    presses = set(re.findall(r'class="button quiet"\s+href="([^"]+)"', text))
    assert len(links) == len(heaps) == 8
    assert [client.get(each.replace("&amp;", "&")).status_code for each in links] == [200] * 8
    assert {client.get(each).status_code for each in presses} == {200}
    first = Understanding.objects.unanswered()[0]
    assert f'action="/understood/{first.ref}/answer/?next=/to-sort-out/"' in text


@pytest.mark.parametrize("role", ["team_member", "board_member", "guest", "administrator"])
def test_page_is_the_coordinators(request, client_of, role):
    assert client_of(request.getfixturevalue(role)).get("/to-sort-out/").status_code == 404
