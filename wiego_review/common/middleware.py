"""The reader of a request: their viewer, language and zone."""

import time
from urllib.parse import urlsplit, urlunsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import SuspiciousOperation
from django.http import FileResponse, Http404, HttpResponsePermanentRedirect
from django.middleware.common import CommonMiddleware
from django.middleware.gzip import GZipMiddleware
from django.middleware.security import SecurityMiddleware
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject
from django_htmx.http import HttpResponseClientRedirect

from .viewer import Viewer

BOARD_OPENED = "board_opened_at"
WANTED = "wanted_page"
SEEN, SEEN_EVERY = "seen_at", 600


class HeadersMiddleware(SecurityMiddleware):
    """Outermost: what the inner ones answer early, to a strange host say, has the headers too."""

    def process_request(self, request):
        """To https it is led further in."""


class SameAgain(HttpResponsePermanentRedirect):
    """To the address with its slash, with all that was sent."""

    status_code = 308


class PackingMiddleware(GZipMiddleware):
    """Files go out as they are: most are packed already, and their length is told."""

    def process_response(self, request, response):
        if isinstance(response, FileResponse):
            return response
        return super().process_response(request, response)


class AddressMiddleware(CommonMiddleware):
    response_redirect_class = SameAgain


class ReaderMiddleware:
    """Gives each request a `viewer` and speaks the account's language in its zone."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.viewer = SimpleLazyObject(lambda: page_viewer(request))
        try:
            if request.user.is_authenticated:
                mark_seen(request.session)
                speak_to(request.user)
                request.LANGUAGE_CODE = request.user.language
            response = self.get_response(request)
        finally:
            timezone.deactivate()
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class SignInMiddleware(LoginRequiredMiddleware):
    """Leads to the one sign-in, and from there back to the page on which one was."""

    def handle_no_permission(self, request, view_func):
        if request.method == "POST" and (back := came_from(request)):
            return redirect_to_login(back, self.get_login_url(view_func))
        return super().handle_no_permission(request, view_func)


class SecondStepMiddleware:
    """Leads whoever must have a second step, and has none, to where one is set up.

    REST refuses them with a message of its own, as it signs them in.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.path.startswith("/api/") or not getattr(view, "login_required", True):
            return None
        name = request.resolver_match.url_name or ""
        if name.startswith(("mfa_", "account_")) or not request.user.is_authenticated:
            return None
        if not request.user.lacks_second_step:
            request.session.pop(WANTED, None)
            return None
        if request.method == "GET" and not request.htmx:
            request.session[WANTED] = request.get_full_path()
        there = reverse("mfa_index")
        return HttpResponseClientRedirect(there) if request.htmx else redirect(there)


class WholeTextMiddleware:
    """Refuses the one sign PostgreSQL cannot hold in a text, before any page asks for it.

    What REST is asked and sent is checked there, where the answer names the field.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.path.startswith("/api/"):
            return
        if "\0" in request.path:
            raise Http404
        for sent in (request.GET, request.POST):
            if any("\0" in text for name, texts in sent.lists() for text in (name, *texts)):
                raise SuspiciousOperation("A text holds the sign of number 0.")


def came_from(request) -> str:
    """The address here of the page with the link or button, or nothing."""
    came = urlsplit(request.headers.get("Referer", ""))
    here = came.netloc == request.get_host()
    return urlunsplit(("", "", came.path, came.query, "")) if here else ""


def mark_seen(session) -> None:
    """A session that began by signing in tells when it was last used, to ten minutes.

    Saving it, it lasts its whole time again from then on.
    """
    if time.time() - session.get(SEEN, time.time()) > SEEN_EVERY:
        session[SEEN] = time.time()


def speak_to(user) -> None:
    """From here on, dates and words are in this account's zone and language."""
    timezone.activate(ZoneInfo(user.timezone))
    translation.activate(user.language)


def page_viewer(request) -> Viewer:
    """The viewer of a page request; Board matter is open while the second step is fresh."""
    return Viewer(request.user, board_open=board_is_open(request))


def board_is_open(request) -> bool:
    opened = request.session.get(BOARD_OPENED, 0)
    fresh = 0 <= time.time() - opened < settings.BOARD_OPEN_SECONDS
    return fresh and "board" in request.user.roles


def page_context(request) -> dict:
    """What every template may use."""
    return {"viewer": getattr(request, "viewer", None), "DEMO": settings.DEMO}
