"""The REST door: viewsets over a Listing, one form of error, versions and idempotency keys."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import exceptions, serializers, status, viewsets
from rest_framework.response import Response
from rest_framework.views import set_rollback

from . import refs
from .errors import Conflict, Refused
from .listing import BadQuery

MISSING = "Nothing here that you can open."
LINK = {"slug": serializers.CharField(allow_null=True), "name": serializers.CharField()}
RECORD = {"ref": serializers.CharField(), "title": serializers.CharField()}


class VersionRequired(Exception):
    """An edit came without the version it was made on."""


def problem(code, detail, http_status, fields=None, current=None, **more):
    """The one form of every error: `{code, detail, fields, current}`."""
    body = {"code": code, "detail": str(detail), "fields": fields or {}, "current": current}
    return Response({**body, **more}, status=http_status)


def answer_error(exc, context):
    """DRF's exception handler: our refusals and its own, in one form."""
    set_rollback()
    if isinstance(exc, BadQuery):
        return bad_query(exc)
    if isinstance(exc, Conflict):
        detail = _("Somebody changed the same since you read it. Nothing was saved.")
        return problem("conflict", detail, 409, exc.fields, exc.current)
    if isinstance(exc, Refused):
        return problem("refused", exc, 409)
    if isinstance(exc, VersionRequired):
        return problem("version_required", _("Send the version you read, or If-Match."), 428)
    if isinstance(exc, ValidationError):
        return problem("invalid", _("Some of this cannot be saved."), 400, messages_of(exc))
    if isinstance(exc, Http404):
        return problem("not_found", MISSING, 404)
    if isinstance(exc, PermissionDenied):
        exc = exceptions.PermissionDenied()
    return answer_rest_framework(exc)


def bad_query(exc):
    detail = _("The list was not asked for in a way it knows.")
    return problem("bad_query", detail, 400, exc.problems)


def answer_rest_framework(exc):
    """DRF's own errors: sign-in, method, media type, a serializer's messages."""
    if not isinstance(exc, exceptions.APIException):
        return None
    headers = {}
    if getattr(exc, "auth_header", None):
        headers["WWW-Authenticate"] = exc.auth_header
    if getattr(exc, "wait", None):
        headers["Retry-After"] = str(int(exc.wait) + 1)
    if isinstance(exc, exceptions.ValidationError):
        detail = _("Some of this cannot be saved.")
        fields = exc.detail if isinstance(exc.detail, dict) else {"": exc.detail}
        answer = problem("invalid", detail, 400, fields)
    else:
        answer = problem(exc.default_code, exc.detail, exc.status_code)
    answer.headers.update(headers)
    return answer


def messages_of(exc: ValidationError) -> dict:
    if hasattr(exc, "error_dict"):
        return exc.message_dict
    return {"": exc.messages}


class ErrorSerializer(serializers.Serializer):
    code = serializers.CharField()
    detail = serializers.CharField()
    fields = serializers.DictField()
    current = serializers.IntegerField(allow_null=True)


def cell_field(cell):
    """The schema's field for a cell, by its kind."""
    simple = {
        "number": serializers.IntegerField,
        "yes": serializers.BooleanField,
        "date": serializers.DateField,
        "time": serializers.DateTimeField,
    }
    if cell.kind in simple:
        return simple[cell.kind](allow_null=True)
    if cell.kind == "texts":
        return serializers.ListField(child=serializers.CharField())
    if cell.kind in ("link", "links"):
        return named_field("Link", LINK, many=cell.kind == "links")
    if cell.kind == "record":
        return named_field("RecordLink", RECORD, many=False)
    if cell.kind == "json":
        return serializers.JSONField()
    return serializers.CharField(allow_blank=True)


def named_field(name, fields, many):
    made = type(f"{name}Serializer", (serializers.Serializer,), dict(fields))
    return made(many=True) if many else made(allow_null=True)


def row_serializer(listing, detail):
    """A serializer class that describes the row of a listing; used for the schema only."""
    cells = listing.rows.all_cells(detail)
    name = listing.model.__name__ + ("Detail" if detail else "Row")
    fields = {cell.name: cell_field(cell) for cell in cells}
    return type(name, (serializers.Serializer,), fields)


def page_serializer(listing):
    fields = {
        "count": serializers.IntegerField(),
        "count_capped": serializers.BooleanField(),
        "next": serializers.URLField(allow_null=True),
        "previous": serializers.URLField(allow_null=True),
        "results": row_serializer(listing, False)(many=True),
    }
    return type(f"{listing.model.__name__}Page", (serializers.Serializer,), fields)


class ListingSchema(AutoSchema):
    """The schema of a listing's endpoints: its filters, rows and errors."""

    def get_override_parameters(self):
        if self.view.action != "list":
            return []
        return [*filter_parameters(self.view.listing), *page_parameters(self.view.listing)]

    def get_response_serializers(self):
        declared = super().get_response_serializers()
        listing = self.view.listing
        good = page_serializer(listing) if self.view.action == "list" else declared
        if self.view.action == "list":
            return {200: good, **errors(400, 401)}
        if self.view.action == "retrieve":
            return {200: row_serializer(listing, True), **errors(401, 404)}
        detail = row_serializer(listing, True)
        code = 201 if self.view.action == "create" else 200
        return {code: detail, **errors(400, 401, 403, 404, 409, 428)}

    def get_request_serializer(self):
        return getattr(self.view, "inputs", {}).get(self.view.action)

    def _is_list_view(self, serializer=None):
        return False


def errors(*codes):
    return dict.fromkeys(codes, ErrorSerializer)


def filter_parameters(listing):
    for name, each in listing.filterset.base_filters.items():
        choices = [value for value, _label in getattr(each, "word_choices", ())] or None
        yield OpenApiParameter(name, OpenApiTypes.STR, enum=choices, many=True, explode=True)


def page_parameters(listing):
    known = [sign + name for name in listing.orderings for sign in ("", "-")]
    yield OpenApiParameter("ordering", OpenApiTypes.STR, enum=known)
    yield OpenApiParameter("page", OpenApiTypes.INT)
    yield OpenApiParameter("page_size", OpenApiTypes.INT)
    yield OpenApiParameter("cursor", OpenApiTypes.STR)


class ListingViewSet(viewsets.ViewSet):
    """List and detail of one noun. Subclasses add what can be written."""

    listing = None
    inputs = {}
    schema = ListingSchema()
    lookup_value_regex = "[^/]+"

    @property
    def viewer(self):
        return self.request.viewer

    @property
    def model(self):
        return self.listing.model

    def list(self, request):
        selection = self.listing.select(self.viewer, request.query_params)
        page = selection.page(request.query_params)
        count, capped = selection.count()
        return Response(
            {
                "count": count,
                "count_capped": capped,
                "next": self.neighbour(page.next),
                "previous": self.neighbour(page.previous),
                "results": page.rows(),
            }
        )

    def neighbour(self, cursor):
        if cursor is None:
            return None
        query = self.request.query_params.copy()
        query.pop("page", None)
        query["cursor"] = cursor
        return self.request.build_absolute_uri(f"{self.request.path}?{query.urlencode()}")

    def retrieve(self, request, pk):
        return self.answer(self.find(pk))

    def find(self, key, queryset=None):
        """The record with this ref or slug, if the viewer may see it; else 404."""
        seen = (self.model.objects if queryset is None else queryset).visible_to(self.viewer)
        return find_record(seen, self.listing, key)

    def answer(self, record, code=status.HTTP_200_OK):
        found = self.listing.rows.read([record.pk], self.viewer, detail=True)
        if not found:
            raise Http404
        answer = Response(found[0], status=code)
        if "version" in found[0]:
            answer["ETag"] = f'"{found[0]["version"]}"'
        return answer

    def permit(self, permission, record=None):
        if not self.request.user.has_perm(permission, record):
            raise exceptions.PermissionDenied(_("This is not yours to change."))

    def read_input(self, **kwargs):
        """What was sent, checked; unknown fields are refused."""
        if not isinstance(self.request.data, dict):
            raise exceptions.ValidationError({"": [_("Send one JSON object.")]})
        serializer = self.inputs[self.action](
            data=self.request.data, context={"viewer": self.viewer}, **kwargs
        )
        unknown = set(self.request.data) - set(serializer.fields)
        if unknown:
            told = [_("There is no such field. Leave it out.")]
            raise exceptions.ValidationError(dict.fromkeys(sorted(unknown), told))
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def act(self, values=None, *, version_needed=False) -> dict:
        """`by`, `via`, the idempotency key and the version, for a verb."""
        told = {"by": self.request.user, "via": "rest", "key": self.idempotency_key()}
        version = self.sent_version(values or {})
        if version is not None:
            told["version"] = version
        elif version_needed:
            raise VersionRequired
        return told

    def idempotency_key(self):
        key = self.request.headers.get("Idempotency-Key", "")
        if len(key) > 80 or not key.isprintable():
            told = _("An idempotency key has at most 80 characters.")
            raise exceptions.ValidationError({"Idempotency-Key": [told]})
        return key

    def sent_version(self, values):
        version = values.pop("version", None)
        tag = self.request.headers.get("If-Match", "").strip().strip('"')
        if version is None and tag:
            if not (tag.isascii() and tag.isdigit() and len(tag) < 10):
                told = _("Send the version in quotes, as the ETag was.")
                raise exceptions.ValidationError({"If-Match": [told]})
            version = int(tag)
        return version


def find_record(seen, listing, key):
    """One record of a queryset by slug or ref. Raises Http404."""
    if listing.lookup == "slug":
        found = seen.filter(slug=key.lower())
    else:
        found = seen.filter(pk=refs.from_ref(listing.model.ref_prefix, key) or 0)
    record = found.first() if "\x00" not in key else None
    if record is None:
        raise Http404
    return record


def viewset_for(listing) -> type:
    """The read-only viewset of a listing, for nouns without verbs on REST."""
    return type(f"{listing.model.__name__}ViewSet", (ListingViewSet,), {"listing": listing})
