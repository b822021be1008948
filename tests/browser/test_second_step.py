"""Passkeys, an app and recovery codes, clicked; the passkey is kept by the browser itself."""

import re

import pytest
from playwright.sync_api import expect

from tests.signing_in import PASSWORD, app_code, mailed_code, steps_of, with_passkey, with_password

from .conftest import PHONE


@pytest.fixture
def with_passkeys():
    """`with_passkeys(page)`: a device that says yes whenever it is asked for a passkey."""

    def make(page):
        device = page.context.new_cdp_session(page)
        device.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        return page

    return make


def sign_in(page, user):
    page.goto("/sign-in/")
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page):
    page.goto("/sign-in/out/")
    page.get_by_role("button", name="Sign out").click()


def add_passkey(page, name):
    page.goto("/account/")
    page.get_by_role("link", name="Second step").click()
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("A name for it").fill(name)
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")


def prove_by_mail(page):
    """A password alone does not set up a Board member's first second step."""
    page.goto("/account/second-step/passkeys/add/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Is it you?")
    page.get_by_role("button", name="Send me a code by mail").click()
    page.get_by_label("The code from the mail").fill(mailed_code())
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Add a passkey")


def test_passkey_signs_in_and_opens_what_is_board_only(browse, cast, with_passkeys):
    page = with_passkeys(browse(size=PHONE))
    sign_in(page, with_password(cast.board_member))
    prove_by_mail(page)
    add_passkey(page, "My phone")
    sign_out(page)

    page.goto("/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Home")
    page.goto("/board/open/?next=/decisions/")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page).to_have_url(re.compile("/decisions/$"))

    page.get_by_text("Lin Lim").first.click()
    expect(page.get_by_role("button", name="Close what is Board only")).to_be_visible()


def test_passkey_is_the_second_step_after_the_password(browse, cast, with_passkeys):
    page = with_passkeys(browse(size=PHONE))
    sign_in(page, with_password(cast.team_member))
    add_passkey(page, "My phone")
    sign_out(page)

    sign_in(page, cast.team_member)
    expect(page.get_by_role("heading", level=1)).to_have_text("The second step")
    page.get_by_role("button", name="Use a passkey instead").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Home")

    page.goto("/account/second-step/")
    page.get_by_role("link", name="Take off My phone").click()
    page.get_by_role("button", name="Take it off").click()
    expect(page.get_by_text("The passkey is taken off.")).to_be_visible()
    assert steps_of(cast.team_member) == []


def test_app_is_set_up_and_a_recovery_code_signs_in(browse, cast):
    page = browse(size=PHONE)
    sign_in(page, with_password(cast.coordinator))
    page.goto("/account/second-step/app/")
    secret = page.locator("code.secret").inner_text()
    expect(page.locator("img.qr")).to_be_visible()
    page.get_by_label("The code your app shows").fill(app_code(secret))
    page.get_by_role("button", name="Set it up").click()
    code = page.locator(".codes code").first.inner_text()
    expect(page.get_by_role("button", name="Print")).to_be_visible()
    sign_out(page)

    sign_in(page, cast.coordinator)
    page.get_by_label("The code your app shows, or a recovery code").fill(code)
    page.get_by_role("button", name="Sign in", exact=True).click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Home")


def test_code_sent_by_mail_signs_in(browse, cast):
    page = browse(size=PHONE)
    page.goto("/follow-ups/")
    page.get_by_role("link", name="Send me a code by mail").click()
    page.get_by_label("E-mail").fill(cast.team_member.email)
    page.get_by_role("button", name="Send me the code").click()
    page.get_by_label("The code from the mail").fill(mailed_code())
    page.get_by_role("button", name="Sign in", exact=True).click()

    expect(page).to_have_url(re.compile("/follow-ups/$"))


@pytest.mark.parametrize(
    ("address", "buttons"),
    [
        ("/account/second-step/passkeys/add/", []),
        ("/account/prove/", ["Go on"]),
        ("/board/open/", ["Open"]),
    ],
)
def test_passkey_without_javascript_leaves_the_way_out(browse, cast, address, buttons):
    page = browse(with_passkey(cast.board_member), javascript=False)

    page.goto(address)

    shown = page.locator("main").get_by_role("button").all_inner_texts()
    assert (shown, page.get_by_role("link", name="Back").count()) == (buttons, 1)


def test_refused_passkey_says_what_to_do(browse, real_data):
    page = browse(size=PHONE)
    page.add_init_script(
        "navigator.credentials.get = () => Promise.reject(new Error('on purpose'))"
    )
    page.goto("/sign-in/")

    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page.get_by_role("alert")).to_have_text(
        "The passkey was not used. Try again, or choose another way."
    )
