"""What is sent as a passkey and is none: said on the form, at each door that takes one."""

import json

import pytest
from django.test import Client
from fido2 import cbor
from fido2.utils import websafe_encode

from tests.signing_in import (
    is_in,
    made_passkey,
    make_fresh,
    sign_in,
    steps_of,
    with_passkey,
    with_password,
)

TOLD = "The passkey was not understood. Try again, or choose another way."
ADD = "/account/second-step/passkeys/add/"


pytestmark = pytest.mark.usefixtures("fresh_limits")


def shown(**changes):
    """A passkey used, well-formed up to the changes."""
    client = {"type": "webauthn.get", "origin": "https://testserver", "challenge": "b25l"}
    response = {
        "clientDataJSON": encoded(client),
        "authenticatorData": websafe_encode(b"\0" * 37),
        "signature": "b25l",
        "userHandle": "MQ",
    }
    return json.dumps({"id": "b25l", "rawId": "b25l", "response": response, **changes})


def made(**changes):
    """A passkey made, well-formed up to the changes of the response."""
    good = made_passkey()
    return json.dumps({**good, "response": {**good["response"], **changes}})


def encoded(value):
    return websafe_encode(json.dumps(value).encode())


NONE = {
    "too deep": "[" * 5000,
    "no text": "",
    "no JSON": "{",
    "a number": "0",
    "a falsehood": "false",
    "a list": "[1]",
    "an empty answer": json.dumps({"id": "a", "rawId": "a", "response": {}}),
    "a number as its name": json.dumps({"id": 5, "rawId": 5, "response": {}}),
    "a response that is none": json.dumps({"rawId": "b25l", "response": 5}),
}
NO_USE = NONE | {
    "extensions of no kind": shown(clientExtensionResults=5),
    "an unknown one": shown(),
    "an escape": shown(more="\0"),
}
NO_MAKING = NONE | {
    "client data as a list": made(clientDataJSON=encoded([])),
    "a type that is no text": made(clientDataJSON=encoded({"type": 1})),
    "half an attestation": made(attestationObject=websafe_encode(cbor.encode({"fmt": "none"}))),
    "an attestation as a list": made(attestationObject=websafe_encode(cbor.encode([1]))),
    "no CBOR": made(attestationObject=websafe_encode(b"\xff\xff")),
    "one of another asking": made(),
}


@pytest.mark.parametrize("sent", NO_USE.values(), ids=NO_USE)
def test_no_passkey_signs_nobody_in(sent, db):
    browser = Client()
    browser.get("/sign-in/passkey/", headers={"accept": "application/json"})

    answer = browser.post("/sign-in/passkey/", {"credential": sent}, follow=True)

    assert [str(each) for each in answer.context["messages"]] == [TOLD]
    assert not is_in(browser)


@pytest.mark.parametrize("sent", NO_MAKING.values(), ids=NO_MAKING)
def test_no_passkey_is_not_added(sent, team_member, client_of):
    client = make_fresh(client_of(team_member), team_member)
    client.get(ADD)

    answer = client.post(ADD, {"name": "", "credential": sent})

    assert answer.context["form"].errors == {"credential": [TOLD]}
    assert TOLD in answer.content.decode()
    assert steps_of(team_member) == []


@pytest.mark.parametrize("sent", NO_USE.values(), ids=NO_USE)
def test_no_passkey_is_no_second_step(sent, team_member):
    with_passkey(with_password(team_member))
    browser = Client()
    asked = sign_in(browser, team_member.email)
    browser.get(asked.url)

    answer = browser.post(asked.url, {"credential": sent})

    assert answer.context["webauthn_form"].errors == {"credential": [TOLD]}
    assert TOLD in answer.content.decode()
    assert not is_in(browser)


@pytest.mark.parametrize("door", ["/account/prove/", "/board/open/"])
@pytest.mark.parametrize("sent", [each for each in NO_USE.values() if each])
def test_no_passkey_proves_nothing(door, sent, board_member, client_of):
    client = client_of(with_passkey(board_member))
    client.get(door)

    answer = client.post(door, {"credential": sent})

    assert answer.context["form"].errors == {"credential": [TOLD]}
    assert TOLD in answer.content.decode()


def test_passkey_after_too_many_tries_tells_to_wait(team_member):
    with_passkey(with_password(team_member))
    browser = Client()
    asked = sign_in(browser, team_member.email)

    for _try in range(11):
        answer = browser.post(asked.url, {"credential": shown()})

    told = answer.context["webauthn_form"].errors["credential"]
    assert told == ["Too many tries in a row. Wait five minutes, then try again."]
