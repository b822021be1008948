"""Proving that it is oneself: a second step, or a code sent by mail to who has none."""

import time
from dataclasses import dataclass
from functools import wraps
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.base.forms import ReauthenticateForm
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import emails
from .passkeys import ProvingPasskeyForm
from .recovery import Recoverable

MAILED = "mailed_code"
# What whoever reads the mailbox can do, and who knows the password alone cannot.
BY_MAIL = {"code", "password_reset"}
WRONG_PASSWORD = gettext_lazy("That is not your password. Try again.")


class ProvingCodeForm(Recoverable, ReauthenticateForm):
    pass


@dataclass(frozen=True)
class Ways:
    """How an account can prove itself: `second` is whether it has a second step at all."""

    app: bool
    passkey: bool
    password: bool = False

    @property
    def second(self) -> bool:
        return self.app or self.passkey


def ways_of(user, password_is_enough=False) -> Ways:
    """A password is enough only for who has no second step, and where that is said."""
    held = set(Authenticator.objects.filter(user_id=user.pk).values_list("type", flat=True))
    second = held & {Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN}
    return Ways(
        app=Authenticator.Type.TOTP in held,
        passkey=Authenticator.Type.WEBAUTHN in held,
        password=password_is_enough and not second and user.has_usable_password(),
    )


def check_code(request, code, ways) -> None:
    """Raises ValidationError unless it is a code of the app, a recovery code or the mailed one."""
    if not ways.second:
        check_mailed(request, code)
        return
    form = ProvingCodeForm({"code": code}, user=request.user)
    if not form.is_valid():
        raise ValidationError(form.errors["code"].as_data())
    form.save()


def check_password(request, password) -> None:
    """Raises ValidationError unless it is the reader's."""
    if not request.user.check_password(password):
        raise ValidationError(WRONG_PASSWORD)
    record_authentication(request, request.user, method="password", reauthenticated=True)


def check_passkey(request, credential) -> None:
    """Raises ValidationError unless a passkey of the reader made this just now."""
    form = ProvingPasskeyForm({"credential": credential}, user=request.user)
    if not form.is_valid():
        raise ValidationError(form.errors["credential"].as_data())
    form.save()


def mail_code(request) -> bool:
    """Send a fresh code to the reader; only its digest is kept, in their session.

    False where the mail could not go just now.
    """
    code = get_adapter().generate_login_code()
    sent = emails.code(request.user, code).send()
    kept = {"digest": digest_of(request.user, code), "at": time.time(), "tries": 0}
    request.session[MAILED] = kept
    return bool(sent)


def is_mailed(request) -> bool:
    """Whether a mailed code still waits to be typed in."""
    kept = request.session.get(MAILED)
    return bool(kept) and time.time() - kept["at"] < settings.MAILED_CODE_SECONDS


def check_mailed(request, code) -> None:
    """The mailed code, so many tries and once."""
    kept = request.session.get(MAILED)
    if not is_mailed(request) or kept["tries"] >= settings.MAILED_CODE_TRIES:
        request.session.pop(MAILED, None)
        raise ValidationError(_("This code is too old. Let us send you a new one."))
    if not constant_time_compare(kept["digest"], digest_of(request.user, code)):
        request.session[MAILED] = {**kept, "tries": kept["tries"] + 1}
        raise ValidationError(_("That is not the code. Look into the mail and type it again."))
    del request.session[MAILED]
    record_authentication(request, request.user, method="code", reauthenticated=True)


def digest_of(user, code) -> str:
    told = f"{user.pk}:{normalize_user_code(code)}"
    return salted_hmac("programmes.proofs", told, algorithm="sha256").hexdigest()


def by_mail_alone(user) -> bool:
    """Whether a password is no proof: with it alone a first second step would open Board matter."""
    return "board" in user.roles and not user.has_second_step


def is_fresh(request) -> bool:
    """Whether the reader signed in or proved themselves in the last minutes."""
    records = get_authentication_records(request, request.user)
    if by_mail_alone(request.user):
        records = [each for each in records if each["method"] in BY_MAIL]
    age = time.time() - records[-1]["at"] if records else None
    return age is not None and 0 <= age < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def only_fresh(view):
    """Asks first for a proof where the last one is not fresh."""

    @wraps(view)
    def inner(request, *args, **kwargs):
        if is_fresh(request):
            return view(request, *args, **kwargs)
        return to_prove(request)

    return inner


def to_prove(request):
    """Where one proves oneself, and comes back here."""
    back = urlencode({"next": request.get_full_path()}, safe="/")
    return redirect(f"{reverse('account_reauthenticate')}?{back}")
