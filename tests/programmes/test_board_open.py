"""The Board's second step: the password once more, not to be guessed."""

import pytest
from django.core.cache import cache

PASSWORD = "a long and quiet phrase"


@pytest.fixture
def board_client(board_member, client_of):
    board_member.set_password(PASSWORD)
    board_member.save()
    cache.clear()
    return client_of(board_member)


def test_board_opens_with_the_password(board_client):
    answer = board_client.post("/board/open/", {"password": PASSWORD})

    assert (answer.status_code, answer.url) == (302, "/")


def test_board_stays_shut_after_too_many_tries(board_client):
    codes = [
        board_client.post("/board/open/", {"password": "a guess"}).status_code for _ in range(11)
    ]

    assert codes == [200] * 10 + [429]
    assert board_client.post("/board/open/", {"password": PASSWORD}).status_code == 429


def test_board_is_nothing_to_others(coordinator, client_of):
    assert client_of(coordinator).get("/board/open/").status_code == 404
