"""A file of a paper on its way out, by whichever door it was found."""

import logging

from django.http import FileResponse, Http404
from django.utils.cache import get_conditional_response

log = logging.getLogger(__name__)


def sent(request, found, as_attachment=True):
    """The file in pieces. It never changes: a browser that has it asks only whether it may."""
    etag = f'"{found.sha256}"'
    answer = get_conditional_response(request, etag=etag) or whole(found, as_attachment)
    answer["ETag"] = etag
    answer["Cache-Control"] = "private, no-store" if found.output.sealed else "private, no-cache"
    return answer


def whole(found, as_attachment):
    try:
        opened = found.path.open("rb")
    except FileNotFoundError:
        log.error("The file of %s is gone: %s", found.ref, found.path)
        raise Http404 from None
    return FileResponse(
        opened, as_attachment=as_attachment, filename=found.name, content_type=found.type
    )
