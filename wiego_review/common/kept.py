"""Whether something of a request is in the database for good, to be told should the rest fail."""

from contextvars import ContextVar

kept: ContextVar[bool] = ContextVar("kept", default=False)


class KeptMiddleware:
    """Each request begins with nothing kept."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        kept.set(False)
        return self.get_response(request)


def note_kept() -> None:
    """Called once a verb is committed."""
    kept.set(True)
