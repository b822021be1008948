"""What is read from the body of a REST request."""

import json

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import UnreadablePostError
from django.utils.translation import gettext as _
from rest_framework import exceptions, parsers
from rest_framework.utils.json import strict_constant


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
            raise exceptions.ParseError(_("This broke off. Send it again, whole.")) from problem
        except ValueError as problem:
            told = _("This is no JSON in UTF-8: %(problem)s.") % {"problem": problem}
            raise exceptions.ParseError(told) from problem
        return data


def once(pairs) -> dict:
    """An object; of two values under one name nobody knows which was meant."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        told = _("“%(name)s” stands here twice. Send it once.")
        raise exceptions.ParseError(told % {"name": twice[:80].encode(errors="replace").decode()})
    return found


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
