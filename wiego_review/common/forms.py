"""What the forms of all verbs share: a key so that they are saved once, and the version."""

import secrets

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .dates import known_day
from .errors import Conflict, KeyUsed, Refused, by_field

UNTOLD = forms.Field.default_error_messages["required"]  # does not say what to do


def say_what_to_do(form) -> None:
    """Where a field was left empty."""
    for field in form.fields.values():
        if field.error_messages.get("required") == UNTOLD:
            field.error_messages["required"] = _("Fill this in.")


class DayField(forms.DateField):
    """A day a review can mean, from the calendar of the browser or written as 2026-11-30."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_validators = [known_day]
    default_error_messages = {"invalid": _("Pick a day, or write it as 2026-11-30.")}


class VerbForm(forms.Form):
    """A form for one verb. `key` makes a second sending of it harmless."""

    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    conflict = None
    via = "page"

    def __init__(self, *args, viewer, **kwargs):
        self.viewer = viewer
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", fresh_key())
        say_what_to_do(self)
        self.label_suffix = ""

    def verb_values(self) -> dict:
        """The cleaned values a verb takes, by its own names."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in ("key", "version")
        }

    def attempt(self, verb, *args, **values):
        """Do the verb; its refusal becomes a message on the form, and None comes back."""
        told = {"by": self.viewer.user, "via": self.via, "key": self.cleaned_data["key"]}
        told["sent"] = sent_on(self)
        if self.cleaned_data.get("version"):
            told["version"] = self.cleaned_data["version"]
        try:
            return verb(*args, **told, **values)
        except Conflict as conflict:
            self.show_conflict(conflict)
        except KeyUsed as used:
            self.data = self.data.copy()
            self.data[self.add_prefix("key")] = fresh_key()
            self.add_error(None, str(used))
        except Refused as refused:
            self.add_error(None, str(refused))
        except ValidationError as problem:
            self.add_problem(problem)
        return None

    def add_problem(self, problem: ValidationError) -> None:
        """Put each message beside the field it is about, or on top where it has none here."""
        for name, messages in by_field(problem).items():
            shown = name in self.fields and not self.fields[name].widget.is_hidden
            self.add_error(name if shown else None, messages)

    def show_conflict(self, conflict: Conflict) -> None:
        """Keep what was typed, show what stands, and let a second press decide."""
        self.conflict = conflict
        self.data = self.data.copy()
        self.data["version"] = str(conflict.current)
        self.add_error(
            None, _("Somebody changed the same while you were writing. Choose, then save again.")
        )

    def taken_from_others(self) -> set[str]:
        """The fields for which the reader chose what the other had written."""
        return {
            name.removeprefix("take_")
            for name, value in self.data.items()
            if name.startswith("take_") and value == "theirs"
        }


class LookedAtForm(VerbForm):
    """Pressed twice: for a preview, then for the verb. `sure` is what the preview was of."""

    sure = forms.CharField(widget=forms.HiddenInput, required=False)

    def previewed(self) -> str:
        """What a preview of this form is of, in words that tell it from others."""
        raise NotImplementedError

    @property
    def is_sure(self) -> bool:
        return self.cleaned_data["sure"] == self.previewed()

    def ask(self) -> None:
        """The next press is for what is previewed now."""
        self.data = self.data.copy()
        self.data["sure"] = self.previewed()


def fresh_key() -> str:
    return secrets.token_urlsafe(16)


def sent_on(form) -> list:
    """What came on a form, whichever of its buttons was pressed: two sendings are told apart."""
    names = {form.add_prefix(name) for name in form.base_fields}
    files = [(name, str(form.cleaned_data.get(name))) for name in form.files]
    return sorted(
        (name, value)
        for name, value in (*getattr(form.data, "lists", form.data.items)(), *files)
        if name in names or name.startswith("take_")
    )
