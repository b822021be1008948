"""What the tests of signing in share: passwords, codes and what stands in mails."""

import json
import re
import time
from hashlib import sha256

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.account.internal.userkit import user_id_to_str
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from cryptography.hazmat.primitives.asymmetric import ec
from django.core import mail
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

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


def made_passkey() -> dict:
    """What a browser says of a passkey it made; nobody holds the key of it."""
    key = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    held = AttestedCredentialData.create(Aaguid(b"\0" * 16), b"one", key)
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT
    data = AuthenticatorData.create(sha256(b"testserver").digest(), flags, 0, held)
    client = {"type": "webauthn.create", "origin": "https://testserver", "challenge": "b25l"}
    response = {
        "clientDataJSON": websafe_encode(json.dumps(client).encode()),
        "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
    }
    return {"id": "b25l", "rawId": "b25l", "type": "public-key", "response": response}


def with_passkey(user):
    """An account with a passkey."""
    data = {"name": "My phone", "credential": made_passkey()}
    Authenticator.objects.create(user=user, type="webauthn", data=data)
    return user


def recovery_codes(user) -> list[str]:
    return RecoveryCodes.activate(user).generate_codes()


def app_code(secret=SECRET, steps=0) -> str:
    """What the app shows now, or `steps` half minutes later."""
    letters = secret.replace(" ", "")  # as apps do
    return format_hotp_value(hotp_value(letters, int(time.time()) // 30 + steps))


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
