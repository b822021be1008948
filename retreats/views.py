"""Pages of the first floor."""

from django.views.decorators.http import require_GET

from programmes.pages import record_page
from wiego_review.common.pages import find_or_404, list_page

from .listings import LISTINGS

BY_NAME = {listing.name: listing for listing in LISTINGS}


@require_GET
def noun_list(request, name):
    return list_page(request, BY_NAME[name])


@require_GET
def retreat_detail(request, slug):
    """A retreat: agenda by day, participants, and what was agreed there (panels)."""
    listing = BY_NAME["retreats"]
    retreat = find_or_404(request, listing, slug)
    return record_page(
        request,
        listing,
        slug,
        "retreats/retreat_detail.html",
        record=retreat,
        agenda=agenda(retreat, request.viewer),
        participants=read(BY_NAME["participants"], retreat.participants, request.viewer),
    )


def agenda(retreat, viewer):
    """`[(day or None, [session rows])]` in order, as the viewer may see it."""
    sessions = read(BY_NAME["sessions"], retreat.sessions, viewer)
    days = list(retreat.days.visible_to(viewer).order_by("number"))
    found = [(day, [s for s in sessions if s["day"] == day.number]) for day in days]
    loose = [session for session in sessions if session["day"] is None]
    return found + ([(None, loose)] if loose else [])


def read(listing, manager, viewer):
    """The rows of a retreat's sessions or participants the viewer sees, in their order."""
    keys = listing.orderings[listing.default_ordering.lstrip("-")]
    seen = manager.visible_to(viewer).order_by(*keys, "pk")
    return listing.rows.read(seen.values_list("pk", flat=True), viewer)


@require_GET
def session_detail(request, ref):
    return record_page(request, BY_NAME["sessions"], ref, "retreats/session_detail.html")


@require_GET
def review_detail(request, slug):
    return record_page(request, BY_NAME["reviews"], slug, "retreats/review_detail.html")


@require_GET
def issue_detail(request, ref):
    """An issue: the story so far."""
    return record_page(request, BY_NAME["issues"], ref, "retreats/issue_detail.html")
