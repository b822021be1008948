"""Input of the ground floor's verbs, and fields for names."""

import re
from datetime import timedelta

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
)
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wiego_review.common.errors import Refused
from wiego_review.common.forms import LookedAtForm, VerbForm, say_what_to_do

from .matching import MODELS, Suggestions, find_parties, known_spellings
from .merging import refuse_merge
from .models import Alias, MailKind
from .models.user import known_zone
from .parties import check_number, names_apart, one_party

HARD = re.compile(r"\s*[;\n]\s*")
SOFT = re.compile(r"\s*,\s*")


class NamesField(forms.CharField):
    """Names in one line, parted by comma or semicolon: a list of parties.

    A name nobody knows is an error; the form may then offer to keep it as written. A comma
    within a known spelling ("Lucia, Fernandez") parts nothing.
    """

    def __init__(self, kinds=tuple(MODELS), whole=False, **kwargs):
        self.kinds, self.whole = kinds, whole
        super().__init__(max_length=1000, **kwargs)

    def widget_attrs(self, widget):
        """The names the page carries are offered where people are asked for."""
        offered = {"list": "names", "data-several": ""} if "person" in self.kinds else {}
        return super().widget_attrs(widget) | {"autocomplete": "off"} | offered

    def parties(self, viewer, value, keep_unknown=False, standing=None) -> list:
        """The parties a line names. Raises ValidationError with all that was not understood.

        `standing` are names that mean what they meant before: `{name: party or text}`.
        """
        standing = standing or {}
        found, problems, suggestions = [], [], Suggestions(viewer)
        names = self.names(viewer, value or "", standing)
        check_number([name for name in names if name not in standing])
        for name in names:
            try:
                party = standing.get(name)
                party = party or one_party(viewer, name, self.kinds, suggestions, self.whole)
            except ValidationError as problem:
                if not keep_unknown:
                    problems.append(problem)
                    continue
                party = name
            if party not in found:
                found.append(party)
        if problems:
            raise ValidationError(problems)
        return found

    def names(self, viewer, line, standing) -> list[str]:
        """The names in a line: at each comma the longest spelling somebody is known by."""
        lists = [runs(part) for part in HARD.split(line)]
        whole = {text for each in lists for starts in each for text in starts[1:]}
        known = {*standing, *(known_spellings(viewer, whole, self.kinds) if whole else ())}
        return [name for each in lists for name in longest(each, known)]


def runs(part: str) -> list[list[str]]:
    """For each piece between commas: it alone, with the next, and so on up to four."""
    pieces = [piece for piece in SOFT.split(part) if piece.strip()]
    return [
        [", ".join(pieces[start:end]) for end in range(start + 1, min(start + 4, len(pieces)) + 1)]
        for start in range(len(pieces))
    ]


def longest(starts, known):
    """The names of one list of `runs`, the longest known one taken at each place."""
    place = 0
    while place < len(starts):
        lengths = [n for n, text in enumerate(starts[place], start=1) if text in known]
        taken = max(lengths, default=1)
        yield starts[place][taken - 1].strip()
        place += taken


def name_line(parties) -> str:
    """The line a NamesField shows for these parties or texts."""
    return "; ".join(str(party) for party in parties)


class AccountForm(VerbForm):
    timezone = forms.CharField(
        label=gettext_lazy("Time zone"),
        max_length=60,
        validators=[known_zone],
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off"}),
        help_text=gettext_lazy("Begin with the continent: Africa/Accra, America/Lima."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        choices=settings.LANGUAGES,
        help_text=gettext_lazy("The pages are in English so far; dates follow your choice."),
    )


class MailsForm(VerbForm):
    """Which mails come by themselves."""

    mails_monday = forms.BooleanField(label=MailKind.MONDAY.label, required=False)
    mails_news = forms.BooleanField(label=MailKind.NEWS.label, required=False)


class RenameForm(VerbForm):
    name = forms.CharField(label=gettext_lazy("Name, as they write it"), max_length=200)


class SureForm(LookedAtForm):
    """What `one` is as well."""

    def __init__(self, *args, one, **kwargs):
        self.one = one
        super().__init__(*args, **kwargs)

    def clean(self):
        """What would be refused at the end is refused before anything is looked at."""
        cleaned = super().clean()
        if into := cleaned.get("into"):
            try:
                refuse_merge(None, self.one, into)
            except Refused as refused:
                self.add_error("into", str(refused))
        return cleaned

    def previewed(self):
        return named(self.cleaned_data["into"])


def named(record) -> str:
    return getattr(record, "slug", "") or record.ref


class MergeForm(SureForm):
    into = forms.CharField(
        label=gettext_lazy("The same as"),
        max_length=200,
        help_text=gettext_lazy("Any spelling. The one you name here stays."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_into(self):
        return one_party(self.viewer, self.cleaned_data["into"], (self.one.kind_of_party,))


class NameForm(VerbForm):
    """Who somebody told of in words is (the field `asked`); those who bear such a name are
    offered. It takes whole names: once saved, the words stand for whoever was meant."""

    asked, kinds = "", tuple(MODELS)

    def __init__(self, *args, text, **kwargs):
        super().__init__(*args, **kwargs)
        near = find_parties(self.viewer, text, self.kinds)
        near = near or Suggestions(self.viewer).near(text, self.kinds)
        if near:
            told = _("Known by such a name: %(names)s.") % {"names": ", ".join(names_apart(near))}
            self.fields[self.asked].help_text = told
        if len(near) == 1:
            self.initial[self.asked] = near[0].name


class WhoForm(NameForm):
    asked = "party"
    party = forms.CharField(
        label=gettext_lazy("Who is it?"),
        max_length=200,
        help_text=gettext_lazy("Any spelling of a person or group that is known here."),
        widget=forms.TextInput(attrs={"list": "names", "autocomplete": "off"}),
    )

    def clean_party(self):
        return one_party(self.viewer, self.cleaned_data["party"], whole=True)


class SaidForm(NameForm):
    asked, kinds = "people", ("person",)
    people = NamesField(
        kinds=("person",),
        whole=True,
        label=gettext_lazy("Who said it?"),
        help_text=gettext_lazy(
            "Any spelling of people who are known here; commas between several."
        ),
    )

    def clean_people(self):
        return self.fields["people"].parties(self.viewer, self.cleaned_data["people"])


class SplitForm(VerbForm):
    alias = forms.ModelChoiceField(
        Alias.objects.none(),
        label=gettext_lazy("Which spelling?"),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    to = forms.CharField(
        label=gettext_lazy("Whose is it?"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Empty: somebody who is not known here yet."),
    )

    def __init__(self, *args, one, aliases, **kwargs):
        self.one = one
        super().__init__(*args, **kwargs)
        self.fields["alias"].queryset = aliases

    def clean_to(self):
        """Of several who bear a name it is not the one whose spelling it was."""
        text, kinds = self.cleaned_data["to"], (self.one.kind_of_party,)
        if not text:
            return None
        others = [each for each in find_parties(self.viewer, text, kinds) if each != self.one]
        return others[0] if len(others) == 1 else one_party(self.viewer, text, kinds)


class TokenForm(VerbForm):
    name = forms.CharField(label=gettext_lazy("What is it for?"), max_length=80)
    days = forms.TypedChoiceField(
        label=gettext_lazy("For how long?"),
        choices=[(30, gettext_lazy("30 days")), (365, gettext_lazy("a year"))],
        coerce=int,
    )

    def expiry(self) -> timedelta:
        return timedelta(days=self.cleaned_data["days"])


EMAIL = gettext_lazy("E-mail")
PASSWORD = gettext_lazy("Password")
FORGOTTEN = gettext_lazy("Forgotten your password?")
PRESENT_PASSWORD = gettext_lazy("Present password")
NEW_PASSWORD = gettext_lazy("New password")
ONCE_MORE = gettext_lazy("New password, once more")


class InOurWords:
    """A form of allauth's with the labels `words`, and nothing written into its fields."""

    words = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, label in self.words.items():
            self.fields[name].label = label
            self.fields[name].widget.attrs["placeholder"] = ""
        say_what_to_do(self)


class SignInForm(InOurWords, LoginForm):
    """The way to a forgotten password stands beside the button."""

    words = {"login": EMAIL, "password": PASSWORD}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""


class PasswordChangeForm(InOurWords, ChangePasswordForm):
    words = {"oldpassword": PRESENT_PASSWORD, "password1": NEW_PASSWORD, "password2": ONCE_MORE}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        way = format_html('<a href="{}">{}</a>', reverse("account_reset_password"), FORGOTTEN)
        self.fields["oldpassword"].help_text = way


class FirstPasswordForm(InOurWords, SetPasswordForm):
    words = {"password1": NEW_PASSWORD, "password2": ONCE_MORE}


class PasswordFromMailForm(InOurWords, ResetPasswordKeyForm):
    words = {"password1": NEW_PASSWORD, "password2": ONCE_MORE}


class ForgottenPasswordForm(InOurWords, ResetPasswordForm):
    words = {"email": EMAIL}
