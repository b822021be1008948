"""Forms of passkeys: what a browser sends as one may be made up by anybody."""

from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

NOT_UNDERSTOOD = gettext_lazy("The passkey was not understood. Try again, or choose another way.")
TELLING = ("too_many_login_attempts",)  # what else allauth says that helps the reader


def understood(read):
    """What `read()` gives; whatever it raises on what was sent is said on the form.

    Blanket, for the library takes apart what was sent in many places, raising whatever comes of
    it: a missing key, a number that is no text, bytes that are no CBOR, too deep a nesting.
    """
    try:
        return read()
    except DatabaseError:
        raise
    except Exception as problem:
        if getattr(problem, "code", None) in TELLING:
            raise
        raise ValidationError({"credential": [NOT_UNDERSTOOD]}) from problem


class CredentialField(forms.JSONField):
    """What the browser's dialogue gave, in letters, digits and signs that need no escape."""

    widget = forms.HiddenInput
    default_error_messages = {"required": NOT_UNDERSTOOD, "invalid": NOT_UNDERSTOOD}

    def to_python(self, value):
        try:
            found = super().to_python(value)
            if found in self.empty_values or (isinstance(found, dict) and "\\" not in value):
                return found
            raise ValueError("no passkey")
        except (ValidationError, ValueError, RecursionError) as problem:
            raise ValidationError(NOT_UNDERSTOOD, code="invalid") from problem

    def bound_data(self, data, initial):
        """What was sent is used once and not shown again."""
        return None

    def prepare_value(self, value):
        return ""


class Shown:
    """A form of allauth's that uses a passkey."""

    def clean_credential(self):
        try:
            return understood(super().clean_credential)
        except ValidationError as problem:
            raise ValidationError(problem.messages) from problem


class SecondStepPasskeyForm(Shown, AuthenticateWebAuthnForm):
    credential = CredentialField()


class SignInPasskeyForm(Shown, LoginWebAuthnForm):
    credential = CredentialField()


class ProvingPasskeyForm(Shown, ReauthenticateWebAuthnForm):
    credential = CredentialField()


class PasskeyForm(AddWebAuthnForm):
    """A passkey is a second step and a way to sign in; which of them it is named tells later."""

    credential = CredentialField()
    passwordless = forms.BooleanField(widget=forms.HiddenInput, initial=True, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("A name for it")
        self.fields["name"].max_length = 80
        self.fields["name"].help_text = _("Such as: my phone. So that you know it among others.")

    def clean(self):
        return understood(super().clean)
