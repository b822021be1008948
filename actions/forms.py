"""Input of the second floor's verbs: a phone first, the rest folded."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.forms import NamesField, name_line
from programmes.models import City, Commitment, Programme, Region, Sector
from programmes.models.changeset import ChangeSet
from retreats.models import Retreat, StrategicIssue
from wiego_review.common.forms import VerbForm

from .due import DueMixin
from .models import Assignment, FollowUp
from .models.follow_up import SAY_WHAT
from .policies import current

SAY_WHY = gettext_lazy("Say why.")


class NamedMixin(forms.Form):
    """ "Who?" and "With": names as people write them."""

    leads = NamesField(label=gettext_lazy("Who?"), required=False)
    supports = NamesField(label=gettext_lazy("With"), required=False)
    keep_names = forms.BooleanField(
        label=gettext_lazy("Keep names nobody knows as I wrote them"), required=False
    )

    def clean(self):
        cleaned = super().clean()
        for name in ("leads", "supports"):
            self.read_names(cleaned, name)
        return cleaned

    def read_names(self, cleaned, name):
        keep = cleaned.get("keep_names", False)
        try:
            parties = self.fields[name].parties(self.viewer, cleaned.get(name), keep, self.standing)
        except ValidationError as problem:
            self.names_unknown = True
            self.add_error(name, problem)
            return
        cleaned[name] = parties

    names_unknown = False
    standing = {}


def ticked(model, label):
    """Those of another noun that are ticked."""
    nothing, ticks = model.objects.none(), forms.CheckboxSelectMultiple
    return forms.ModelMultipleChoiceField(
        nothing, label=label, required=False, to_field_name="slug", widget=ticks
    )


class FollowUpForm(DueMixin, NamedMixin, VerbForm):
    """New follow-up: three questions, the rest under More."""

    title = forms.CharField(
        label=gettext_lazy("What is to be done?"),
        error_messages={"required": SAY_WHAT},
        max_length=250,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=FollowUp.Kind.choices, required=False
    )
    retreat = forms.ModelChoiceField(
        Retreat.objects.none(),
        label=gettext_lazy("Agreed at"),
        required=False,
        to_field_name="slug",
    )
    issue = forms.ModelChoiceField(
        StrategicIssue.objects.none(), label=gettext_lazy("Strategic issue"), required=False
    )
    programmes = ticked(Programme, gettext_lazy("Programmes"))
    sectors = ticked(Sector, gettext_lazy("Sectors"))
    regions = ticked(Region, gettext_lazy("Regions"))
    cities = ticked(City, gettext_lazy("Cities"))
    commitments = ticked(Commitment, gettext_lazy("Global commitments"))
    organisations = NamesField(
        label=gettext_lazy("Organisations"), kinds=("organisation",), required=False
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    FIRST = ("title", "leads", "keep_names", "when", "due_on", "due_text")
    FILED = ("programmes", "sectors", "regions", "cities", "commitments", "organisations")
    MORE = ("kind", "supports", *FILED, "retreat", "issue", "note")
    field_order = (*FIRST, *MORE)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer_days()
        for name, model in SEEN.items():
            self.fields[name].queryset = model.objects.visible_to(self.viewer).listed()

    def clean_title(self):
        return " ".join(self.cleaned_data["title"].split())

    def clean(self):
        cleaned = super().clean()
        try:
            cleaned["organisations"] = self.fields["organisations"].parties(
                self.viewer, cleaned.get("organisations")
            )
        except ValidationError as problem:
            self.add_error("organisations", problem)
        if not self.errors:
            self.check_due()
        return cleaned

    def check_due(self):
        try:
            self.chosen_due = self.due()
        except ValidationError as problem:
            self.add_error(None, problem)

    def more(self):
        """The folded fields, for the template."""
        return [self[name] for name in self.MORE if name in self.fields]

    def more_open(self) -> bool:
        """Whether something among the folded fields wants to be looked at."""
        return any(name in self.errors for name in self.MORE)

    def verb_values(self):
        dropped = {"key", "version", "when", "due_on", "due_text", "keep_names"}
        values = {k: v for k, v in self.cleaned_data.items() if k not in dropped}
        values["kind"] = values.get("kind") or FollowUp.Kind.TASK
        return values | self.chosen_due


TICKED = {
    "programmes": Programme,
    "sectors": Sector,
    "regions": Region,
    "cities": City,
    "commitments": Commitment,
}
SEEN = {
    "retreat": Retreat,
    "issue": StrategicIssue,
    **TICKED,
}


class FollowUpEditForm(FollowUpForm):
    """The same, for one that is there. A date that stands is moved by More time, and put right
    here where it was written down wrong."""

    def __init__(self, *args, follow_up, **kwargs):
        kwargs["initial"] = initial_of(follow_up) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.standing = {each.shown: each.party or each.text for each in current(follow_up)}
        if follow_up.due:
            self.fields["when"].choices = [
                each for each in self.fields["when"].choices if each[0] != "none"
            ]
        if follow_up.is_group:
            for name in ("when", "due_on", "due_text"):
                del self.fields[name]

    def check_due(self):
        self.chosen_due = {}
        if self.cleaned_data.get("when"):
            super().check_due()

    def due_open(self) -> bool:
        """Whether something about the date wants to be looked at."""
        return bool(self["when"].value()) or "due_on" in self.errors

    def verb_values(self):
        taken = self.taken_from_others()
        return {name: v for name, v in super().verb_values().items() if name not in taken}


def initial_of(follow_up) -> dict:
    """What the form of a follow-up shows at first."""
    standing = current(follow_up)
    return {
        "version": follow_up.version,
        "title": follow_up.title,
        "kind": follow_up.kind,
        "note": follow_up.note,
        "retreat": follow_up.retreat and follow_up.retreat.slug,
        "issue": follow_up.issue_id,
        **{name: [each.slug for each in getattr(follow_up, name).all()] for name in TICKED},
        "organisations": name_line(follow_up.organisations.all()),
        "leads": name_line(each.shown for each in standing if each.role == "lead"),
        "supports": name_line(each.shown for each in standing if each.role == "support"),
        "keep_names": any(each.text for each in standing),
    }


class ToldMixin(forms.Form):
    """ "As told by … by phone"."""

    as_told_by = NamesField(label=gettext_lazy("As told by"), kinds=("person",), required=False)
    told_how = forms.ChoiceField(
        label=gettext_lazy("How"), choices=[("", "–"), *ChangeSet.Told.choices], required=False
    )

    def clean(self):
        cleaned = super().clean()
        try:
            people = self.fields["as_told_by"].parties(self.viewer, cleaned.get("as_told_by"))
        except ValidationError as problem:
            self.add_error("as_told_by", problem)
            return cleaned
        if len(people) > 1:
            self.add_error("as_told_by", _("Name one person."))
        if cleaned.get("told_how") and not people:
            self.add_error("as_told_by", _("Say who told it."))
        cleaned["as_told_by"] = people[0] if people else None
        return cleaned


class UpdateForm(ToldMixin, VerbForm):
    text = forms.CharField(
        label=gettext_lazy("What is there to tell?"),
        error_messages={"required": gettext_lazy("Write what there is to tell.")},
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    field_order = ("text", "as_told_by", "told_how")


def words(label, most=20_000):
    """What there is to say, as one likes."""
    rows = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=label, required=False, max_length=most, widget=rows)


class CompleteForm(VerbForm):
    text = words(gettext_lazy("How did it go? (as you like)"))


class OnTrackForm(VerbForm):
    text = words(gettext_lazy("What is there to add? (as you like)"), most=2_000)


class NeedsHelpForm(VerbForm):
    text = words(gettext_lazy("What would help? (as you like)"))


class CloseGroupForm(CompleteForm):
    text = forms.CharField(
        label=gettext_lazy("Why is the group closed?"),
        error_messages={"required": SAY_WHY},
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class MoreTimeForm(DueMixin, VerbForm):
    """Until when, and why."""

    why = forms.CharField(
        label=gettext_lazy("Why?"),
        error_messages={"required": SAY_WHY},
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    field_order = ("when", "due_on", "due_text", "why")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer_days(nothing=False)
        self.fields["when"].required = True
        self.fields["when"].error_messages["required"] = _("Choose until when.")

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            try:
                self.chosen_due = self.due()
            except ValidationError as problem:
                self.add_error(None, problem)
        return cleaned

    def verb_values(self):
        return {"why": self.cleaned_data["why"], **self.chosen_due}


class AssignForm(VerbForm):
    """Give it to one more, or put somebody with those who have it."""

    name = NamesField(label=gettext_lazy("Who?"))
    role = forms.ChoiceField(label=gettext_lazy("As"), choices=Assignment.Role.choices)
    keep_names = forms.BooleanField(
        label=gettext_lazy("Nobody here has this name: keep it as I wrote it"), required=False
    )

    def clean(self):
        cleaned = super().clean()
        try:
            parties = self.fields["name"].parties(
                self.viewer, cleaned.get("name"), cleaned.get("keep_names", False)
            )
        except ValidationError as problem:
            self.add_error("name", problem)
            return cleaned
        if len(parties) > 1:
            self.add_error("name", _("Name one at a time."))
        cleaned["party"] = parties[0] if parties else None
        return cleaned

    def verb_values(self):
        return {"party": self.cleaned_data["party"], "role": self.cleaned_data["role"]}
