"""What is mailed of passwords, and where its links lead."""

import re

import pytest
from django.core import mail

from tests.signing_in import PASSWORD, sign_in, with_password

NEW = "eleven-green-boats"


pytestmark = pytest.mark.usefixtures("fresh_limits")


def test_mailed_link_has_the_address_of_this_installation(team_member, client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    settings.SITE_URL = "https://review.example.org"
    with_password(team_member)

    client.post("/sign-in/password/", {"email": team_member.email}, headers={"Host": "evil:9"})

    (link,) = re.findall(r"\S+/sign-in/password/\S+", mail.outbox[-1].body)
    assert link.startswith("https://review.example.org/sign-in/password/")
    assert client.get(link.removeprefix("https://review.example.org")).status_code == 302


def test_new_password_is_told_by_mail(team_member, client):
    sign_in(client, with_password(team_member).email)

    sent = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    client.post("/sign-in/password/change/", sent)

    assert [each.subject for each in mail.outbox] == ["How you sign in to WIEGO Review"]
    assert "The password of your account was changed." in mail.outbox[0].body
