"""The REST door: viewsets over a Listing, one form of error, versions and idempotency keys."""

import re

from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    ValidationError,
)
from django.http import Http404, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import defaults
from rest_framework import exceptions, status, viewsets
from rest_framework.response import Response
from rest_framework.views import APIView, set_rollback

from . import refs
from .errors import Conflict, KeyUsed, Refused, by_field
from .filters import ON_PAGES
from .listing import BadQuery
from .parsers import require_length
from .record import standing_for
from .schema import ListingSchema
from .touch_api import Everything
from .touching import touches

MISSING = "Nothing here that you can open."


class VersionRequired(Exception):
    """An edit came without the version it was made on."""


class BadInput(exceptions.ValidationError):
    """What was sent does not fit; `candidates` are those a name may have meant."""

    def __init__(self, detail, candidates=()):
        super().__init__(detail)
        self.candidates = list(candidates)


def problem(code, detail, http_status, fields=None, current=None, **more):
    return Response(told_of(code, detail, fields, current, **more), status=http_status)


def told_of(code, detail, fields=None, current=None, **more):
    """The one form of every error: `{code, detail, fields, current}`."""
    body = {"code": code, "detail": str(detail), "fields": fields or {}, "current": current}
    return {**body, **more}


def answer_error(exc, context):
    """DRF's exception handler: our refusals and its own, in one form."""
    set_rollback()
    if isinstance(exc, BadQuery):
        return bad_query(exc)
    if isinstance(exc, Conflict):
        detail = _("Somebody changed the same since you read it. Nothing was saved.")
        return problem("conflict", detail, 409, context["view"].told(exc), exc.current)
    if isinstance(exc, KeyUsed):
        return problem("key_used", _("This key came with something else. Send a fresh one."), 409)
    if isinstance(exc, Refused):
        return problem("refused", exc, 409)
    if isinstance(exc, VersionRequired):
        return problem("version_required", _("Send the version you read, or If-Match."), 428)
    if isinstance(exc, ValidationError):
        return problem("invalid", _("Some of this cannot be saved."), 400, by_field(exc))
    if isinstance(exc, RequestDataTooBig):
        return problem("too_large", _("This is too much at once."), 413)
    if isinstance(exc, SuspiciousOperation):
        return problem("bad_request", _("This cannot be answered. Ask for less at once."), 400)
    if isinstance(exc, Http404):
        return problem("not_found", MISSING, 404)
    if isinstance(exc, PermissionDenied):
        exc = exceptions.PermissionDenied()
    return answer_rest_framework(exc)


def bad_query(exc):
    detail = _("The list was not asked for in a way it knows.")
    more = {"candidates": exc.candidates} if exc.candidates else {}
    return problem("bad_query", detail, 400, exc.problems, **more)


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
        more = {"candidates": each} if (each := getattr(exc, "candidates", None)) else {}
        answer = problem("invalid", detail, 400, fields, **more)
    else:
        answer = problem(exc.default_code, exc.detail, exc.status_code)
    for name, value in headers.items():
        answer[name] = value
    return answer


def in_form(page, http_status, code, detail):
    """One of Django's handlers: `page` answers, but below /api/ an error in our form."""

    def handler(request, exception=None):
        if not request.path.startswith("/api/"):
            return page(request, *([] if exception is None else [exception]))
        answer = JsonResponse(told_of(code, detail), status=http_status)
        answer["Cache-Control"] = "private, no-store"
        return answer

    return handler


not_understood = in_form(
    defaults.bad_request, 400, "bad_request", gettext_lazy("This was not understood.")
)
not_permitted = in_form(
    defaults.permission_denied, 403, "permission_denied", gettext_lazy("This is not for you.")
)
not_found = in_form(defaults.page_not_found, 404, "not_found", MISSING)
went_wrong = in_form(
    defaults.server_error, 500, "error", gettext_lazy("Something went wrong here. Try again later.")
)


class Private:
    """What is answered is for who asked: nobody keeps it for others."""

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class NothingHere(Private, APIView):
    """Whatever is not a noun: missing, as what is hidden."""

    schema = None

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        raise Http404


class Contents(Private, APIView):
    """Where the lists are, and what describes them. Not in the schema: it only leads there."""

    schema = None
    names = ()
    tables = ()

    def get(self, request):
        refuse_parameters(request.query_params)
        lists = {name: self.place(f"{name}-list") for name in self.names}
        tables = {name: self.place(name) for name in self.tables}
        beside = {name: self.place(name) for name in ("search", "schema", "docs")}
        return Response({"lists": lists, "tables": tables} | beside)

    def place(self, name):
        return self.request.build_absolute_uri(reverse(f"api-{name}"))


class ListingViewSet(Private, viewsets.ViewSet):
    """List and detail of one noun. Subclasses add what can be written."""

    listing = None
    inputs = {}
    schema = ListingSchema()
    http_method_names = ["get", "head", "post", "patch"]
    lookup_url_kwarg = "key"
    lookup_value_regex = "[^/]+"

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        require_length(request.META)

    @property
    def viewer(self):
        return self.request.viewer

    @property
    def model(self):
        return self.listing.model

    def list(self, request):
        return self.answer_list(self.listing)

    def answer_list(self, listing):
        """One page of a list, as its parameters ask for it."""
        request = self.request
        refuse_in_files(request.query_params)
        selection = listing.select(self.viewer, request.query_params)
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

    def retrieve(self, request, key):
        refuse_parameters(request.query_params)
        return self.answer(self.find(key))

    def find(self, key, queryset=None):
        """The record with this ref or slug, or the one it became, if it may be seen; else 404."""
        seen = (self.model.objects if queryset is None else queryset).visible_to(self.viewer)
        record = standing_for(find_record(seen, self.listing, key), seen)
        if record is None:
            raise Http404
        return record

    def answer(self, record, code=status.HTTP_200_OK):
        found = self.listing.rows.read([record.pk], self.viewer, detail=True)
        if not found:
            raise Http404
        etag = f'"{found[0]["version"]}"'
        return Response(found[0], status=code, headers={"ETag": etag})

    def answer_new(self, record):
        """What was written just now; or by the same key before, if it may still be seen."""
        if not self.model.objects.visible_to(self.viewer).filter(pk=record.pk).exists():
            raise Http404
        return self.answer(record, status.HTTP_201_CREATED)

    def permit(self, permission, record=None):
        if not self.request.user.has_perm(permission, record):
            raise exceptions.PermissionDenied(_("This is not yours to change."))

    def read_input(self, **kwargs):
        """What was sent, checked; unknown fields are refused."""
        refuse_parameters(self.request.query_params)
        if not isinstance(self.request.data, dict):
            raise BadInput({"": [_("Send one JSON object.")]})
        context = {"viewer": self.viewer, "candidates": []}
        serializer = self.input_class()(data=self.request.data, context=context, **kwargs)
        unknown = set(self.request.data) - set(serializer.fields)
        if unknown:
            told = _("There is no such field. These are known: %(known)s.")
            told = [told % {"known": ", ".join(serializer.fields)}]
            raise BadInput(dict.fromkeys(sorted(unknown), told))
        if not serializer.is_valid():
            raise BadInput(serializer.errors, context["candidates"])
        return dict(serializer.validated_data)

    def input_class(self) -> type:
        """What takes this body: where several media types do, the one of this."""
        found = self.inputs[self.action]
        if not isinstance(found, dict):
            return found
        sent = self.request.content_type.partition(";")[0].strip().lower()
        return found.get(sent) or next(iter(found.values()))

    def act(self, values=None, *, version_needed=False) -> dict:
        """`by`, `via`, the idempotency key and the version, for a verb."""
        told = {"by": self.request.user, "via": "rest", "key": self.idempotency_key()}
        told["sent"] = self.request.data
        version = self.sent_version({} if values is None else values)
        if version is not None:
            told["version"] = version
        elif version_needed:
            raise VersionRequired
        return told

    def idempotency_key(self):
        key = self.request.headers.get("Idempotency-Key", "")
        if len(key) > 80 or not (key.isascii() and key.isprintable()):
            told = _("An idempotency key has at most 80 plain characters.")
            raise BadInput({"Idempotency-Key": [told]})
        return key

    def sent_version(self, values):
        """The version in the body or in If-Match; where both are sent they are the same."""
        version = values.pop("version", None)
        tag = self.request.headers.get("If-Match", "").strip()
        if not tag:
            return version
        number = ETAG.fullmatch(tag)
        if number is None:
            raise BadInput({"If-Match": [_("Send the version in quotes, as the ETag was.")]})
        matched = int(number[1])
        if version not in (None, matched):
            raise BadInput({"version": [_("If-Match names another version. Send one of them.")]})
        return matched

    def told(self, conflict) -> dict:
        """What both wrote, in the form in which a field is sent."""
        return conflict.fields


ETAG = re.compile(r'(?:W/)?"?([0-9]{1,9})"?', re.ASCII)


def refuse_in_files(params):
    refuse_parameters(set(params) & ON_PAGES)


def refuse_parameters(names):
    """A parameter that means nothing here is not passed over in silence."""
    if names:
        told = [_("There is no such filter. Leave it out.")]
        raise BadQuery(dict.fromkeys(sorted(names), told))


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
    whole = touches.get(listing.model._meta.model_name)
    bases = (Everything, ListingViewSet) if whole else (ListingViewSet,)
    return type(f"{listing.model.__name__}ViewSet", bases, {"listing": listing})
