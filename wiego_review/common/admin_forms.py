"""The form of a record in the admin: saved by a verb, its refusal told beside the field."""

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from .errors import Conflict, KeyUsed, Refused, by_field
from .forms import fresh_key, sent_on


class PolicyForm(forms.ModelForm):
    """A form whose saving is a verb: what the verb refuses is said on the form."""

    sent_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)
    sent_version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    request = model_admin = None
    conflict_lines = ()
    record = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.adding = self.instance._state.adding
        self.initial.setdefault("sent_key", fresh_key())
        if not self.adding:
            self.initial["sent_version"] = self.instance.version

    @property
    def viewer(self):
        return self.request.viewer

    @cached_property
    def saved(self) -> bool:
        return super().is_valid() and self.attempt()

    def is_valid(self):
        return self.saved

    def verb_values(self) -> dict:
        """The cleaned values by the verb's own names; what others wrote and was kept is left."""
        taken = {
            name.removeprefix("take_")
            for name, value in self.data.items()
            if name.startswith("take_") and value == "theirs"
        }
        return {
            name: tidy(value)
            for name, value in self.cleaned_data.items()
            if name not in ("sent_key", "sent_version") and name not in taken
        }

    def attempt(self) -> bool:
        told = {"by": self.request.user, "via": "admin", "key": self.cleaned_data["sent_key"]}
        told["sent"] = sent_on(self)
        try:
            if self.adding:
                self.record = self.model_admin.add_record(self.request, self.verb_values(), told)
            else:
                told["version"] = self.read_version()
                values = self.verb_values()
                self.record = self.model_admin.edit_record(self.instance, values, told)
        except Conflict as conflict:
            self.show_conflict(conflict)
        except KeyUsed as used:
            self.data = self.data.copy()
            self.data["sent_key"] = fresh_key()
            self.add_error(None, str(used))
        except Refused as refused:
            self.add_error(None, str(refused))
        except ValidationError as problem:
            self.add_problem(problem)
        return not self.errors

    def read_version(self) -> int:
        """The version the form was made of; without it nobody knows what would be undone."""
        version = self.cleaned_data.get("sent_version")
        if version is None:
            raise Conflict(self.instance, {})
        return version

    def add_problem(self, problem):
        for name, told in by_field(problem).items():
            beside = name in self.fields and not self.fields[name].widget.is_hidden
            self.add_error(name if beside else None, told)

    def show_conflict(self, conflict):
        """Keep what was typed, show what stands, and let a second press decide."""
        self.conflict_lines = self.model_admin.conflict_lines(conflict, self.viewer)
        self.data = self.data.copy()
        self.data["sent_version"] = str(conflict.current)
        self.add_error(
            None, _("Somebody changed the same while you were writing. Choose, then save again.")
        )


class KnownKeys:
    """A typed relation that shows what can be a key, and passes over all else it was sent."""

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, [each for each in value if is_key(each)], attr)


class TypedOne(KnownKeys, AutocompleteSelect):
    pass


class TypedSeveral(KnownKeys, AutocompleteSelectMultiple):
    pass


class SeveralKeysField(forms.ModelMultipleChoiceField):
    """Refuses what is no key before the database, which knows no number as long, is asked."""

    def clean(self, value):
        for each in value or ():
            if not is_key(each):
                told = self.error_messages["invalid_pk_value"]
                raise ValidationError(told, code="invalid_pk_value", params={"pk": each})
        return super().clean(value)


def is_key(text) -> bool:
    """Whether it can be a primary key: a number of at most forty bits."""
    text = str(text)
    return text.isascii() and text.isdigit() and len(text) < 14 and int(text) < 2**40


def tidy(value):
    """A text as it is stored everywhere: lines end in one sign."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value
