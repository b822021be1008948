"""A second step: set up, asked for, taken off; recovery codes; proving oneself."""

import html
import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client

from programmes import step_urls
from tests.signing_in import (
    PASSWORD,
    app_code,
    is_in,
    mailed_code,
    make_fresh,
    recovery_codes,
    sign_in,
    steps_of,
    with_app,
    with_password,
    wrong_code,
)
from tests.test_pages import check_page

HOME = "/account/second-step/"
NOT_NOW = "That is not a code that works now: look again, or take the next of your recovery codes."


pytestmark = pytest.mark.usefixtures("fresh_limits")


@pytest.fixture
def fresh(client_of):
    return lambda user: make_fresh(client_of(user), user)


def secret_on(page) -> str:
    (secret,) = re.findall(r'<code class="secret">((?:\w{4} ?){8})</code>', page.content.decode())
    return secret


def codes_on(page) -> list[str]:
    return re.findall(r"<code>(\d{4} \d{4})</code>", page.content.decode())


def set_up_app(client):
    """Set up an app as a person does; the page that comes then."""
    secret = secret_on(client.get(f"{HOME}app/"))
    return client.post(f"{HOME}app/", {"code": app_code(secret)}, follow=True)


def test_app_is_set_up_and_recovery_codes_are_shown_once(team_member, fresh):
    client = fresh(team_member)

    first = set_up_app(client)
    second = client.get(f"{HOME}codes/")

    assert steps_of(team_member) == ["recovery_codes", "totp"]
    assert (len(codes_on(first)), len(codes_on(second))) == (10, 0)
    assert "10 codes are left." in second.content.decode()


def test_app_is_not_set_up_with_a_wrong_code(team_member, fresh):
    client = fresh(team_member)
    client.get(f"{HOME}app/")

    answer = client.post(f"{HOME}app/", {"code": wrong_code()})

    assert answer.context["form"].errors == {
        "code": ["That is not the code. Look again and type the newest one."]
    }
    assert steps_of(team_member) == []


@pytest.mark.parametrize("how", ["app", "recovery"])
def test_sign_in_asks_for_the_second_step(team_member, how):
    with_app(with_password(team_member))
    code = recovery_codes(team_member)[0] if how == "recovery" else app_code()
    browser = Client()

    asked = sign_in(browser, team_member.email)
    before = is_in(browser)
    refused = browser.post(asked.url, {"code": wrong_code()})
    between = is_in(browser)
    browser.post(asked.url, {"code": code})

    assert (asked.url, refused.status_code) == ("/sign-in/second-step/", 200)
    assert (before, between, is_in(browser)) == (False, False, True)


@pytest.mark.parametrize("written", ["{0}{1}", "{0} {1}", "{0}-{1}"])
def test_recovery_code_works_once(team_member, written):
    with_app(with_password(team_member))
    code = recovery_codes(team_member)[0]
    browsers = [Client(), Client()]

    for browser in browsers:
        sign_in(browser, team_member.email)
        typed = {"code": written.format(code[:4], code[4:])}
        answer = browser.post("/sign-in/second-step/", typed)

    assert [is_in(browser) for browser in browsers] == [True, False]
    assert answer.context["form"].errors == {"code": [NOT_NOW]}


@pytest.mark.parametrize(
    ("left", "told"),
    [
        (9, "9 recovery codes are left."),
        (1, "1 recovery code is left."),
        (0, "That was your last recovery code. Make new ones: Your account, Second step."),
    ],
)
def test_recovery_code_used_tells_how_many_are_left(team_member, client_of, left, told):
    with_app(with_password(team_member))
    codes = recovery_codes(team_member)
    mask = (1 << (9 - left)) - 1
    Authenticator.objects.filter(type="recovery_codes").update(data=used(team_member, mask))
    browser, proving = Client(), client_of(team_member)

    asked = sign_in(browser, team_member.email)
    signed_in = browser.post(asked.url, {"code": codes[9 - left]}, follow=True)
    Authenticator.objects.filter(type="recovery_codes").update(data=used(team_member, mask))
    proved = proving.post("/account/prove/", {"code": codes[9 - left]}, follow=True)

    assert messages_of(signed_in) == messages_of(proved) == [told]


def used(user, mask):
    return {**user.authenticator_set.get(type="recovery_codes").data, "used_mask": mask}


def messages_of(page):
    return [str(each) for each in page.context["messages"]]


def test_wrong_code_tells_of_recovery_codes_to_who_has_them(team_member, client_of):
    client = client_of(with_app(team_member))

    without = client.post("/account/prove/", {"code": wrong_code()})
    recovery_codes(team_member)
    beside = client.post("/account/prove/", {"code": wrong_code()})

    told = [page.context["form"].errors["code"] for page in (without, beside)]
    assert told == [["That is not the code. Look again and type the newest one."], [NOT_NOW]]


def test_code_of_the_app_works_once(team_member):
    with_app(with_password(team_member))
    browsers = [Client(), Client()]

    for browser in browsers:
        sign_in(browser, team_member.email)
        browser.post("/sign-in/second-step/", {"code": app_code()})

    assert [is_in(browser) for browser in browsers] == [True, False]


def test_mailed_code_does_not_do_without_the_second_step(team_member):
    with_app(team_member)
    browser = Client()
    browser.post("/sign-in/code/", {"email": team_member.email})

    asked = browser.post("/sign-in/code/enter/", {"code": mailed_code()})

    assert (asked.url, is_in(browser)) == ("/sign-in/second-step/", False)


def test_second_step_is_not_to_be_guessed(team_member):
    with_app(with_password(team_member))
    browser = Client()
    sign_in(browser, team_member.email)

    for _try in range(11):
        browser.post("/sign-in/second-step/", {"code": wrong_code()})
    answer = browser.post("/sign-in/second-step/", {"code": app_code()})

    told = answer.context["form"].errors["code"]
    assert told == ["Too many tries in a row. Wait five minutes, then try again."]
    assert not is_in(browser)


def test_app_is_taken_off_with_its_codes(team_member, fresh):
    with_app(team_member)
    recovery_codes(team_member)

    fresh(team_member).post(f"{HOME}app/off/")

    assert steps_of(team_member) == []
    assert [each.subject for each in mail.outbox] == ["How you sign in to WIEGO Review"]
    assert "The app that shows codes is no longer your second step." in mail.outbox[0].body


def test_new_recovery_codes_void_the_old(team_member, fresh):
    with_app(with_password(team_member))
    old = recovery_codes(team_member)[0]

    page = fresh(team_member).post(f"{HOME}codes/new/", follow=True)

    assert (len(codes_on(page)), old in "".join(codes_on(page)).replace(" ", "")) == (10, False)


def test_passkey_of_somebody_else_is_missing(team_member, other_team_member, fresh):
    theirs = Authenticator.objects.create(user=other_team_member, type="webauthn", data={})

    answer = fresh(team_member).post(f"{HOME}passkeys/{theirs.pk}/off/")

    assert answer.status_code == 404
    assert steps_of(other_team_member) == ["webauthn"]


LOOKS = ("second-step/", "second-step/passkeys/")
CHANGES = [
    str(each.pattern).removeprefix("second-step/").replace("<int:pk>", "1")
    for each in step_urls.urlpatterns
    if each.name.startswith("mfa_") and str(each.pattern) not in LOOKS
]


@pytest.mark.parametrize("page", CHANGES)
def test_changing_how_one_signs_in_asks_for_a_proof_first(page, team_member, client_of):
    with_app(team_member)
    recovery_codes(team_member)
    client = client_of(team_member)

    asked = [client.get(f"{HOME}{page}"), client.post(f"{HOME}{page}")]

    assert [each.status_code for each in asked] == [302, 302]
    assert [each.url.partition("?")[0] for each in asked] == ["/account/prove/"] * 2
    assert steps_of(team_member) == ["recovery_codes", "totp"]


def test_proof_by_password_where_there_is_no_second_step(team_member, client_of):
    client = client_of(with_password(team_member))
    asked = client.get(f"{HOME}app/")

    refused = client.post(asked.url, {"password": "a guess"})
    passed = client.post(asked.url, {"password": PASSWORD})

    told = {"password": ["That is not your password. Try again."]}
    assert refused.context["form"].errors == told
    assert passed.url == f"{HOME}app/"
    assert client.get(passed.url).status_code == 200


def test_proof_by_password_is_not_enough_beside_a_second_step(team_member, client_of):
    client = client_of(with_app(with_password(team_member)))
    asked = client.get(f"{HOME}app/off/")

    refused = client.post(asked.url, {"password": PASSWORD})
    passed = client.post(asked.url, {"code": app_code()})

    assert (refused.status_code, passed.status_code) == (200, 302)


def test_proof_by_mail_where_there_is_no_password(team_member, client_of):
    client = client_of(team_member)
    asked = client.get(f"{HOME}app/")

    sent = client.post(asked.url, {"mail": "yes"})
    passed = client.post(asked.url, {"code": mailed_code()})

    assert (sent.status_code, passed.status_code) == (200, 302)
    assert mail.outbox[0].to == [team_member.email]


def test_pages_of_the_second_step_keep_the_rules(team_member, fresh):
    client = fresh(with_password(team_member))
    pages = ["", "app/", "passkeys/add/"]
    found = [check_page(client.get(f"{HOME}{page}")) for page in pages]
    found.append(check_page(client.get("/account/prove/")))
    found.append(check_page(client.get("/account/signed-in/")))
    with_app(team_member)
    recovery_codes(team_member)
    found += [check_page(client.get(f"{HOME}{page}")) for page in ("", "app/off/", "codes/")]
    found += [check_page(client.get(f"{HOME}{page}")) for page in ("codes/", "codes/new/")]
    found.append(check_page(client.get("/account/prove/")))
    browser = Client()
    found.append(check_page(browser.get("/sign-in/code/")))
    sent = browser.post("/sign-in/code/", {"email": "nobody@example.org"}, follow=True)
    found.append(check_page(sent))
    other = Client()
    found.append(
        check_page(sign_in(other, team_member.email) and other.get("/sign-in/second-step/"))
    )

    assert [page.unlabelled for page in found] == [[]] * len(found)


@pytest.mark.parametrize("page", ["", "app/", "passkeys/add/"])
def test_pages_of_the_second_step_say_no_word_of_the_code(page, team_member, fresh):
    text = html.unescape(fresh(team_member).get(f"{HOME}{page}").content.decode())
    shown = re.sub(r"<[^>]*>", " ", text)

    assert [word for word in ("TOTP", "WebAuthn", "token", "version") if word in shown] == []


def test_code_of_the_app_works_once_though_time_goes_by(team_member, time_machine):
    with_app(with_password(team_member))
    came_in, code = [], None
    for seconds in (0, 10, 37, 72):
        time_machine.move_to(1_790_000_000 + seconds, tick=False)
        code, client = code or app_code(), Client()
        sign_in(client, team_member.email)
        client.post("/sign-in/second-step/", {"code": code})
        came_in.append(is_in(client))

    assert came_in == [True, False, False, False]


def test_second_step_of_somebody_else_is_not_on_ones_page(team_member, other_team_member, fresh):
    with_app(other_team_member)
    recovery_codes(other_team_member)

    page = fresh(team_member).get(HOME).content.decode()

    assert [word in page for word in ("Set up an app", "It is set up", "codes are left")] == [
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(("who", "told"), [("coordinator", True), ("team_member", False)])
def test_who_must_have_a_second_step_is_told_so(who, told, cast, client_of, settings):
    settings.SECOND_STEP_REQUIRED = ["coordinator"]

    page = client_of(getattr(cast, who)).get(HOME).content.decode()

    assert ("whoever does what you do here needs a second step" in page) == told
