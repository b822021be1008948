"""Pages of the first floor: who may open what, and what stands on them."""

import re

import pytest

from retreats.models import Ballot, IssueLink, Note, Retreat, Session, StrategicIssue
from retreats.row_words import sum_of
from tests.factories import (
    BallotFactory,
    BallotOptionFactory,
    IssueLinkFactory,
    NoteFactory,
    ParticipantFactory,
    RetreatFactory,
    SuggestionFactory,
)

NETWORK = ("team_member", "coordinator", "board_member", "chair")
OTHERS = ("guest", "administrator", "stranger")
LISTS = ("notes", "suggestions", "ballots")


def words(answer) -> str:
    text = re.sub(r"<(script|style).*?</\1>", " ", answer.content.decode(), flags=re.S)
    return " ".join(re.sub("<[^>]+>", " ", text).split())


def wall():
    keys = Note.objects.on_the_wall().values("session").distinct()
    return Session.objects.get(pk__in=keys)


def addresses():
    """A page of each noun and each picture."""
    return [
        f"/notes/{Note.objects.first().ref}/",
        f"/suggestions/{SuggestionFactory().ref}/",
        f"/ballots/{Ballot.objects.get().ref}/",
        f"/sessions/{wall().ref}/matrix/",
        "/reviews/internal-strategic-review/",
    ]


@pytest.mark.parametrize("name", NETWORK)
def test_network_opens_every_page(name, client_of, cast):
    client = client_of(getattr(cast, name))

    assert [client.get(each).status_code for each in addresses()] == [200] * 5


@pytest.mark.parametrize("name", OTHERS)
def test_others_find_nothing_there(name, client_of, cast):
    """Hidden is missing: the same answer as for what is not there."""
    client = client_of(getattr(cast, name))
    nothing = client.get("/notes/N-00000000/").content

    answers = [client.get(each) for each in addresses()]

    assert [each.status_code for each in answers] == [404] * 5
    assert {each.content for each in answers} == {nothing}


@pytest.mark.parametrize("noun", LISTS)
def test_lists_hold_the_network_s_rows_and_nothing_for_others(noun, client_of, cast):
    counts = {
        name: client_of(getattr(cast, name)).get(f"/api/v1/{noun}/").json()["count"]
        for name in (*NETWORK, *OTHERS)
    }

    whole = counts["team_member"]
    assert whole > 0
    assert counts == dict.fromkeys(NETWORK, whole) | dict.fromkeys(OTHERS, 0)


def test_guest_sees_their_session_without_what_was_said(client_of, guest, team_member):
    session = Session.objects.get(title="Strategic Dilemmas and Choices")

    as_guest, as_team = (
        client_of(each).get(f"/sessions/{session.ref}/") for each in (guest, team_member)
    )

    assert (as_guest.status_code, as_team.status_code) == (200, 200)
    assert "What was said" in words(as_team)
    assert "What was said" not in words(as_guest)
    assert "Dot vote" not in words(as_guest)


def test_sealed_note_is_the_board_s_after_the_second_step(client_of, cast):
    open_note = Note.objects.first()
    sealed = NoteFactory(sealed=True, retreat=open_note.retreat, text="Zebra in the room")
    address = f"/notes/{sealed.ref}/"
    places = (address, f"/retreats/{open_note.retreat.slug}/", "/notes/?search=zebra")

    def seen(name, board_open=False):
        client = client_of(getattr(cast, name), board_open=board_open)
        return [
            answer.status_code == 200 and "Zebra in the room" in words(answer)
            for answer in map(client.get, places)
        ]

    assert {name: seen(name) for name in (*NETWORK, *OTHERS)} == dict.fromkeys(
        (*NETWORK, *OTHERS), [False] * 3
    )
    assert seen("coordinator", board_open=True) == [False] * 3
    assert seen("board_member", board_open=True) == [True] * 3


def test_sealed_reason_is_not_counted(client_of, team_member):
    option = BallotOptionFactory()
    sealed = NoteFactory(sealed=True, text="Zebra")
    option.reasons.add(sealed)

    answer = client_of(team_member).get(f"/ballots/{option.ballot.ref}/")

    assert answer.context["row"]["options"][0]["reasons"] == []
    assert "Zebra" not in words(answer)


def test_dot_vote_shows_seven_bars_zeros_and_the_order_announced(client_of, team_member):
    answer = client_of(team_member).get(f"/ballots/{Ballot.objects.get().ref}/")
    text = answer.content.decode()

    assert re.findall(r'class="fill" width="(\d+)"', text) == ["10", "5", "6", "4", "2", "0", "0"]
    assert "“sectors” (5) is announced before “location of WIEGO work” (6)." in words(answer)
    assert "Which one issue comes first" in words(answer)


def test_dot_vote_without_issues_stands(client_of, team_member):
    answer = client_of(team_member).get(f"/ballots/{BallotFactory().ref}/")

    assert answer.status_code == 200
    assert answer.context["row"]["findings"] == []


def test_matrix_holds_every_post_it_once(client_of, team_member):
    answer = client_of(team_member).get(f"/sessions/{wall().ref}/matrix/")
    matrix = answer.context["matrix"]

    assert (matrix["count"], matrix["columns"]) == (31, ["informal workers", "WIEGO"])
    assert [
        (theme, [(len(cell["opportunity"]), len(cell["threat"])) for cell in cells])
        for theme, cells in matrix["lines"]
    ] == [
        ("The Future of Work", [(5, 4), (4, 4)]),
        ("The Future of Cities", [(2, 5), (4, 3)]),
    ]


def test_session_without_post_its_has_no_matrix(client_of, team_member):
    session = Session.objects.get(title="Looking Back")

    assert client_of(team_member).get(f"/sessions/{session.ref}/matrix/").status_code == 404


def test_who_spoke_for_a_whole_item_is_said_so(client_of, team_member):
    session = Note.objects.filter(said_by_uncertain=True)[0].session
    text = words(client_of(team_member).get(f"/sessions/{session.ref}/"))

    assert "Marlese von Broembsen , for the whole item" in text


def test_review_tells_its_steps_inputs_and_committees(client_of, team_member):
    answer = client_of(team_member).get("/reviews/internal-strategic-review/")
    row = answer.context["row"]

    assert [step["order"] for step in row["steps"]] == list(range(1, 15))
    assert [each["kind"] for each in row["inputs"]] == [
        "survey", "interviews", "survey", "visions", "paper", "paper", "paper",
    ]  # fmt: skip
    assert len(row["inputs"][1]["organisations"]) == 5
    assert answer.content.decode().count('class="fill"') == 7


# --- retreats side by side ------------------------------------------------------


def columns(answer):
    return [row["slug"] for row in answer.context["retreats"]]


def test_compare_begins_with_the_retreats_something_is_told_of(client_of, team_member):
    answer = client_of(team_member).get("/retreats/compare/")
    lines = {line.title: line.cells for line in answer.context["lines"]}

    assert columns(answer) == [
        "founding-meeting-1997",
        "bellagio-2012",
        "bellagio-2017",
        "ilo-coop-sse-2024",
    ]
    assert lines["Announced"][2] == [
        "Board: 9 of 10",
        "External resource person: 3",
        "Team: 20 of 44",
        "All together: 32 (our sum)",
    ]
    assert lines["Announced"][1][-1] == "All together: 35 (our sum)"
    assert lines["Announced"][0] == ["specialists on the informal economy: 10"]
    assert [each["slug"] for each in lines["Organisations"][1]] == [
        "rockefeller-foundation",
        "wiego",
    ]
    assert len(lines["Countries"][3]) == 8
    assert len(lines["Strategic issues"][2]) == 17
    assert lines["Decisions"][2] == ["Agreed: 5", "Taken note: 4"]
    assert all(len(cells) == 4 for cells in lines.values())


def test_compare_shows_those_chosen_and_refuses_what_is_not_there(client_of, team_member):
    client = client_of(team_member)
    two = client.get("/retreats/compare/?retreat=team-retreat-2017&retreat=team-retreat-2016")

    assert columns(two) == ["team-retreat-2016", "team-retreat-2017"]
    for wrong, told in (
        ("retreat=nowhere", "There is no “nowhere” here."),
        ("colour=red", "colour"),
    ):
        answer = client.get(f"/retreats/compare/?{wrong}")
        assert (answer.status_code, columns(answer)) == (400, [])
        assert told in words(answer)


def test_compare_says_when_there_are_too_many(client_of, team_member):
    every = "&".join(f"retreat={each.slug}" for each in Retreat.objects.all())
    answer = client_of(team_member).get(f"/retreats/compare/?{every}")

    assert (answer.status_code, columns(answer)) == (400, [])
    assert "At most 8 stand side by side. Take some off." in words(answer)
    assert all(chosen for _each, chosen in answer.context["choices"])


def test_compare_gives_each_what_they_may_see(client_of, cast):
    """A guest's own retreats only, without notes or issues; the administrator nothing."""
    ParticipantFactory(retreat=RetreatFactory(name="Elsewhere"))
    guest = client_of(cast.guest)
    own = guest.get("/retreats/compare/?retreat=bellagio-2017")
    titles = {line.title for line in own.context["lines"]}

    assert columns(own) == ["bellagio-2017"]
    assert titles & {"What was said", "Suggestions", "Decisions"} == set()
    hidden = guest.get("/retreats/compare/?retreat=bellagio-2012")
    missing = guest.get("/retreats/compare/?retreat=nowhere-2012")
    assert (hidden.status_code, missing.status_code) == (400, 400)
    assert words(hidden) == words(missing).replace("nowhere-2012", "bellagio-2012")
    for name in ("administrator", "stranger"):
        answer = client_of(getattr(cast, name)).get("/retreats/compare/")
        assert (answer.status_code, columns(answer), answer.context["choices"]) == (200, [], [])


def test_compare_costs_no_more_for_more_retreats(
    client_of, team_member, django_assert_max_num_queries
):
    client = client_of(team_member)
    everything = "&".join(f"retreat={each.slug}" for each in Retreat.objects.all()[:8])
    client.get("/retreats/compare/")

    with django_assert_max_num_queries(20):
        client.get("/retreats/compare/")
    with django_assert_max_num_queries(20):
        client.get(f"/retreats/compare/?{everything}")


# --- issues that belong together ------------------------------------------------


@pytest.fixture
def link(db):
    return IssueLink.objects.get(other__title="Supply chains")


def answered(client, link, answer, **more):
    return client.post(f"/issue-links/{link.ref}/", {"answer": answer, **more})


def story(client, title="Supply chains"):
    return client.get(f"/issues/{StrategicIssue.objects.get(title=title).ref}/")


def test_issue_tells_its_dots_reasons_and_what_is_near_it(client_of, team_member):
    row = story(client_of(team_member)).context["row"]

    assert [(each["dots"], each["rank"], len(each["reasons"])) for each in row["dots"]] == [
        (10, 1, 7)
    ]
    assert [(each["issue"]["title"], each["state"]) for each in row["links"]] == [
        ("Value chain/network dynamics", "suggested")
    ]


def test_link_is_seen_from_both_sides(client_of, team_member):
    row = story(client_of(team_member), "Value chain/network dynamics").context["row"]

    assert [each["issue"]["title"] for each in row["links"]] == ["Supply chains"]


def test_coordinator_says_yes_and_takes_it_back(client_of, coordinator, link):
    client = client_of(coordinator)

    answered(client, link, "yes")
    link.refresh_from_db()
    said = (link.state, link.said_by)
    text = words(story(client))
    answered(client, link, "")
    link.refresh_from_db()

    assert said == ("confirmed", coordinator)
    assert "Belongs with Value chain/network dynamics · said by Mike Bird" in text
    assert (link.state, link.said_by) == ("suggested", None)


def test_no_is_kept_with_who_said_it(client_of, coordinator, link):
    answered(client_of(coordinator), link, "no")

    link.refresh_from_db()
    assert (link.state, link.said_by) == ("refused", coordinator)


def test_answer_on_an_old_page_does_not_undo_another(client_of, coordinator, link):
    client = client_of(coordinator)
    answered(client, link, "yes")
    told = client.post(f"/issue-links/{link.ref}/", {"answer": "no"}, follow=True)

    link.refresh_from_db()
    assert link.state == "confirmed"
    assert "Take the answer back to give another." in words(told)


@pytest.mark.parametrize(
    ("name", "status"),
    [("team_member", 403), ("board_member", 403), ("guest", 404), ("administrator", 404)],
)
def test_others_do_not_answer(name, status, client_of, cast, link):
    client = client_of(getattr(cast, name))

    assert answered(client, link, "yes").status_code == status
    link.refresh_from_db()
    assert link.state == "suggested"


def test_buttons_are_for_those_who_may_press_them(client_of, coordinator, team_member, link):
    address = f'action="/issue-links/{link.ref}/"'

    shown = [
        address in story(client_of(each)).content.decode() for each in (coordinator, team_member)
    ]

    assert shown == [True, False]


def test_answer_that_is_none_is_refused(client_of, coordinator):
    link = IssueLinkFactory()
    client = client_of(coordinator)

    assert answered(client, link, "perhaps").status_code == 302
    link.refresh_from_db()
    assert link.state == "suggested"
    assert client.get(f"/issue-links/{link.ref}/").status_code == 405
    assert client.post("/issue-links/L-00000000/", {"answer": "yes"}).status_code == 404


@pytest.mark.parametrize(
    ("told", "together"),
    [
        ([("board", 9), ("team", 20), ("external", 3)], 32),
        ([("", 28), ("external", 7)], 35),
        ([("", 28), ("board", 9), ("external", 7)], 0),
        ([("", 10)], 0),
        ([], 0),
    ],
)
def test_head_counts_are_added_up_where_they_count_nobody_twice(told, together):
    assert sum_of(told) == together


def test_page_of_a_retreat_tells_the_sum_as_ours(client_of, team_member):
    page = client_of(team_member).get("/retreats/bellagio-2017/").content.decode()

    assert "All together: 32 (our sum)" in page
