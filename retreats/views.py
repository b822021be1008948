"""Pages of the first floor."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from programmes.forms import SaidForm
from programmes.names_in_words import NamesInWords
from programmes.pages import record_page
from programmes.together import FORM, one_to, permitted, to_merged, to_sort_out
from wiego_review.common import floors, refs
from wiego_review.common.listing import BadQuery
from wiego_review.common.pages import find_or_404, list_page, press, safe_next
from wiego_review.common.tables import table_file

from . import naming, workflow
from .compare import asked_for, side_by_side
from .filters import CompareFilterSet
from .forms import LinkForm, MoveForm
from .listings import LISTINGS
from .models import Ballot, IssueLink, Retreat
from .tables import COMPARE
from .telling import by_kind, matrix_of, notes_of, off_the_wall

BY_NAME = {listing.name: listing for listing in LISTINGS}
SAID = {name: NamesInWords(BY_NAME[name], naming, SaidForm) for name in ("notes", "suggestions")}


@require_safe
def noun_list(request, name):
    return list_page(request, BY_NAME[name])


@require_safe
def retreat_detail(request, slug):
    """A retreat: agenda by day, participants, and what was agreed there (panels)."""
    listing = BY_NAME["retreats"]
    retreat = find_or_404(request, listing, slug)
    notes = retreat.notes.visible_to(request.viewer)
    return record_page(
        request,
        listing,
        slug,
        "retreats/retreat_detail.html",
        record=retreat,
        may_move=permitted(request.user, "move", retreat),
        agenda=agenda(retreat, request.viewer),
        participants=read(BY_NAME["participants"], retreat.participants, request.viewer),
        notes=notes.count(),
        groups=by_kind(notes_of(notes.of_no_session(), request.viewer)),
        suggestions=retreat.suggestions.visible_to(request.viewer).count(),
        ballots=read(BY_NAME["ballots"], Ballot.objects.at(retreat), request.viewer),
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


@require_safe
def session_detail(request, ref):
    """A session: who led it, what was said, what was voted on, what was agreed (panels)."""
    listing = BY_NAME["sessions"]
    session = find_or_404(request, listing, ref)
    notes = notes_of(session.notes, request.viewer)
    return record_page(
        request,
        listing,
        ref,
        "retreats/session_detail.html",
        record=session,
        groups=by_kind(off_the_wall(notes)),
        posted=sum(note["matrix"] for note in notes),
        ballots=read(BY_NAME["ballots"], session.ballots, request.viewer),
    )


@require_safe
def session_matrix(request, ref):
    """The points of a session on one wall: opportunities and threats, by theme and for whom."""
    session = find_or_404(request, BY_NAME["sessions"], ref)
    matrix = matrix_of(notes_of(session.notes.on_the_wall(), request.viewer))
    if not matrix["count"]:
        raise Http404
    context = {"record": session, "listing": BY_NAME["sessions"], "matrix": matrix}
    return render(request, "retreats/session_matrix.html", context)


@require_safe
def ballot_detail(request, ref):
    return record_page(request, BY_NAME["ballots"], ref, "retreats/ballot_detail.html")


@require_safe
def said_detail(request, name, ref):
    """The page of one note or suggestion."""
    listing = BY_NAME[name]
    said = find_or_404(request, listing, ref)
    context = {"record": said, "in_words": SAID[name].told(request, [said])}
    return record_page(request, listing, ref, "retreats/said_detail.html", **context)


@require_safe
def review_detail(request, slug):
    """A review: its steps in order, what it drew on, its committees."""
    return record_page(request, BY_NAME["reviews"], slug, "retreats/review_detail.html")


@require_safe
def compare(request):
    """Retreats side by side: those chosen, or those something is told of."""
    problems, keys = {}, []
    try:
        if request.GET.get("export"):
            return table_file(request, COMPARE)
        _filterset, keys = asked_for(request.GET, request.viewer)
    except BadQuery as bad:
        problems = bad.problems
    filterset = CompareFilterSet(request.GET, Retreat.objects.none(), viewer=request.viewer)
    context = {"filterset": filterset, "problems": problems, **side_by_side(keys, request.viewer)}
    seen = Retreat.objects.visible_to(request.viewer).order_by("date_sort", "pk")
    sent = request.GET.getlist("retreat")
    context["choices"] = [(each, each.slug in sent if sent else each.pk in keys) for each in seen]
    return render(request, "retreats/compare.html", context, status=400 if problems else 200)


@require_safe
def issue_detail(request, ref):
    """An issue: the story so far."""
    listing = BY_NAME["issues"]
    issue = find_or_404(request, listing, ref)
    if issue.merged_into:
        return to_merged(request, listing, issue)
    return record_page(
        request,
        listing,
        ref,
        "retreats/issue_detail.html",
        record=issue,
        also=IssueLink.objects.visible_to(request.viewer).of(issue),
        may_answer=request.user.has_perm("retreats.answer_issuelink"),
        may_link=request.user.has_perm("retreats.link_strategicissue", issue),
        **to_sort_out(request, listing, issue),
    )


@FORM
def retreat_move(request, slug):
    """Other days for a retreat: what moves along and whom that touches, then the press."""
    listing = BY_NAME["retreats"]
    retreat = one_to(request, listing, slug, "move")
    start = {"starts_on": retreat.starts_on, "ends_on": retreat.ends_on}
    start["version"] = retreat.version
    form = MoveForm(request.POST or None, viewer=request.viewer, initial=start)
    context = {"form": form, "record": retreat, "back": listing.page_of(retreat)}
    if request.method == "POST" and form.is_valid():
        if form.is_sure and form.attempt(workflow.move, retreat, **form.verb_values()):
            messages.success(request, _("Saved."))
            return redirect(listing.page_of(retreat))
        if not form.errors:
            form.ask()
            days = form.days()
            moves = floors.preview_of("move", request.viewer, retreat, **days)
            context |= {"asked": True, "moves": moves, **days}
    return render(request, "retreats/retreat_move.html", context)


@FORM
def issue_link_add(request, key):
    """Say that an issue belongs with another, or continues it."""
    issue = find_or_404(request, BY_NAME["issues"], key)
    if not request.user.has_perm("retreats.link_strategicissue", issue):
        raise PermissionDenied
    if issue.merged_into:
        return to_merged(request, BY_NAME["issues"], issue)
    start = {"other": request.GET.get("other", "")}
    form = LinkForm(request.POST or None, viewer=request.viewer, one=issue, initial=start)
    if request.method == "POST" and form.is_valid():
        if form.attempt(workflow.link, issue, **form.verb_values()):
            messages.success(request, _("Saved."))
            return redirect("issues-detail", issue.ref)
    title = _("%(issue)s belongs with …") % {"issue": capfirst(issue.title)}
    context = {"form": form, "title": title, "back": BY_NAME["issues"].page_of(issue)}
    return render(request, "components/form_page.html", context)


@require_POST
def issue_link(request, ref):
    """Yes or no to two issues belonging together, or the answer taken back."""
    seen = IssueLink.objects.visible_to(request.viewer).select_related("issue")
    link = seen.with_key(refs.from_ref(IssueLink.ref_prefix, ref))
    if link is None:
        raise Http404
    if not request.user.has_perm("retreats.answer_issuelink", link):
        raise PermissionDenied
    press(request, workflow.answer_link, link, answer=request.POST.get("answer", ""))
    return redirect(safe_next(request) or BY_NAME["issues"].page_of(link.issue))
