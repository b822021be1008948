"""The REST door of papers and files."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.decorators import action

from programmes.history import conflict_values
from retreats.models import Retreat, Session, StrategicIssue
from wiego_review.common.api import ListingViewSet, refuse_parameters
from wiego_review.common.file_kinds import FileType
from wiego_review.common.files import incoming
from wiego_review.common.inputs import Number, Text
from wiego_review.common.listing import BadQuery
from wiego_review.common.parsers import FileParser, StrictJSONParser
from wiego_review.common.schema import ListingSchema, errors

from . import papers
from .listings import LISTINGS
from .models import FollowUp, Output, OutputVersion
from .models.output import HOMES
from .sending import sent
from .serializers import visible

FORM, JSON = FileParser.media_type, StrictJSONParser.media_type
BY_NAME = {listing.name: listing for listing in LISTINGS}


class PaperFileField(serializers.FileField):
    """A file, looked through: its value is a `files.Incoming`."""

    def __init__(self, **kwargs):
        super().__init__(allow_empty_file=True, **kwargs)

    def to_internal_value(self, data):
        found = super().to_internal_value(data)
        try:
            return incoming(found)
        except ValidationError as problem:
            raise serializers.ValidationError(problem.messages) from problem


class DescribedInput(serializers.Serializer):
    title = Text(max_length=250, required=False)
    kind = serializers.ChoiceField(Output.Kind.choices, required=False)
    language = serializers.ChoiceField(Output.Language.choices, required=False, allow_blank=True)
    binder = visible(Retreat)


class Address(Text, serializers.URLField):
    """A link, sent as a text."""


class NewInput(DescribedInput):
    """Where a new paper belongs: one of these."""

    follow_up = visible(FollowUp)
    session = visible(Session)
    retreat = visible(Retreat)
    issue = visible(StrategicIssue)

    def validate(self, values):
        if sum(bool(values.get(name)) for name in HOMES) != 1:
            told = _("Say where it belongs: one of %(homes)s.")
            raise serializers.ValidationError(told % {"homes": ", ".join(HOMES)})
        return values


class LinkInput(NewInput):
    url = Address(max_length=500)


class FileInput(NewInput):
    file = PaperFileField()


class OutputEdit(DescribedInput):
    url = Address(max_length=500, required=False)
    version = Number(min_value=1, required=False)


class VersionFileInput(serializers.Serializer):
    file = PaperFileField()


class PaperSchema(ListingSchema):
    """Of the file itself there is nothing more to tell than its type."""

    def get_override_parameters(self):
        if self.view.action != "file":
            return super().get_override_parameters()
        told = _("Which of its versions; without it the newest.")
        number = OpenApiParameter("number", {"type": "integer", "minimum": 1}, description=told)
        return [*super().get_override_parameters()[:1], number]

    def get_response_serializers(self):
        if self.view.action != "file":
            return super().get_response_serializers()
        files = {(200, each): OpenApiTypes.BINARY for each in FileType.values}
        return {**files, **errors(400, 401, 404)}


class OutputViewSet(ListingViewSet):
    schema = PaperSchema()
    listing = BY_NAME["outputs"]
    inputs = {
        "create": {JSON: LinkInput, FORM: FileInput},
        "partial_update": OutputEdit,
        "add_version": {FORM: VersionFileInput},
    }

    def get_parsers(self):
        """A new paper is a link, in JSON, or a file, in a form; a newer file is a form."""
        method = self.request.method.lower() if self.request else ""
        taken = self.inputs.get(self.action_map.get(method))
        parsers = {JSON: StrictJSONParser, FORM: FileParser}
        return [parsers[each]() for each in (taken if isinstance(taken, dict) else [JSON])]

    def create(self, request):
        self.permit("actions.add_output")
        values = self.read_input()
        return self.answer_new(papers.add_output(**values, **self.act_with(values)))

    def partial_update(self, request, key):
        paper = self.find(key)
        self.permit("actions.edit_output", paper)
        values = self.read_input(partial=True)
        act = self.act(values, version_needed=True)
        return self.answer(papers.edit_output(paper, **values, **act))

    @action(detail=True, methods=["post"], url_path="versions")
    def add_version(self, request, key):
        """A newer file; the older ones stay."""
        paper = self.find(key)
        self.permit("actions.add_version_output", paper)
        values = self.read_input()
        return self.answer(papers.add_version(paper, **values, **self.act_with(values)))

    @action(detail=True, methods=["get"])
    def file(self, request, key):
        """The file itself: the newest, or the version of this number."""
        refuse_parameters(set(request.query_params) - {"number"})
        paper = self.find(key)
        number = self.number(request.query_params.get("number") or str(paper.newest))
        found = OutputVersion.objects.visible_to(self.viewer).numbered(paper, number)
        if found is None:
            raise Http404
        return sent(request, found)

    def number(self, text) -> int:
        if not (text.isascii() and text.isdecimal() and len(text) < 10):
            raise BadQuery({"number": [_("Send a whole number.")]})
        return int(text)

    def perform_content_negotiation(self, request, force=False):
        """A file goes out as what it is, whatever is asked for."""
        return super().perform_content_negotiation(request, force or self.action == "file")

    def act_with(self, values):
        """What was sent is told apart by what is in its file."""
        act = self.act()
        if file := values.get("file"):
            act["sent"] = {**act["sent"].dict(), "file": str(file)}
        return act

    def told(self, conflict):
        return conflict_values(conflict, self.viewer)
