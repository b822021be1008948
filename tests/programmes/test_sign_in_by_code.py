"""Signing in by a mailed code, and where one is signed in."""

import time

import pytest
from django.core import mail
from django.test import Client

from programmes.models import User
from programmes.sessions import device_words
from tests.factories import UserFactory
from tests.signing_in import is_in, mailed_code, sign_in, with_password
from tests.test_pages import check_page

PHONE = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/126.0.0.0 Mobile Safari/537.36"
)
DESK = "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0"
SESSIONS = "/account/signed-in/"


pytestmark = pytest.mark.usefixtures("fresh_limits")


def asked_for_code(email):
    browser = Client()
    browser.post("/sign-in/code/", {"email": email})
    return browser


def test_mailed_code_signs_in_for_ninety_days(team_member):
    browser = asked_for_code(team_member.email.upper())

    answer = browser.post("/sign-in/code/enter/", {"code": mailed_code()})

    assert (answer.status_code, is_in(browser)) == (302, True)
    assert answer.cookies["sessionid"]["max-age"] == 90 * 24 * 60 * 60
    assert mail.outbox[0].subject == "Your code for WIEGO Review"


def test_mailed_code_leads_on_to_where_one_wanted_to_go(team_member):
    browser = Client()
    browser.post("/sign-in/code/?next=/people/", {"email": team_member.email})

    answer = browser.post("/sign-in/code/enter/", {"code": mailed_code(), "next": "/people/"})

    assert answer.url == "/people/"


def test_mailed_code_works_in_the_browser_that_asked_only(team_member):
    asked_for_code(team_member.email)
    other = Client()

    other.post("/sign-in/code/enter/", {"code": mailed_code()})

    assert not is_in(other)


def test_mailed_code_is_not_to_be_guessed(team_member):
    browser = asked_for_code(team_member.email)
    for _try in range(5):
        browser.post("/sign-in/code/enter/", {"code": "0000-0000"})

    browser.post("/sign-in/code/enter/", {"code": mailed_code()})

    assert not is_in(browser)


@pytest.mark.parametrize("who", ["nobody", "gone", "stray"])
def test_who_may_not_sign_in_gets_no_code_and_is_told_the_same(who, team_member, settings):
    settings.DEMO = False
    UserFactory(email="gone@example.org", is_active=False)
    UserFactory(email="stray@demo.invalid")
    address = "stray@demo.invalid" if who == "stray" else f"{who}@example.org"

    told = [
        asked_for_code(each).get("/sign-in/code/enter/") for each in (address, team_member.email)
    ]

    texts = [
        each.content.decode().replace(address, "").replace(team_member.email, "") for each in told
    ]
    assert [each.to for each in mail.outbox] == [[team_member.email]]
    assert [each.status_code for each in told] == [200, 200]
    assert len({len(text) for text in texts}) == 1


def test_mails_with_codes_are_limited_for_one_address(team_member):
    for _try in range(7):
        asked_for_code(team_member.email)

    assert len(mail.outbox) == 5


def signed_in_from(user, agent):
    browser = Client(headers={"User-Agent": agent})
    sign_in(browser, user.email)
    return browser


def test_sessions_are_listed_in_words(team_member):
    with_password(team_member)
    phone = signed_in_from(team_member, PHONE)
    signed_in_from(team_member, DESK)

    page = phone.get(SESSIONS)

    check_page(page)
    assert page.context["here"].device == "Chrome on Android"
    assert [each.device for each in page.context["elsewhere"]] == ["Firefox on Linux"]


def test_session_of_another_account_is_neither_listed_nor_ended(team_member, coordinator):
    mine = signed_in_from(with_password(team_member), PHONE)
    theirs = signed_in_from(with_password(coordinator), DESK)
    key = theirs.get(SESSIONS).context["here"].key

    answer = mine.post(f"{SESSIONS}{key}/end/")

    assert mine.get(SESSIONS).context["elsewhere"] == []
    assert (answer.status_code, is_in(theirs)) == (404, True)


def test_session_ended_there_is_out_at_the_next_request(team_member):
    with_password(team_member)
    phone, desk, third = (signed_in_from(team_member, agent) for agent in (PHONE, DESK, DESK))
    key = desk.get(SESSIONS).context["here"].key

    answer = phone.post(f"{SESSIONS}{key}/end/")

    assert answer.url == SESSIONS
    assert [is_in(each) for each in (phone, desk, third)] == [True, False, True]


def test_all_other_sessions_end_at_once(team_member):
    with_password(team_member)
    phone, desk, third = (signed_in_from(team_member, agent) for agent in (PHONE, DESK, DESK))

    phone.post(f"{SESSIONS}all/end/")

    assert [is_in(each) for each in (phone, desk, third)] == [True, False, False]


def test_session_tells_when_it_was_last_used_and_lasts_from_then(team_member):
    browser = signed_in_from(with_password(team_member), PHONE)
    session = browser.session
    session["seen_at"] = time.time() - 3600
    session.save()
    before = browser.session["seen_at"]

    answer = browser.get("/")

    assert browser.session["seen_at"] - before > 3500
    assert answer.cookies["sessionid"]["max-age"] == 90 * 24 * 60 * 60
    assert "sessionid" not in browser.get("/").cookies


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (PHONE, "Chrome on Android"),
        (DESK, "Firefox on Linux"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 "
            "(KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
            "Safari on iPhone",
        ),
        ("curl/8.0", ""),
        ("", ""),
    ],
)
def test_device_is_named_as_people_do(agent, words):
    assert device_words(agent) == words


@pytest.mark.parametrize("change", [{"email": "stray@demo.invalid"}, {"is_active": False}])
def test_who_may_not_sign_in_any_more_is_told_so_though_the_code_is_right(
    change, team_member, settings
):
    settings.DEMO = False
    browser = asked_for_code(team_member.email)
    User.objects.filter(pk=team_member.pk).update(**change)

    answer = browser.post("/sign-in/code/enter/", {"code": mailed_code()})

    assert (answer.url, is_in(browser)) == ("/sign-in/inactive/", False)
