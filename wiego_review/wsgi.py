import gc
import os

import django
from django.core.handlers.wsgi import WSGIHandler
from django.utils.http import parse_header_parameters

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wiego_review.settings")
KNOWN = {"utf-8", "utf8", "us-ascii"}
UNREADABLE = "application/x-unreadable"


class Application(WSGIHandler):
    """Django's, for bodies in UTF-8. It would decode by any codec of Python's a client names,
    some of which are none for text, and stumble over it before it can answer."""

    def __call__(self, environ, start_response):
        environ["CONTENT_TYPE"] = readable(environ.get("CONTENT_TYPE", ""))
        return super().__call__(environ, start_response)


def readable(content_type: str) -> str:
    """The type of a body as it was sent, or one nobody reads."""
    try:
        _kind, told = parse_header_parameters(content_type)
    except ValueError:
        return UNREADABLE
    return content_type if told.get("charset", "utf-8").lower() in KNOWN else UNREADABLE


django.setup(set_prefix=False)
application = Application()

# What is loaded by now stays. A long list is made of a million short-lived tuples, and looking
# for dead circles every 700 of them takes a quarter of the time.
gc.freeze()
gc.set_threshold(50_000, 20, 50)
