"""What the tests of signing in share: passwords, codes and what stands in mails."""

import re
import time

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.account.internal.userkit import user_id_to_str
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core import mail

PASSWORD = "seven-quiet-lamps"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def with_password(user):
    user.set_password(PASSWORD)
    user.save()
    return user


def with_app(user):
    """An account whose app was set up already."""
    TOTP.activate(user, SECRET)
    return user


def recovery_codes(user) -> list[str]:
    return RecoveryCodes.activate(user).generate_codes()


def app_code(secret=SECRET, steps=0) -> str:
    """What the app shows now, or `steps` half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def wrong_code() -> str:
    """A code that is none of those that pass now."""
    good = {app_code(steps=steps) for steps in (-2, -1, 0, 1, 2)}
    return next(code for code in ("000000", "111111", "222222") if code not in good)


def mailed_code() -> str:
    """The code in the latest mail."""
    (code,) = re.findall(r"^[\d-]{8,}$", mail.outbox[-1].body, re.M)
    return code


def sign_in(client, email, password=PASSWORD):
    return client.post("/sign-in/", {"login": email, "password": password})


def is_in(client) -> bool:
    return client.get("/api/v1/people/").status_code == 200


def steps_of(user) -> list[str]:
    return sorted(Authenticator.objects.filter(user=user).values_list("type", flat=True))


def make_fresh(client, user):
    """As if the reader had signed in with the password just now."""
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": time.time()}]
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = user_id_to_str(user)
    session.save()
    return client
