"""Input of the first floor."""

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from programmes.forms import SureForm
from wiego_review.common.forms import DayField, LookedAtForm, VerbForm

from .models import IssueLink, StrategicIssue


class LinesField(forms.CharField):
    """A list of words, one on each line."""

    widget = forms.Textarea(attrs={"rows": 4})

    def __init__(self, *, encoder=None, decoder=None, **kwargs):
        super().__init__(**kwargs)

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        return [line.strip() for line in (value or "").splitlines() if line.strip()]

    def has_changed(self, initial, data):
        return self.to_python(data) != list(initial or [])


class IssueField(forms.ModelChoiceField):
    """Another issue, named with the retreats it was raised at."""

    def __init__(self, **kwargs):
        super().__init__(StrategicIssue.objects.none(), empty_label=_("Choose …"), **kwargs)

    def label_from_instance(self, issue):
        raised = ", ".join(each.short_name for each in issue.retreats.all())
        return f"{issue.title} ({raised})" if raised else issue.title

    def offer(self, viewer, one):
        others = StrategicIssue.objects.visible_to(viewer).listed().besides(one)
        self.queryset = others.prefetch_related("retreats")


class IssueMergeForm(SureForm):
    instead = ""
    into = IssueField(
        label=_("The same as"),
        help_text=_("Issues in the same words only. The one you choose here stays."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        others = self.fields["into"]
        others.offer(self.viewer, self.one)
        others.queryset = others.queryset.in_words_of(self.one)
        if not others.queryset.exists():
            self.instead = reverse("issues-link", args=[self.one.ref])


KINDS = [
    (IssueLink.Kind.RELATED, _("They belong together")),
    (IssueLink.Kind.CONTINUES, _("This one continues the other")),
]


class LinkForm(VerbForm):
    """Which issue this belongs with."""

    other = IssueField(label=_("Which issue?"))
    kind = forms.ChoiceField(label=_("How?"), choices=KINDS, initial=IssueLink.Kind.RELATED)
    why = forms.CharField(label=_("Why? (as you like)"), max_length=250, required=False)

    def __init__(self, *args, one, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["other"].offer(self.viewer, one)


class MoveForm(LookedAtForm):
    """The new days of a retreat."""

    starts_on = DayField(
        label=_("First day"), error_messages={"required": _("Pick the first day.")}
    )
    ends_on = DayField(label=_("Last day"), required=False)
    why = forms.CharField(label=_("Why? (as you like)"), max_length=2_000, required=False)

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            raise ValidationError(
                {"ends_on": _("The last day comes before the first. Change one of the two.")}
            )
        return cleaned

    def days(self) -> dict:
        return {name: self.cleaned_data[name] for name in ("starts_on", "ends_on")}

    def previewed(self):
        return str(self.days())

    def verb_values(self):
        return {**self.days(), "why": self.cleaned_data["why"]}
