"""Signing in and out with the real form."""

from playwright.sync_api import expect

from .conftest import PHONE


def test_sign_in_and_out(browse, cast):
    cast.team_member.set_password("a long and quiet phrase")
    cast.team_member.save()
    page = browse(size=PHONE)

    page.goto("/follow-ups/")
    page.get_by_label("E-mail").fill("TEAM_member@example.org")
    page.get_by_label("Password", exact=True).fill("a long and quiet phrase")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(f"{page.url.split('/follow-ups')[0]}/follow-ups/")

    page.goto("/sign-in/out/")
    page.get_by_role("button", name="Sign out").click()
    page.goto("/")
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
