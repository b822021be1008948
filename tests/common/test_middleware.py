"""What is refused at the door, and for whom Board matter is open behind it."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
import time_machine

from tests.factories import FollowUpFactory


@pytest.mark.parametrize(
    "path", ["/who/%00/", "/people/a%00/", "/follow-ups/F-%00/", "/account/programs/%00/end/"]
)
def test_address_with_a_null_is_missing(path, team_member, client_of):
    client = client_of(team_member)

    assert (client.get(path).status_code, client.post(path).status_code) == (404, 404)


@pytest.mark.parametrize(
    "path",
    [
        "/follow-ups/?search=%00",
        "/follow-ups/new/?retreat=%00",
        "/admin/actions/followup/add/?retreat=%00",
        "/admin/autocomplete/?app_label=retreats&model_name=session&field_name=day&term=%00",
    ],
)
def test_question_with_a_null_is_refused(path, coordinator, client_of):
    answer = client_of(coordinator).get(path)

    assert answer.status_code == 400
    assert "This was not understood." in answer.text


def test_form_with_a_null_is_refused(coordinator, client_of):
    follow_up = FollowUpFactory(state="done")

    answer = client_of(coordinator).post(f"/follow-ups/{follow_up.ref}/reopen/", {"key": "a\0b"})

    assert answer.status_code == 400
    follow_up.refresh_from_db()
    assert follow_up.state == "done"


def test_sign_in_with_a_null_is_refused(client, db):
    answer = client.post("/sign-in/", {"login": "a\0b@example.org", "password": "x"})

    assert answer.status_code == 400


def test_board_matter_is_open_for_ten_minutes_and_to_the_board_alone(client_of, cast):
    start = datetime(2017, 6, 15, 10, tzinfo=UTC)
    found = {}
    for user in (cast.board_member, cast.coordinator):
        with time_machine.travel(start, tick=False) as clock:
            client = client_of(user, board_open=True)
            for minutes in (0, 9, 11):
                clock.move_to(start + timedelta(minutes=minutes))
                viewer = client.get("/").context["viewer"]
                found.setdefault(user, []).append(bool(viewer.board_open))

    assert found == {cast.board_member: [True, True, False], cast.coordinator: [False] * 3}


@pytest.mark.parametrize(
    ("came", "back"),
    [
        ("http://testserver/account/programs/?a=1", "/account/programs/?a=1"),
        ("http://elsewhere.example/x", "/board/close/"),
        ("", "/board/close/"),
    ],
)
def test_who_signs_in_again_comes_back_to_the_page_of_the_button(came, back, client, db):
    answer = client.post("/board/close/", headers={"Referer": came})

    assert answer.url == f"/sign-in/?{urlencode({'next': back}, safe='/')}"
