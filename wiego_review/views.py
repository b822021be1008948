"""The roof: home, health, error pages, and the demo's mailbox."""

from email import message_from_bytes, policy

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from actions import desk


@require_GET
def home(request):
    """What waits for the reader. A block appears only if it holds something."""
    return render(request, "home.html", {"blocks": desk.blocks(request.viewer)})


@require_GET
@login_not_required
def healthz(request):
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


@require_GET
@login_not_required
def readyz(request):
    """The database answers too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ready", content_type="text/plain")


@require_GET
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
