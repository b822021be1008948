"""What is read from the body of a REST request."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.utils.translation import gettext as _
from rest_framework import exceptions, parsers


class StrictJSONParser(parsers.JSONParser):
    """JSON of a size and depth that can be handled, its texts whole."""

    def parse(self, stream, media_type=None, parser_context=None):
        length = int(parser_context["request"].META.get("CONTENT_LENGTH") or 0)
        if length > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise RequestDataTooBig
        try:
            data = super().parse(stream, media_type, parser_context)
            whole(data)
        except RecursionError as problem:
            raise exceptions.ParseError(_("This is nested too deeply.")) from problem
        except UnicodeEncodeError as problem:
            told = _("This holds half of a character. Send whole ones.")
            raise exceptions.ParseError(told) from problem
        return data


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
