"""So many writes a minute for one account, on pages and REST; wrong tokens by address."""

import pytest
from django.core.cache import cache
from django.test import Client

from actions.models import FollowUp
from tests.rest import codes, posted, url
from tests.signing_in import sign_in

NEW = {"title": "A memo", "when": "none"}


@pytest.fixture(autouse=True)
def few_writes(settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {
        "write": "3/m/user",
        "token_failed": "3/m/ip",
        "login_failed": "3/m/ip,10/5m/key",
    }
    cache.clear()
    yield
    cache.clear()


def test_rest_says_when_somebody_writes_too_much(team_member, api_of):
    api = api_of(team_member)

    answers = [posted(api, url("follow-ups"), {"title": f"Memo {n}"}) for n in range(4)]

    assert [each.status_code for each in answers] == [201, 201, 201, 429]
    assert codes(answers[-1]) == (429, "throttled")
    assert answers[-1].json()["detail"] == (
        "That was too much in one minute; nothing was saved. Try again in 60 seconds."
    )
    assert answers[-1]["Retry-After"] == "61"


def test_page_says_when_somebody_writes_too_much(team_member, client_of):
    client = client_of(team_member)
    before = FollowUp.objects.count()

    answers = [
        client.post("/follow-ups/new/", {**NEW, "key": f"key {number}"}) for number in range(4)
    ]

    assert [each.status_code for each in answers] == [302, 302, 302, 429]
    assert answers[-1]["Retry-After"] == "60"
    assert FollowUp.objects.count() == before + 3


def test_limit_of_writes_is_one_for_pages_and_rest(team_member, client_of, api_of):
    page, api = client_of(team_member), api_of(team_member)
    for number in range(3):
        page.post("/follow-ups/new/", {**NEW, "key": f"key {number}"})

    assert posted(api, url("follow-ups"), {"title": "Memo"}).status_code == 429


def test_limit_of_writes_is_each_ones_own(team_member, other_team_member, api_of):
    for _number in range(4):
        posted(api_of(team_member), url("follow-ups"), {"title": "Memo"})

    answer = posted(api_of(other_team_member), url("follow-ups"), {"title": "Memo"})

    assert answer.status_code == 201


def test_reading_is_not_limited(team_member, client_of):
    client = client_of(team_member)

    assert {client.get("/account/").status_code for _number in range(6)} == {200}


def wrong_token(**headers):
    return Client().get(url("people"), headers={"Authorization": "Token nonsense", **headers})


def test_wrong_tokens_are_limited_by_address(db):
    answers = [wrong_token() for _number in range(4)]

    assert [each.status_code for each in answers] == [401, 401, 401, 429]
    assert codes(answers[-1]) == (429, "throttled")


@pytest.mark.parametrize("proxies", [0, 1])
def test_forged_header_opens_no_new_count(proxies, db, settings):
    """Without a proxy the header says nothing; with one, its own entry is the last."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    told = "203.0.113.9" if proxies else "10.0.0.9"
    forged = [{"X-Forwarded-For": f"10.0.0.{number}, {told}"} for number in range(4)]
    if not proxies:
        forged = [{"X-Forwarded-For": f"10.0.0.{number}"} for number in range(4)]

    assert [wrong_token(**each).status_code for each in forged] == [401, 401, 401, 429]


def test_forged_header_does_not_reset_the_count_of_wrong_passwords(db):
    answers = [
        sign_in(Client(headers={"X-Forwarded-For": f"10.0.0.{n}"}), f"{n}@example.org", "wrong")
        for n in range(4)
    ]

    told = [str(each.context["form"].errors["__all__"][0]) for each in answers]
    assert told[3] == "Too many tries in a row. Wait five minutes, then try again."
    assert len(set(told[:3])) == 1
    assert told[3] != told[0]


def test_forged_port_does_not_reset_the_count_of_one_account(team_member, settings):
    settings.ACCOUNT_RATE_LIMITS |= {"login_failed": "100/m/ip,3/5m/key"}
    answers = [
        sign_in(Client(headers={"Host": f"testserver:{n}"}), team_member.email, "wrong")
        for n in range(8001, 8005)
    ]

    told = str(answers[-1].context["form"].errors["__all__"][0])
    assert told == "Too many tries in a row. Wait five minutes, then try again."
