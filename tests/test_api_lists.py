"""Lists and details of REST: what they show, and what they are asked."""

import pytest

from actions.models import FollowUp
from tests.factories import (
    AliasFactory,
    AssignmentFactory,
    FollowUpFactory,
    IssueFactory,
    PersonFactory,
    ProgrammeFactory,
    SessionFactory,
    UserFactory,
)
from tests.rest import ALL, NOUNS, ROW, codes, url


@pytest.mark.parametrize("noun", NOUNS)
def test_noun_shows_what_the_contract_names(noun, api_of, team_member):
    api = api_of(team_member)
    row = api.get(url(noun)).json()["results"][0]
    detail = api.get(url(noun, row.get("slug") or row["ref"])).json()

    wanted = set(NOUNS[noun].split())
    if noun == "retreats":
        wanted = wanted - {"title"} | {"name"}
    assert wanted - set(detail) == set()
    assert {name: detail[name] for name in row} == row


def test_follow_up_row_shows_what_the_contract_names(api_of, team_member):
    row = api_of(team_member).get(url("follow-ups")).json()["results"][0]

    assert " ".join(name for name in row if name in ROW.split()) == ROW


@pytest.mark.parametrize("noun", ALL)
def test_list_has_the_form_of_every_list(noun, api_of, team_member):
    answer = api_of(team_member).get(url(noun))

    assert list(answer.json()) == ["count", "count_capped", "next", "previous", "results"]
    assert answer["Cache-Control"] == "private, no-store"


def test_record_is_found_by_slug_or_ref_in_any_case(api_of, team_member):
    api = api_of(team_member)
    follow_up = FollowUpFactory()

    slug = api.get(url("people", "MIKE-Bird"))
    ref = api.get(url("follow-ups", follow_up.ref.lower()))

    assert (slug.json()["name"], ref.json()["ref"]) == ("Mike Bird", follow_up.ref)


def test_lists_are_walked_by_cursor_both_ways_and_by_number(api_of, team_member):
    api = api_of(team_member)
    whole = [row["ref"] for row in api.get(url("follow-ups"), {"page_size": 100}).json()["results"]]

    found, address = [], url("follow-ups") + "?page_size=20"
    while address:
        page = api.get(address).json()
        found += [row["ref"] for row in page["results"]]
        last, address = page, page["next"]
    before = api.get(last["previous"]).json()
    second = api.get(url("follow-ups"), {"page": 2, "page_size": 20}).json()

    assert found == whole
    assert [row["ref"] for row in before["results"]] == whole[20:40]
    assert [row["ref"] for row in second["results"]] == whole[20:40]


def test_cursor_is_a_place_in_its_own_list_only(api_of, team_member):
    api = api_of(team_member)
    address = api.get(url("people"), {"page_size": 1}).json()["next"]

    own, other = (api.get(each) for each in (address, address.replace("people", "organisations")))

    assert own.status_code == 200
    assert codes(other) == (400, "bad_query")
    assert list(other.json()["fields"]) == ["cursor"]


@pytest.mark.parametrize("ordering", ["due", "title", "kind", "state", "updated_at"])
def test_orderings_turned_round_give_the_list_backwards(ordering, api_of, team_member):
    api = api_of(team_member)
    one, other = (
        [
            row["ref"]
            for row in api.get(
                url("follow-ups"), {"ordering": sign + ordering, "page_size": 100}
            ).json()["results"]
        ]
        for sign in ("", "-")
    )

    assert one == other[::-1]


def test_repeated_parameter_means_or(api_of, team_member):
    api = api_of(team_member)
    both = api.get(url("follow-ups"), {"kind": ["webinar", "two_pager"], "page_size": 100}).json()

    assert sorted({row["kind"] for row in both["results"]}) == ["two_pager", "webinar"]
    assert both["count"] == 11


@pytest.mark.parametrize(
    "query",
    [
        "colour=red",
        "export=csv",
        "rows=leads",
        "format=json",
        "kind=party",
        "due_by=tomorrow",
        "due_by=2017-06-05&due_by=2017-06-06",
        "overdue=maybe",
        "issue=I-00000000",
        "retreat=nowhere",
        "lead=zzzzzz",
        "updated_since=yesterday",
        "updated_since=0001-01-01T00:00:00%2B14:00",
        "updated_since=9999-12-31T23:59:59-14:00",
        "ordering=colour",
        "ordering=--due",
        "page=0",
        "page=1&page=2",
        "page=999999",
        "page_size=101",
        "page_size=" + "9" * 5000,
        "cursor=abc",
        "search=%00",
        "kind=%00",
        "lead=%00",
        "issue=%00",
        "retreat=%00",
        "session=%00",
        "search=" + "a+" * 600,
        "lead=mike-bird&" * 101,
    ],
)
def test_query_the_list_does_not_know_is_400_and_named(query, api_of, team_member):
    answer = api_of(team_member).get(url("follow-ups") + "?" + query)

    assert codes(answer) == (400, "bad_query")
    assert list(answer.json()["fields"]) == [query.partition("=")[0]]


def test_far_too_many_parameters_are_400(api_of, team_member):
    answer = api_of(team_member).get(url("follow-ups") + "?" + "kind=webinar&" * 2000)

    assert codes(answer) == (400, "bad_request")


def test_lead_takes_slug_or_any_spelling(api_of, team_member):
    api = api_of(team_member)
    counts = [
        api.get(url("follow-ups"), {"lead": name}).json()["count"]
        for name in ("laura-alferts", "Laura Alfars", "ALFERTS, laura")
    ]

    assert counts == [counts[0]] * 3
    assert counts[0] > 0


def test_lead_that_may_be_several_is_400_with_candidates(api_of, team_member):
    for name in ("Maria Quayle", "Maria Quist"):
        PersonFactory(name=name, search_text=name.lower())

    answer = api_of(team_member).get(url("follow-ups"), {"lead": "Maria Qu"})

    assert codes(answer) == (400, "bad_query")
    assert sorted(each["slug"] for each in answer.json()["candidates"]) == [
        "maria-quayle",
        "maria-quist",
    ]


def test_query_counts_do_not_grow_with_the_rows(
    api_of, team_member, empty_db, django_assert_num_queries
):
    team_member = UserFactory(email="fresh@example.org", roles=["team"])
    api = api_of(team_member)
    counts = []
    for number in (1, 3):
        while FollowUp.objects.count() < number:
            follow_up = FollowUpFactory(issue=IssueFactory(), session=SessionFactory())
            AssignmentFactory(follow_up=follow_up)
            follow_up.programmes.add(ProgrammeFactory())
        counts.append(queries(lambda: api.get(url("follow-ups"))))

    assert counts[0] == counts[1]


def queries(call):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        assert call().status_code == 200
    return len(captured)


def test_more_than_twenty_names_in_a_filter_are_refused(api_of, team_member):
    unknown = [f"Qx{number}" for number in range(21)]

    answer = api_of(team_member).get(url("follow-ups"), {"lead": unknown})

    assert codes(answer) == (400, "bad_query")
    assert answer.json()["fields"] == {
        "lead": ["These are too many names at once. Give at most 20."]
    }


def test_since_a_moment_far_from_utc(api_of, team_member):
    query = {"updated_since": "2017-11-13T09:30:00+23:59"}

    assert api_of(team_member).get(url("follow-ups"), query).status_code == 200


def test_guest_finds_follow_ups_by_what_they_read_only(empty_db, api_of, guest, team_member):
    from actions import workflow

    led = PersonFactory(name="Qadira Quist")
    AliasFactory(name="Zuzu", person=led)
    follow_up = workflow.add_follow_up(
        title="Café paper", leads=[led], supports=[guest.person], by=team_member, via="pages"
    )
    ref = follow_up.ref

    def found(user, words):
        results = api_of(user).get(url("follow-ups"), {"search": words}).json()["results"]
        return [each["ref"] for each in results]

    asked = ("cafe", "PAPER café", "paper zuzu", "zuzu", "–")
    assert [found(guest, words) for words in asked] == [[ref], [ref], [], [], []]
    assert [found(team_member, words) for words in asked] == [[ref]] * 4 + [[]]


def test_list_stops_at_the_first_names_nobody_bears(client_of, team_member):
    query = "&".join(f"lead=Qx{number}" for number in range(20))
    answer = client_of(team_member).get(f"/api/v1/follow-ups/?{query}")

    assert answer.status_code == 400
    assert len(answer.json()["fields"]["lead"]) == 5


def test_hidden_record_is_no_filter(api_of, coordinator):
    sealed = FollowUpFactory(sealed=True).ref
    api = api_of(coordinator)

    answers = [api.get(url("updates"), {"follow_up": ref}) for ref in (sealed, "F-00000007")]

    hidden, absent = [answer.content.decode() for answer in answers]
    assert [answer.status_code for answer in answers] == [400, 400]
    assert hidden.replace(sealed, "F-00000007") == absent


def test_guest_reads_no_name_of_what_a_follow_up_hangs_on(api_of, guest):
    follow_up = FollowUpFactory(parent=FollowUpFactory(), session=SessionFactory())
    AssignmentFactory(follow_up=follow_up, person=guest.person)

    row = api_of(guest).get(url("follow-ups", follow_up.ref)).json()

    assert (row["parent"], row["session"]) == (None, None)
