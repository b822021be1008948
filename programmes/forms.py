"""Input of the ground floor's verbs, and fields for names."""

import re
from datetime import timedelta

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wiego_review.common.forms import VerbForm

from .matching import MODELS
from .models.user import known_zone
from .parties import one_party

SEPARATORS = re.compile(r"\s*[;,\n]\s*")


class NamesField(forms.CharField):
    """Names in one line, parted by comma or semicolon: a list of parties.

    A name nobody knows is an error; the form may then offer to keep it as written.
    """

    def __init__(self, kinds=tuple(MODELS), **kwargs):
        self.kinds = kinds
        super().__init__(max_length=1000, **kwargs)

    def parties(self, viewer, value, keep_unknown=False) -> list:
        """The parties a line names. Raises ValidationError with all that was not understood."""
        found, problems = [], []
        for name in filter(None, SEPARATORS.split(value or "")):
            try:
                party = one_party(viewer, name, self.kinds)
            except ValidationError as problem:
                if keep_unknown:
                    party = name
                else:
                    problems.append(problem)
                    continue
            if party not in found:
                found.append(party)
        if problems:
            raise ValidationError(problems)
        return found


def name_line(parties) -> str:
    """The line a NamesField shows for these parties or texts."""
    return "; ".join(str(party) for party in parties)


class AccountForm(VerbForm):
    timezone = forms.CharField(
        label=gettext_lazy("Time zone"), max_length=60, validators=[known_zone]
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES)


class RenameForm(VerbForm):
    name = forms.CharField(label=gettext_lazy("Name, as they write it"), max_length=200)


class TokenForm(VerbForm):
    name = forms.CharField(label=gettext_lazy("What is it for?"), max_length=80)
    days = forms.TypedChoiceField(
        label=gettext_lazy("For how long?"),
        choices=[(30, gettext_lazy("30 days")), (365, gettext_lazy("a year"))],
        coerce=int,
    )

    def expiry(self) -> timedelta:
        return timedelta(days=self.cleaned_data["days"])


class BoardOpenForm(VerbForm):
    password = forms.CharField(
        label=gettext_lazy("Your password, once more"), widget=forms.PasswordInput, strip=False
    )

    def clean_password(self):
        if not self.viewer.user.check_password(self.cleaned_data["password"]):
            raise ValidationError(_("That is not your password. Try again."))
        return ""
