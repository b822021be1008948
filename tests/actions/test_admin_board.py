import pytest
from django.http import QueryDict

from actions.models import Decision
from tests.actions.admin import DECISIONS, STAFF, address, listed
from tests.factories import (
    BodyFactory,
    DecisionFactory,
    FollowUpFactory,
    RetreatFactory,
)


@pytest.fixture
def sealed_decision(db):
    return DecisionFactory(title="The director's contract", sealed=True)


@pytest.mark.parametrize("role", [*STAFF, "administrator", "team_member", "guest", "stranger"])
def test_sealed_decision_is_nowhere(cast, client_of, sealed_decision, role):
    client = client_of(getattr(cast, role))
    paths = [
        "/admin/",
        "/admin/actions/decision/",
        "/admin/actions/decision/?search=contract",
        address(sealed_decision),
        address(sealed_decision, "history"),
        address(sealed_decision, "delete"),
    ]

    answers = [client.get(path) for path in paths]

    assert [b"contract" in each.content for each in answers[:2]] == [False, False]
    assert sealed_decision.title.encode() not in answers[2].content
    assert [each.status_code for each in answers[3:]] == [404, 404, 404]


@pytest.mark.parametrize("role", ["board_member", "chair"])
def test_sealed_decision_shows_to_board_after_second_step(cast, client_of, sealed_decision, role):
    client = client_of(getattr(cast, role), board_open=True)
    paths = ["/admin/", "/admin/actions/decision/", address(sealed_decision)]

    told = [client.get(path).content.decode() for path in paths]

    assert ["director&#x27;s contract" in each for each in told] == [True, True, True]
    assert client.get(address(sealed_decision, "history")).status_code == 200


def test_second_step_opens_nothing_for_a_coordinator(coordinator, client_of, sealed_decision):
    client = client_of(coordinator, board_open=True)

    assert client.get(address(sealed_decision)).status_code == 404
    assert sealed_decision.pk not in listed(client.get("/admin/actions/decision/"))


def test_desk_shows_decisions_and_what_came_of_them(empty_db, board_member, client_of):
    board = BodyFactory(name="Board", kind="board")
    follow_up = FollowUpFactory(title="Write the terms", state="under_way")
    hidden = FollowUpFactory(title="Pay", sealed=True)
    decision = DecisionFactory(
        title="Timeline", body=board, outcome="noted", said_as="reviewed", number="BD-2017-1"
    )
    decision.follow_ups.set([follow_up, hidden])
    DecisionFactory(title="Contract", body=board, sealed=True)

    response = client_of(board_member).get("/admin/")

    (row,) = response.context["ours"]
    told = {name: row[name] for name in ("number", "title", "outcome_words", "said_as")}
    assert told == {
        "number": "BD-2017-1",
        "title": "Timeline",
        "outcome_words": "Taken note",
        "said_as": "reviewed",
    }
    came = [(each["title"], each["state_words"]) for each in row["came"]]
    assert came == [("Write the terms", "Under way")]
    assert response.context["sealed"] == []
    assert response.context["available_apps"] == []
    assert "Nothing waits for the Board." in response.content.decode()


@pytest.mark.parametrize(
    "role, template",
    [
        ("coordinator", "admin/index.html"),
        ("administrator", "admin/index.html"),
        ("board_member", "admin/desk.html"),
        ("chair", "admin/desk.html"),
    ],
)
def test_home_of_the_admin_is_for_the_role(cast, client_of, role, template):
    response = client_of(getattr(cast, role)).get("/admin/")

    assert response.templates[0].name == template


def test_decision_rows_are_those_of_the_page(board_member, client_of, viewer_of, sealed_decision):
    page = DECISIONS.select(viewer_of(board_member), QueryDict(""))
    response = client_of(board_member).get("/admin/actions/decision/")

    assert [each.pk for each in response.context["cl"].result_list] == list(page.ids())
    assert Decision.objects.count() == len(page.ids()) + 1


def test_desk_names_the_next_meeting_to_those_who_see_it(board_member, client_of, kept_from):
    meeting = RetreatFactory(kind="board_meeting", starts_on="2090-12-01")
    client = client_of(board_member)
    before = client.get("/admin/").context["meeting"]

    kept_from("retreat")

    assert (before, client.get("/admin/").context["meeting"]) == (meeting, None)
