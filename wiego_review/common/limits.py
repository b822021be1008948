"""How much one account or address may do in a minute, counted for all processes together."""

from allauth.core.internal.ratelimit import consume
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import Throttled
from rest_framework.permissions import SAFE_METHODS
from rest_framework.throttling import BaseThrottle

MINUTE = 60


class TooMuch(Throttled):
    default_detail = gettext_lazy("That was too much in one minute; nothing was saved.")
    extra_detail_singular = extra_detail_plural = gettext_lazy("Try again in {wait} seconds.")


def may(request, action, **more) -> bool:
    """Count one more of these, a GET as well."""
    return bool(consume(request, app="allauth.account", action=action, limit_get=True, **more))


def is_too_much(request, user) -> bool:
    """Count a write of somebody; whether they wrote too much in the last minute."""
    writes = request.method not in SAFE_METHODS and user.is_authenticated
    return writes and not may(request, "write", user=user)


def count_failed_token(request) -> None:
    """Raises TooMuch where an address sends one wrong token after the other."""
    if not may(request, "token_failed"):
        raise TooMuch(MINUTE)


class WriteThrottle(BaseThrottle):
    """On REST: the limit of whoever signed in, by a session or a token."""

    def allow_request(self, request, view):
        if is_too_much(request._request, request.user):
            raise TooMuch(MINUTE)
        return True


class WritesMiddleware:
    """The same limit on pages and in the admin."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.path.startswith("/api/") or not is_too_much(request, request.user):
            return None
        answer = render(request, "429.html", {"writing": True}, status=429)
        answer["Retry-After"] = str(MINUTE)
        return answer
