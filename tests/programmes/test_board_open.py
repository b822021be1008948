"""The Board's second step: asked for each time, not to be guessed, and nobody is locked out."""

import pytest
from django.core import mail

from tests.factories import DecisionFactory
from tests.signing_in import (
    PASSWORD,
    app_code,
    mailed_code,
    recovery_codes,
    sign_in,
    with_app,
    with_password,
    wrong_code,
)

OPEN = "/board/open/"


pytestmark = pytest.mark.usefixtures("fresh_limits")


@pytest.fixture
def board_client(board_member, client_of):
    return client_of(with_password(board_member))


def is_open(client) -> bool:
    return client.get("/admin/").context["board_open"]


def test_board_opens_with_a_mailed_code(board_client, board_member):
    board_client.post(OPEN, {"mail": "yes"})

    answer = board_client.post(OPEN, {"code": mailed_code()})

    assert mail.outbox[0].to == [board_member.email]
    assert (answer.status_code, answer.url) == (302, "/")
    assert is_open(board_client)


def test_board_does_not_open_with_the_password(board_client):
    answer = board_client.post(OPEN, {"password": PASSWORD})

    assert answer.status_code == 200
    assert not is_open(board_client)


@pytest.mark.parametrize("how", ["app", "recovery"])
def test_board_opens_with_the_second_step(how, board_member, client_of):
    client = client_of(with_app(board_member))
    code = recovery_codes(board_member)[0] if how == "recovery" else app_code()

    refused = client.post(OPEN, {"code": wrong_code()})
    before = is_open(client)
    client.post(OPEN, {"code": code})

    assert (refused.status_code, before, is_open(client)) == (200, False, True)


def test_board_sends_no_mail_to_who_has_a_second_step(board_member, client_of):
    client_of(with_app(board_member)).post(OPEN, {"mail": "yes"})

    assert len(mail.outbox) == 0


def test_mailed_code_opens_the_board_once(board_client):
    board_client.post(OPEN, {"mail": "yes"})
    code = mailed_code()
    board_client.post(OPEN, {"code": code})

    answer = board_client.post(OPEN, {"code": code})

    assert answer.status_code == 200


def test_mailed_code_is_for_whom_it_was_sent(board_client, chair, client_of):
    board_client.post(OPEN, {"mail": "yes"})
    code = mailed_code()
    other = client_of(chair)
    other.post(OPEN, {"mail": "yes"})

    other.post(OPEN, {"code": code})

    assert not is_open(other)


def test_mailed_code_is_void_after_fifteen_minutes(board_client):
    board_client.post(OPEN, {"mail": "yes"})
    session = board_client.session
    session["mailed_code"] = session["mailed_code"] | {"at": session["mailed_code"]["at"] - 901}
    session.save()

    answer = board_client.post(OPEN, {"code": mailed_code()})

    assert answer.context["form"].non_field_errors() == [
        "No code waits to be typed in any more. Let us send you a new one."
    ]
    assert not is_open(board_client)


def test_mailed_code_is_void_after_five_tries(board_client):
    board_client.post(OPEN, {"mail": "yes"})
    for _try in range(5):
        board_client.post(OPEN, {"code": "0"})

    answer = board_client.post(OPEN, {"code": mailed_code()})

    told = {"code": ["This code is too old. Let us send you a new one."]}
    assert answer.context["form"].errors == told
    board_client.post(OPEN, {"mail": "yes"})
    board_client.post(OPEN, {"code": mailed_code()})
    assert is_open(board_client)


def test_mail_that_cannot_be_sent_is_told(board_client, settings):
    settings.EMAIL_BACKEND = "programmes.mail.Backend"
    settings.MAIL_CARRIER = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    answer = board_client.post(OPEN, {"mail": "yes"})

    assert [str(each) for each in answer.context["messages"]] == [
        "The mail could not be sent. Try again in a minute, or ask an administrator."
    ]


def test_board_stays_shut_after_too_many_tries(board_client):
    codes = [board_client.post(OPEN, {"code": "a guess"}).status_code for _ in range(11)]

    assert codes == [200] * 10 + [429]
    assert board_client.post(OPEN, {"mail": "yes"}).status_code == 429


def test_board_is_nothing_to_others(coordinator, client_of):
    assert client_of(coordinator).get(OPEN).status_code == 404


def test_codes_asked_for_by_others_do_not_use_up_ones_own(board_client, board_member, client):
    for _time in range(6):
        client.post("/sign-in/code/", {"email": board_member.email})

    board_client.post(OPEN, {"mail": "yes"})
    board_client.post(OPEN, {"code": mailed_code()})

    assert is_open(board_client)


@pytest.mark.parametrize("name", ["board_member", "chair"])
def test_password_alone_sets_up_no_second_step_of_the_board(name, cast, client):
    sign_in(client, with_password(getattr(cast, name)).email)

    led = client.get("/account/second-step/app/")
    told = client.post(led.url, {"password": PASSWORD})
    again = client.get("/account/second-step/app/")

    assert led.url == "/account/prove/?next=/account/second-step/app/"
    assert (told.status_code, again.status_code) == (200, 302)


def test_mailed_code_lets_the_board_set_up_a_second_step(board_member, client):
    sign_in(client, with_password(board_member).email)
    client.post("/account/prove/", {"mail": "yes"})

    proved = client.post("/account/prove/?next=/account/second-step/app/", {"code": mailed_code()})

    assert proved.url == "/account/second-step/app/"
    assert client.get(proved.url).status_code == 200


def test_address_that_is_closed_offers_the_board_to_open_it(board_client, team_member, client_of):
    addresses = (f"/decisions/{DecisionFactory(sealed=True).ref}/", "/decisions/D-00000000/")
    clients = (board_client, client_of(team_member))
    pages = [client.get(each).content.decode() for client in clients for each in addresses]

    came = {"Referer": f"http://testserver{addresses[0]}"}
    asked = board_client.get(OPEN, headers=came)
    board_client.post(asked.url, {"mail": "yes"})
    opened = board_client.post(asked.url, {"code": mailed_code()})

    offered = ["What is Board only is closed just now." in page for page in pages]
    assert offered == [True, True, False, False]
    assert asked.url == f"{OPEN}?next={addresses[0]}"
    assert opened.url == addresses[0]
    assert board_client.get(addresses[0]).status_code == 200
