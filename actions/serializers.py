"""What REST takes for a write. What it shows is in `rows.py`."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from programmes.filters import candidate
from programmes.matching import MOST_NAMES, Suggestions
from programmes.models import PARTIES, City, Commitment, Organisation, Programme, Region, Sector
from programmes.parties import one_party
from retreats.models import Retreat, Session, StrategicIssue, Suggestion
from wiego_review.common import refs
from wiego_review.common.inputs import Day, Number, Text, Yes
from wiego_review.common.record import standing_for

from .lines import few_enough
from .models import FollowUp


class VisibleField(Text):
    """A slug or ref of another noun, among what the viewer sees."""

    def __init__(self, model, **kwargs):
        self.named = model
        super().__init__(**kwargs)

    def to_internal_value(self, data):
        text = super().to_internal_value(data)
        seen = self.named.objects.visible_to(self.context["viewer"])
        if prefix := self.named.ref_prefix:
            found = seen.filter(pk=refs.from_ref(prefix, text) or 0).first()
        else:
            found = seen.filter(slug=text.lower()).first() if "\x00" not in text else None
        found = found and standing_for(found, seen)
        if found is None:
            raise serializers.ValidationError(_("There is no “%(value)s” here.") % {"value": text})
        return found


SPELLING = {"type": "string", "description": "A slug or any spelling."}
UNKNOWN = {
    "type": "object",
    "properties": {"text": {"type": "string"}},
    "required": ["text"],
    "description": "A name nobody knows yet.",
}


@extend_schema_field(SPELLING)
class PersonField(serializers.Field):
    """A slug or any spelling of one of `kinds`."""

    kinds = ("person",)

    def to_internal_value(self, data):
        if isinstance(data, dict) and isinstance(data.get("slug"), str):
            data = data["slug"]
        if not isinstance(data, str) or "\x00" in data or len(data) > 200:
            raise serializers.ValidationError(self.wanted())
        viewer = self.context["viewer"]
        suggestions = self.context.setdefault("suggestions", Suggestions(viewer))
        try:
            return one_party(viewer, data, self.kinds, suggestions)
        except ValidationError as problem:
            self.context["candidates"] += map(candidate, problem.params["candidates"])
            raise serializers.ValidationError(problem.messages) from problem

    def wanted(self):
        return _("Send a slug or a spelling.")

    def to_representation(self, value):
        return value.slug


@extend_schema_field({"oneOf": [SPELLING, UNKNOWN]})
class PartyField(PersonField):
    """A slug or any spelling of whoever can lead; or `{"text": …}` for a name not known yet."""

    kinds = PARTIES

    def to_internal_value(self, data):
        if isinstance(data, dict) and set(data) == {"text"} and isinstance(data["text"], str):
            return Text(max_length=200).run_validation(data["text"])
        return super().to_internal_value(data)

    def wanted(self):
        return _("Send a slug, a spelling, or {“text”: …} for a name not known.")


def visible(model, **kwargs):
    return VisibleField(model, required=False, allow_null=True, **kwargs)


class ShortList(serializers.ListField):
    """A list that is counted before any of it is looked up."""

    def to_internal_value(self, data):
        if isinstance(data, list) and len(data) > self.max_length:
            told = self.error_messages["max_length"]
            raise serializers.ValidationError(told.format(max_length=self.max_length))
        return super().to_internal_value(data)


def several(model):
    return ShortList(child=VisibleField(model), required=False, max_length=50)


def names():
    return ShortList(child=PartyField(), required=False, max_length=MOST_NAMES)


class FollowUpInput(serializers.Serializer):
    title = Text(max_length=250)
    kind = serializers.ChoiceField(FollowUp.Kind.choices, required=False)
    note = Text(max_length=20_000, required=False, allow_blank=True)
    retreat = visible(Retreat)
    session = visible(Session)
    issue = visible(StrategicIssue)
    parent = visible(FollowUp)
    leads = names()
    supports = names()
    programmes = several(Programme)
    sectors = several(Sector)
    regions = several(Region)
    cities = several(City)
    commitments = several(Commitment)
    organisations = several(Organisation)
    suggestions = several(Suggestion)
    due_on = Day(required=False, allow_null=True)
    due_until = Day(required=False, allow_null=True)
    due_text = Text(max_length=200, required=False, allow_blank=True)
    ongoing = Yes(required=False)


class FollowUpEdit(FollowUpInput):
    title = Text(max_length=250, required=False)
    version = Number(min_value=1, required=False)


class DraftsInput(serializers.Serializer):
    text = Text(max_length=20_000, trim_whitespace=False, validators=[few_enough])
    on = Day(required=False)
    retreat = visible(Retreat)


class VersionInput(serializers.Serializer):
    version = Number(min_value=1, required=False)


class CompleteInput(VersionInput):
    text = Text(max_length=20_000, required=False, allow_blank=True)


class MoveDueInput(VersionInput):
    due_on = Day(allow_null=True)
    due_until = Day(required=False, allow_null=True)
    due_text = Text(max_length=200, required=False, allow_blank=True)
    why = Text(max_length=2_000)


class AssignInput(VersionInput):
    party = PartyField()
    role = serializers.ChoiceField([("lead", "lead"), ("support", "support")], required=False)


class AssignmentInput(AssignInput):
    follow_up = VisibleField(FollowUp)


class UpdateInput(serializers.Serializer):
    follow_up = VisibleField(FollowUp)
    text = Text(max_length=20_000)
    as_told_by = PersonField(required=False)
    told_how = serializers.ChoiceField(
        [("phone", "phone"), ("mail", "mail"), ("meeting", "meeting")], required=False
    )
