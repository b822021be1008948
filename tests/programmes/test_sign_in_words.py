"""What signing in and passwords say, in our words."""

import re

import pytest
from django.core import mail
from django.test import Client
from rest_framework.test import APIClient

from tests.signing_in import PASSWORD, mailed_code, make_fresh, sign_in, with_password

EMPTY = ["Fill this in."]
NEW = "nine-loud-kettles"


pytestmark = pytest.mark.usefixtures("fresh_limits")


def messages_of(page):
    return [str(each) for each in page.context["messages"]]


def test_wrong_password_tells_of_the_other_way(team_member):
    answer = sign_in(Client(), team_member.email, "a guess")

    told = "E-mail and password do not fit together. Try again, or let us mail you a code."
    assert answer.context["form"].errors == {"__all__": [told]}


def test_mailed_code_signs_in_without_more_words(team_member):
    browser = Client()
    browser.post("/sign-in/code/", {"email": team_member.email})

    page = browser.post("/sign-in/code/enter/", {"code": mailed_code()}, follow=True)

    assert messages_of(page) == []


def test_password_changed_is_told(team_member, client_of):
    client = make_fresh(client_of(with_password(team_member)), team_member)
    sent = {"password1": NEW, "password2": NEW}
    address = "/sign-in/password/change/"

    refused = client.post(address, {"oldpassword": "a guess", **sent})
    changed = client.post(address, {"oldpassword": PASSWORD, **sent}, follow=True)

    told = {"oldpassword": ["That is not your password. Try again."]}
    assert refused.context["form"].errors == told
    assert messages_of(changed) == ["The password is changed."]


def test_first_password_is_told(team_member, client_of):
    team_member.set_unusable_password()
    team_member.save()
    client = make_fresh(client_of(team_member), team_member)

    page = client.post(
        "/sign-in/password/first/", {"password1": NEW, "password2": NEW}, follow=True
    )

    assert messages_of(page) == ["The password is set."]


def test_way_to_a_forgotten_password_is_offered_in_our_words(team_member, client_of):
    client = make_fresh(client_of(with_password(team_member)), team_member)

    page = client.get("/sign-in/password/change/").content.decode()

    assert re.findall(r'<a href="/sign-in/password/">([^<]*)</a>', page) == [
        "Forgotten your password?"
    ]


def link_in_mail(user):
    Client().post("/sign-in/password/", {"email": user.email})
    (link,) = re.findall(r"https?://[^/]+(/sign-in/\S+)", mail.outbox[-1].body)
    return link


@pytest.mark.parametrize(
    ("address", "empty"),
    [
        ("/sign-in/", ["login", "password"]),
        ("/sign-in/code/", ["email"]),
        ("/sign-in/password/", ["email"]),
    ],
)
def test_empty_fields_on_the_way_in_are_to_be_filled_in(db, address, empty):
    answer = Client().post(address, {})

    assert answer.context["form"].errors == dict.fromkeys(empty, EMPTY)


def test_empty_fields_of_passwords_are_to_be_filled_in(team_member, client_of):
    client = make_fresh(client_of(with_password(team_member)), team_member)
    changed = client.post("/sign-in/password/change/", {})
    client = make_fresh(client_of(team_member), team_member)
    app = client.post("/account/second-step/app/", {})
    browser = Client()
    page = browser.get(link_in_mail(team_member), follow=True)
    mailed = browser.post(page.redirect_chain[-1][0], {})

    told = [each.context["form"].errors for each in (changed, app, mailed)]
    assert told == [
        dict.fromkeys(("oldpassword", "password1", "password2"), EMPTY),
        {"code": EMPTY},
        dict.fromkeys(("password1", "password2"), EMPTY),
    ]


@pytest.mark.parametrize("secret", [b"f" * 64, b"\xff\xfe"])
def test_access_that_does_not_work_says_where_to_make_one(db, secret):
    answer = APIClient().get("/api/v1/people/", HTTP_AUTHORIZATION=b"Token " + secret)

    assert answer.status_code == 401
    assert answer.json()["detail"] == (
        "This access does not work any more. Make a new one in your account."
    )
