"""Pages of papers and files, and the files themselves."""

from csp.decorators import csp_replace
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from programmes.history import conflict_lines
from programmes.pages import record_page
from programmes.together import FORM
from retreats.listings import LISTINGS as BELOW
from wiego_review.common import refs
from wiego_review.common.pages import find_or_404

from . import paper_forms, papers
from .listings import LISTINGS
from .models import OutputVersion
from .sending import sent

BY_NAME = {listing.name: listing for listing in (*BELOW, *LISTINGS)}
PAPERS = BY_NAME["outputs"]
# Where a paper can be added: the list, and the name it has on a paper.
HOMES = {"follow-ups": "follow_up", "sessions": "session", "retreats": "retreat"}
SELF = "'self'"


@require_safe
def output_detail(request, ref):
    """A paper: what it is, its files, the newest in place where that is asked for."""
    paper = find_or_404(request, PAPERS, ref)
    newest = OutputVersion.objects.newest(paper)
    in_place = bool(newest and newest.in_place and "here" in request.GET)
    context = {"newest": newest, "in_place": in_place, "may_change": may(request, "edit", paper)}
    context["may_add"] = may(request, "add_version", paper) and not paper.url
    answer = record_page(request, PAPERS, ref, "actions/output_detail.html", **context)
    if in_place and not newest.is_picture:
        answer._csp_update = {"frame-src": [SELF]}
    return answer


def may(request, verb, paper) -> bool:
    return request.user.has_perm(f"actions.{verb}_output", paper)


def permit(request, verb, paper=None):
    if not may(request, verb, paper):
        raise PermissionDenied


@FORM
def output_add(request, name, key):
    """A new paper of a follow-up, session or retreat."""
    listing = BY_NAME[name]
    home = find_or_404(request, listing, key)
    permit(request, "add")
    form = paper_forms.PaperForm(
        request.POST or None, request.FILES or None, viewer=request.viewer, initial={}
    )
    if request.method == "POST" and form.is_valid():
        values = {HOMES[name]: home, **form.verb_values()}
        if added := form.attempt(papers.add_output, **values):
            return to_paper(request, added)
    context = {"back": listing.page_of(home), "home": home, "title": _("Add a paper or file")}
    return form_page(request, form, getattr(home, "sealed", False), context)


@FORM
def output_version(request, ref):
    """A newer file of a paper, or the first of one that was only named."""
    paper = find_or_404(request, PAPERS, ref)
    permit(request, "add_version", paper)
    form = paper_forms.NewerFileForm(
        request.POST or None, request.FILES or None, viewer=request.viewer, initial={}
    )
    if request.method == "POST" and form.is_valid():
        if form.attempt(papers.add_version, paper, **form.verb_values()):
            return to_paper(request, paper)
    title = _("Add a newer version") if paper.newest else _("Add the file")
    context = {"back": PAPERS.page_of(paper), "home": paper, "title": title}
    return form_page(request, form, paper.sealed, context)


@FORM
def output_edit(request, ref):
    paper = find_or_404(request, PAPERS, ref)
    permit(request, "edit", paper)
    form = paper_forms.PaperEditForm(request.POST or None, viewer=request.viewer, paper=paper)
    if request.method == "POST" and form.is_valid():
        if form.attempt(papers.edit_output, paper, **form.verb_values()):
            return to_paper(request, paper)
    context = {"back": PAPERS.page_of(paper), "home": paper, "title": _("Change")}
    context["conflicts"] = conflict_lines(form.conflict, request.viewer) if form.conflict else []
    return form_page(request, form, paper.sealed, context)


def form_page(request, form, sealed, context):
    context = {"form": form, "sealed": sealed, **context}
    return render(request, "actions/paper_form.html", context)


def to_paper(request, paper):
    messages.success(request, _("Saved."))
    return redirect(PAPERS.page_of(paper))


def find_file(request, ref):
    """The file behind an address, if the viewer may see its paper."""
    seen = OutputVersion.objects.visible_to(request.viewer).select_related("output")
    found = seen.with_key(refs.from_ref(OutputVersion.ref_prefix, ref))
    if found is None:
        raise Http404
    return found


@require_safe
def file(request, ref):
    """The file itself, under the name it came with, to be kept."""
    return sent(request, find_file(request, ref))


@require_safe
@csp_replace({"frame-ancestors": [SELF]})
@xframe_options_sameorigin
def file_in_place(request, ref):
    """The file as a page of ours shows it: a PDF in a frame, a picture."""
    found = find_file(request, ref)
    if not found.in_place:
        raise Http404
    return sent(request, found, as_attachment=False)
