"""What is answered while the database is away, full or closed to writing: 503, never a 500.

It says what became of what was sent: nothing was saved, or it may have been. It may once a
verb was about to be kept (the answer to COMMIT got lost) or was kept already.
"""

import errno
import logging
import sys

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpResponse, JsonResponse
from django.template import loader
from django.utils.translation import gettext as _

from . import api
from .files import FULL
from .kept import kept

log = logging.getLogger(__name__)

RETRY_SECONDS = 5
READ_ONLY = {errno.EROFS}
CODES = {
    "53100": "full",
    "25006": "read_only",
    "57014": "busy",
    "40001": "busy",
    "40P01": "busy",
    "53300": "busy",
}
SIGNS = {
    "disk is full": "full",
    "disk i/o error": "full",
    "no space left": "full",
    "readonly database": "read_only",
    "database is locked": "busy",
}


def reason(problem) -> str:
    """`away`, `full`, `read_only` or `busy`; nothing for what is a mistake of ours."""
    if isinstance(problem, OSError):
        found = {"full": FULL, "read_only": READ_ONLY}
        return next((name for name, codes in found.items() if problem.errno in codes), "")
    if not isinstance(problem, DatabaseError | InterfaceError):
        return ""
    cause = problem.__cause__
    if known := CODES.get(getattr(cause, "pgcode", None)):
        return known
    text = str(problem).lower()
    for sign, name in SIGNS.items():
        if sign in text:
            return name
    # A connection cut in the middle of an answer is a plain DatabaseError without a code.
    lost = type(problem) is DatabaseError and getattr(cause, "pgcode", "") is None
    if isinstance(problem, OperationalError | InterfaceError) or lost:
        return "away"
    return reason(cause) if cause else ""


def may_be_kept(problem, why) -> bool:
    """Whether something of this request is kept, or was about to be when the line broke."""
    trace = problem.__traceback__ if why == "away" else None
    while trace:
        if trace.tb_frame.f_code.co_name == "_commit":
            return True
        trace = trace.tb_next
    return kept.get()


def told(why, unsure, rest) -> str:
    sentences = {
        "away": _("The database does not answer just now."),
        "full": _("The disk of this site is full."),
        "read_only": _("This site can only be read just now."),
        "busy": _("Too much is asked of the database just now."),
    }
    outcome = _("Nothing was saved.")
    if unsure and rest:
        outcome = _(
            "What you sent may have been saved. With the same Idempotency-Key it is saved only "
            "once; without one, look first."
        )
    elif unsure:
        outcome = _("What you sent may have been saved. Sent again as it is, it is saved once.")
    then = _("Wait a few seconds, then try again.")
    if why in ("full", "read_only"):
        then = _("Tell those who look after the site, then try again.")
    return f"{sentences[why]} {outcome} {then}"


def went_wrong(request):
    """Django's last handler: what broke by bad luck is told as such."""
    problem = sys.exc_info()[1]
    why = reason(problem)
    if not why:
        return api.went_wrong(request)
    rest = request.path.startswith("/api/")
    words = told(why, may_be_kept(problem, why), rest)
    if rest:
        answer = JsonResponse(api.told_of("unavailable", words), status=503)
    else:
        page = loader.get_template("503.html").render({"told": words})
        answer = HttpResponse(page, status=503)
    log.error("%r is answered 503 (%s): %s", request.path, why, str(problem).partition("\n")[0])
    # Said in a line: while the database is away, a page of it per request would fill the disk.
    answer._has_been_logged = True
    answer["Retry-After"] = str(RETRY_SECONDS)
    answer["Cache-Control"] = "private, no-store"
    return answer
