"""Who has how much: numbers that agree with the list, narrowed as it is."""

import pytest
from django.http import QueryDict

from actions import load, workflow
from actions.listings import LISTINGS
from actions.models import Assignment, FollowUp
from programmes.models import Person, Programme

FOLLOW_UPS = next(listing for listing in LISTINGS if listing.name == "follow-ups")
PAGE = "/follow-ups/who-has-how-much/"


@pytest.fixture
def chosen(viewer_of):
    def select(user, query=""):
        return FOLLOW_UPS.select(viewer_of(user), QueryDict(query))

    return select


def test_numbers_of_a_person_are_those_of_the_list(chosen, team_member):
    rows = {row["slug"]: row for row in load.per_person(chosen(team_member))}
    going = FollowUp.objects.not_ended()
    held = Assignment.objects.current().filter(follow_up__in=going, person__isnull=False)

    assert {slug: (row["lead"], row["support"]) for slug, row in rows.items()} == {
        person.slug: (
            held.filter(person=person, role="lead").count(),
            held.filter(person=person, role="support").count(),
        )
        for person in Person.objects.filter(assignments__in=held).distinct()
    }


def test_numbers_are_narrowed_as_the_list_is(chosen, team_member):
    (row,) = load.per_person(chosen(team_member, "kind=two_pager&lead=demetria-tsoutouras"))[:1]
    found = load.per_person(chosen(team_member, "kind=two_pager&lead=demetria-tsoutouras"))

    assert row["total"] == 1
    assert [each["slug"] for each in found] == ["pablo-rey", "demetria-tsoutouras"]


def test_sealed_follow_up_counts_for_nobody(chosen, team_member, coordinator):
    before = load.per_person(chosen(team_member))
    sealed = workflow.add_follow_up(title="Quiet talk", leads=[team_member.person], by=coordinator)
    FollowUp.objects.filter(pk=sealed.pk).update(sealed=True)

    assert load.per_person(chosen(team_member)) == before


def test_follow_up_counts_once_for_a_programme_it_is_filed_under_and_given_to(
    empty_db, chosen, team_member, coordinator
):
    law = workflow_programme("Law")
    follow_up = workflow.add_follow_up(title="One", leads=[law], by=coordinator)
    follow_up.programmes.add(law)
    workflow.add_follow_up(title="Two", leads=[law], by=coordinator)

    (row,) = load.per_programme(chosen(team_member))
    assert (row["name"], row["counts"], row["total"]) == ("Law", {"not_started": 2}, 2)


def workflow_programme(name):
    programme = Programme(name=name)
    programme.full_clean()
    programme.save()
    return programme


def test_page_is_for_those_who_see_people(client_of, cast):
    users = (cast.team_member, cast.coordinator, cast.board_member, cast.guest, cast.stranger)

    assert [client_of(user).get(PAGE).status_code for user in users] == [200, 200, 200, 404, 404]


def test_page_with_a_wrong_filter_says_so(client_of, team_member):
    answer = client_of(team_member).get(f"{PAGE}?kind=nothing", follow=True)

    assert answer.redirect_chain == [("/follow-ups/?kind=nothing", 302)]
    assert answer.status_code == 400


def ways(client, query=""):
    """`(number, address)` of each number on the page that leads somewhere."""
    context = client.get(f"{PAGE}?{query}").context
    for row in context["people"]:
        yield from ((row[name], row["to"][name]) for name in ("lead", "support", "late"))
    for row in context["programmes"]:
        yield from ((row["counts"].get(state, 0), to) for state, to in row["to"].items())


@pytest.mark.parametrize(
    "query",
    ["", "kind=two_pager&retreat=bellagio-2017", "state=under_way&state=done", "lead=mike-bird"],
)
def test_numbers_lead_to_as_many_follow_ups(client_of, chosen, team_member, query):
    found = [(number, to) for number, to in ways(client_of(team_member), query) if number and to]

    assert found
    assert [number for number, _to in found] == [
        chosen(team_member, to).count()[0] for _number, to in found
    ]


def test_number_that_the_list_cannot_ask_for_leads_nowhere(client_of, team_member):
    client = client_of(team_member)
    rows = {row["slug"]: row for row in client.get(f"{PAGE}?lead=mike-bird").context["people"]}

    assert [slug for slug, row in rows.items() if row["to"]["lead"]] == ["mike-bird"]


def test_page_shows_its_numbers_as_links_and_prints(client_of, team_member):
    page = client_of(team_member).get(PAGE).content.decode()

    state = "state=suggested&amp;state=not_started&amp;state=under_way&amp;state=needs_help"
    assert f'<a href="/follow-ups/?lead=marty-chen&amp;{state}">' in page
    assert "data-print" in page


def test_programmes_are_for_those_who_see_them(chosen, team_member, kept_from):
    before = load.per_programme(chosen(team_member))

    kept_from("programme")

    assert (before != [], load.per_programme(chosen(team_member))) == (True, [])
