"""Forms of the second step and of codes sent by mail: allauth's, in our words."""

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wiego_review.common.forms import VerbForm

from . import proofs
from .forms import EMAIL, PASSWORD, InOurWords
from .recovery import Recoverable

ONE_TIME = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
FROM_MAIL = gettext_lazy("The code from the mail")
FROM_APP = gettext_lazy("The code your app shows")
RECOVERY = gettext_lazy("A recovery code")
EITHER = gettext_lazy("The code your app shows, or a recovery code")

WAYS = ("code", "password", "credential")


class CodeInOurWords(InOurWords):
    """A form of allauth's with a code in it, typed on a phone as well."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update(ONE_TIME)


class SecondStepForm(CodeInOurWords, Recoverable, AuthenticateForm):
    words = {"code": EITHER}


class AppForm(CodeInOurWords, ActivateTOTPForm):
    words = {"code": FROM_APP}


class MailedCodeForm(CodeInOurWords, ConfirmLoginCodeForm):
    words = {"code": FROM_MAIL}


class MailMeForm(InOurWords, RequestLoginCodeForm):
    """Whoever may not sign in gets no mail, and is told the same."""

    words = {"email": EMAIL}

    def clean_email(self):
        email = super().clean_email()
        if self._user and not self._user.may_sign_in:
            self._user = None
        return email


class ProofForm(VerbForm):
    """That it is oneself: by a code or a passkey, or by the password where that is enough."""

    code = forms.CharField(required=False, widget=forms.TextInput(attrs=ONE_TIME), max_length=40)
    password = forms.CharField(
        label=PASSWORD, required=False, strip=False, widget=forms.PasswordInput
    )
    credential = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, request, ways, **kwargs):
        self.request, self.ways = request, ways
        super().__init__(*args, **kwargs)
        told = EITHER if ways.app else RECOVERY
        self.fields["code"].label = told if ways.second else FROM_MAIL
        if not ways.second and not proofs.is_mailed(request):
            del self.fields["code"]
        if not ways.password:
            del self.fields["password"]
        if not ways.passkey:
            del self.fields["credential"]

    def clean_credential(self):
        if credential := self.cleaned_data["credential"]:
            proofs.check_passkey(self.request, credential)
        return credential

    def clean_password(self):
        if password := self.cleaned_data["password"]:
            proofs.check_password(self.request, password)
        return bool(password)

    def clean_code(self):
        if code := self.cleaned_data["code"]:
            proofs.check_code(self.request, code, self.ways)
        return code

    def clean(self):
        """Any one of them is enough."""
        cleaned = super().clean()
        if not self.errors and not any(cleaned.get(name) for name in WAYS):
            asked = next((name for name in WAYS if name in self.fields), None)
            too_old = _("No code waits to be typed in any more. Let us send you a new one.")
            self.add_error(asked, _("Fill this in.") if asked else too_old)
        return cleaned
