"""What is read from the body of a REST request."""

import json

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import UnreadablePostError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions, parsers
from rest_framework.utils.json import strict_constant

BROKE_OFF = gettext_lazy("This broke off. Send it again, whole.")


class StrictJSONParser(parsers.JSONParser):
    """JSON of a size and depth that can be handled, its texts whole, no name in it twice."""

    def parse(self, stream, media_type=None, parser_context=None):
        length = int(parser_context["request"].META.get("CONTENT_LENGTH") or 0)
        if length > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise RequestDataTooBig
        try:
            data = json.loads(
                stream.read().decode(), parse_constant=strict_constant, object_pairs_hook=once
            )
            whole(data)
        except RecursionError as problem:
            raise exceptions.ParseError(_("This is nested too deeply.")) from problem
        except UnicodeEncodeError as problem:
            told = _("This holds half of a character. Send whole ones.")
            raise exceptions.ParseError(told) from problem
        except UnreadablePostError as problem:
            raise exceptions.ParseError(BROKE_OFF) from problem
        except ValueError as problem:
            told = _("This is no JSON in UTF-8: %(problem)s.") % {"problem": problem}
            raise exceptions.ParseError(told) from problem
        return data


class FileParser(parsers.MultiPartParser):
    """A form with a file in it, as browsers send it; no name in it twice."""

    def parse(self, stream, media_type=None, parser_context=None):
        try:
            found = super().parse(stream, media_type, parser_context)
        except UnreadablePostError as problem:
            raise exceptions.ParseError(BROKE_OFF) from problem
        for name, values in (*found.data.lists(), *found.files.lists()):
            if len(values) > 1 or (name in found.data and name in found.files):
                raise exceptions.ParseError(told_twice(name))
        return found


class LengthRequired(exceptions.APIException):
    """A body in pieces is not read: taken for none, a verb would be done without its words."""

    status_code = 411
    default_code = "length_required"
    default_detail = gettext_lazy("Send the body whole, with its Content-Length.")


def require_length(meta) -> None:
    """Raises LengthRequired for a body whose length is not told, or told in no number."""
    length = meta.get("CONTENT_LENGTH") or ""
    if not length.isdecimal() and (length or "HTTP_TRANSFER_ENCODING" in meta):
        raise LengthRequired


def once(pairs) -> dict:
    """An object; of two values under one name nobody knows which was meant."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise exceptions.ParseError(told_twice(twice))
    return found


def told_twice(name: str) -> str:
    told = _("“%(name)s” stands here twice. Send it once.")
    return told % {"name": name[:80].encode(errors="replace").decode()}


def whole(data):
    """Raises UnicodeEncodeError where a text of some JSON holds half a character."""
    if isinstance(data, str):
        data.encode()
    elif isinstance(data, dict):
        for name, value in data.items():
            whole(name)
            whole(value)
    elif isinstance(data, list):
        for value in data:
            whole(value)
