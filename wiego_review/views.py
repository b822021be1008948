"""The roof: home, health, error pages, and the demo's mailbox."""

from email import message_from_bytes, policy

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from actions import desk
from wiego_review.common import searching
from wiego_review.common.listing import BadQuery
from wiego_review.common.search_files import search_file


@require_safe
def home(request):
    """What waits for the reader. A block appears only if it holds something."""
    return render(request, "home.html", {"blocks": desk.blocks(request.viewer)})


@require_safe
def search(request):
    """Everything that holds the words, of every kind the reader may see."""
    try:
        asked = searching.read(request.GET, request.viewer)
        if request.GET.get("export"):
            return search_file(request, asked)
        page = searching.page_of(asked, request.GET)
    except BadQuery as bad:
        return render(request, "search.html", search_form(request, bad.problems), status=400)
    context = search_form(request) | page | {"asked": asked}
    return render(request, "search.html", context)


def search_form(request, problems=None):
    """What the form of the search holds, and the retreats it can be narrowed to."""
    retreats = searching.choices(searching.narrows["retreat"], request.viewer)
    found = [(name, request.GET.getlist(name)) for name in ("search", "kind", "year", "retreat")]
    return {
        "sent": {name: " ".join(values) for name, values in found},
        "retreats": retreats.order_by("-date_sort", "pk")[: searching.MOST_CHOICES],
        "problems": problems or {},
    }


@require_safe
@login_not_required
def healthz(request):
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@login_not_required
def readyz(request):
    """The database answers too."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return HttpResponse("the database is away", content_type="text/plain", status=503)
    return HttpResponse("ready", content_type="text/plain")


@require_safe
@login_not_required
def mailbox(request):
    """The demo's mails, latest first: an invitation or a forgotten password is read here."""
    if not settings.DEMO:
        raise Http404
    folder = settings.EMAIL_FILE_PATH
    files = sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime, reverse=True)
    return render(request, "demo_mail.html", {"mails": [read_mail(path) for path in files[:50]]})


def read_mail(path) -> dict:
    """`{to, subject, date, text}` of a mail the file backend wrote."""
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    body = mail.get_body(("plain",))
    text = body.get_content() if body else ""
    return {
        "to": mail["To"],
        "subject": mail["Subject"],
        "date": mail["Date"],
        "text": text.split("\n" + "-" * 79)[0],
    }
