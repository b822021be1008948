"""Pages of the second floor."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programmes.forms import WhoForm
from programmes.history import conflict_lines
from programmes.names_in_words import NamesInWords
from programmes.pages import record_page
from programmes.parties import names_known
from retreats.listings import LISTINGS as BELOW
from wiego_review.common.listing import BadQuery
from wiego_review.common.pages import find_or_404, list_page, press
from wiego_review.common.tables import table_file

from . import forms, load, naming, tables, workflow
from .listings import LISTINGS
from .models import Assignment, FollowUp
from .sorting import first_of_each, may_sort

BY_NAME = {listing.name: listing for listing in LISTINGS}
SUGGESTIONS = next(listing for listing in BELOW if listing.name == "suggestions")
NAMES = NamesInWords(BY_NAME["assignments"], naming, WhoForm, lambda given: given.follow_up)
FORM = require_http_methods(["GET", "HEAD", "POST"])
VERBS = ("edit", "update", "complete", "ask_help", "move_due", "assign", "unassign", "reopen")


@require_safe
def follow_up_list(request):
    return list_page(
        request,
        BY_NAME["follow-ups"],
        may_add=request.user.has_perm("actions.add_followup"),
        offers_names=True,
        names=lambda: names_known(request.viewer),
    )


@require_safe
def follow_up_load(request):
    """Who has how much, narrowed as the list is; `?rows=` says which of the two as a file."""
    try:
        if request.GET.get("export"):
            by_programme = request.GET.get("rows") == "programmes"
            return table_file(request, tables.PROGRAMMES if by_programme else tables.PEOPLE)
        selection = tables.follow_ups(request.GET, request.viewer)
    except BadQuery:  # the list says what is wrong with it
        return redirect(f"{reverse('follow-ups-list')}?{request.GET.urlencode()}")
    people = load.with_ways(load.per_person(selection), load.of_person, request.GET)
    programmes = load.with_ways(load.per_programme(selection), load.of_programme, request.GET)
    context = {
        "listing": selection.listing,
        "filterset": selection.filterset,
        "people": load.stacked([{**row, "counts": row} for row in people], ("lead", "support")),
        "most": max((row["total"] for row in people), default=1),
        "programmes": load.stacked(programmes, FollowUp.State.values),
        "states": FollowUp.State.choices,
    }
    context["most_filed"] = max((row["total"] for row in programmes), default=1)
    return render(request, "actions/followup_load.html", context)


@require_safe
def to_sort_out(request):
    """What waits for a coordinator, each with the press that settles it."""
    if not may_sort(request.viewer):
        raise Http404
    return render(request, "actions/to_sort_out.html", {"heaps": first_of_each(request.viewer)})


@require_safe
def noun_list(request, name):
    return list_page(request, BY_NAME[name])


@require_safe
def decision_list(request):
    return list_page(request, BY_NAME["decisions"])


@require_safe
def decision_detail(request, ref):
    return record_page(request, BY_NAME["decisions"], ref, "actions/decision_detail.html")


@require_safe
def follow_up_detail(request, ref):
    """One follow-up: the three buttons, who has it, the story so far, its place in the report."""
    follow_up = find_follow_up(request, ref)
    given = follow_up.assignments.select_related("person", "programme", "body", "organisation")
    given = list(given)
    updates = follow_up.updates.visible_to(request.viewer)
    updates = list(updates.select_related("by__person", "as_told_by"))
    current = [each for each in given if each.ended_at is None]
    return record_page(
        request,
        BY_NAME["follow-ups"],
        ref,
        "actions/followup_detail.html",
        record=follow_up,
        also=given,
        words=updates,
        may={verb: permitted(request, verb, follow_up) for verb in VERBS},
        current=current,
        in_words=NAMES.told(request, current),
        may_add_paper=request.user.has_perm("actions.add_output"),
        asked=follow_up.assignments.unanswered(request.user).select_related("given_by__person"),
        updates=updates,
    )


def find_follow_up(request, ref):
    return find_or_404(request, BY_NAME["follow-ups"], ref, FollowUp.objects.for_policies())


def permitted(request, verb, follow_up) -> bool:
    return request.user.has_perm(f"actions.{verb}_followup", follow_up)


LATELY = 6


def names_lately(viewer) -> list[str]:
    """The reader, those they gave something to lately, and those they have something with."""
    lately = Assignment.objects.visible_to(viewer).given_by(viewer.user)
    lately = list(lately.values_list("person__name", flat=True)[:40])
    own = [viewer.user.person.name] if viewer.person_id else []
    if own and len(set(lately)) < LATELY:
        beside = Assignment.objects.visible_to(viewer).beside(viewer.person_id)
        lately += beside.order_by("-created_at", "pk").values_list("person__name", flat=True)[:40]
    return list(dict.fromkeys(filter(None, own + lately)))[:LATELY]


@FORM
def follow_up_add(request):
    """New follow-up. "Save and write another" comes back to an empty form."""
    return new_follow_up(request, {"retreat": request.GET.get("retreat", "")})


@FORM
def follow_up_of_suggestion(request, ref):
    """New follow-up that comes from a suggestion, begun with its words."""
    suggestion = find_or_404(request, SUGGESTIONS, ref)
    start = {"title": capfirst(suggestion.title), "retreat": suggestion.retreat.slug}
    beside = {"label": _("What it comes from"), "page": SUGGESTIONS.page_of(suggestion)}
    beside["record"] = suggestion
    beside["already"] = suggestion.follow_ups.visible_to(request.viewer)
    return new_follow_up(request, start, beside, suggestions=[suggestion])


@FORM
def follow_up_next(request, ref):
    """When a group meets next: a new follow-up that is part of it."""
    group = find_follow_up(request, ref)
    permit(request, "edit", group)
    if not group.is_group or group.is_ended:
        raise Http404
    title = _("%(group)s: next meeting") % {"group": capfirst(group.title)}
    if begun := group.steps.visible_to(request.viewer).still_undated(title).first():
        return redirect("followup-edit", begun.ref)
    beside = {"label": _("Part of"), "page": BY_NAME["follow-ups"].address_of(group.ref)}
    beside["record"] = group
    return new_follow_up(request, {"title": title}, beside, parent=group)


def new_follow_up(request, start, beside=None, **values):
    """The form of a new follow-up, begun with `start`; `values` are saved with what it says."""
    if not request.user.has_perm("actions.add_followup"):
        raise PermissionDenied
    start = {**start, "kind": FollowUp.Kind.TASK}
    form = forms.FollowUpForm(request.POST or None, viewer=request.viewer, initial=start)
    if request.method == "POST" and form.is_valid():
        added = form.attempt(workflow.add_follow_up, **form.verb_values(), **values)
        if added:
            messages.success(request, _("Saved: %(title)s") % {"title": form.cleaned_data["title"]})
            return redirect(*(("followup-add",) if "another" in request.POST else page_of(added)))
    context = {
        "form": form,
        "beside": beside,
        "names": names_known(request.viewer),
        "lately": names_lately(request.viewer),
    }
    return render(request, "actions/followup_form.html", context)


def page_of(follow_up):
    return "followup-detail", follow_up.ref


@FORM
def follow_up_edit(request, ref):
    follow_up = find_follow_up(request, ref)
    permit(request, "edit", follow_up)
    form = forms.FollowUpEditForm(request.POST or None, viewer=request.viewer, follow_up=follow_up)
    if request.method == "POST" and form.is_valid():
        if form.attempt(workflow.edit_follow_up, follow_up, **form.verb_values()):
            return saved(request, follow_up)
    context = {
        "form": form,
        "follow_up": follow_up,
        "names": names_known(request.viewer),
        "lately": names_lately(request.viewer),
        "conflicts": conflict_lines(form.conflict, request.viewer) if form.conflict else [],
    }
    return render(request, "actions/followup_form.html", context)


def permit(request, verb, follow_up):
    if not permitted(request, verb, follow_up):
        raise PermissionDenied


def saved(request, follow_up):
    messages.success(request, _("Saved."))
    return redirect(*page_of(follow_up))


def verb_page(verb, form_for, title):
    """The page of one verb with a small form: ask, do, go back to the follow-up.

    `form_for(follow_up)` is the class of its form.
    """

    @FORM
    def view(request, ref):
        follow_up = find_follow_up(request, ref)
        permit(request, verb, follow_up)
        form = form_for(follow_up)(request.POST or None, viewer=request.viewer, initial={})
        if request.method == "POST" and form.is_valid():
            if form.attempt(getattr(workflow, verb), follow_up, **form.verb_values()):
                return saved(request, follow_up)
        context = {"form": form, "follow_up": follow_up, "title": title, "verb": verb}
        context["names"] = names_known(request.viewer)
        context["press"] = PRESS.get(verb, title)
        return render(request, "actions/verb_form.html", context)

    return view


PRESS = {
    "update": gettext_lazy("Send the update"),
    "move_due": gettext_lazy("Move the date"),
    "ask_help": gettext_lazy("Tell the coordinators"),
    "assign": gettext_lazy("Give it to them"),
}


def form_of_complete(follow_up):
    return forms.CloseGroupForm if follow_up.is_group else forms.CompleteForm


def always(form):
    return lambda follow_up: form


write_update = verb_page("update", always(forms.UpdateForm), gettext_lazy("Write an update"))
complete = verb_page("complete", form_of_complete, gettext_lazy("Done"))
ask_help = verb_page("ask_help", always(forms.NeedsHelpForm), gettext_lazy("Needs help"))
move_due = verb_page("move_due", always(forms.MoreTimeForm), gettext_lazy("More time"))
assign = verb_page("assign", always(forms.AssignForm), gettext_lazy("Lead and with"))


@require_POST
def reopen(request, ref):
    follow_up = find_follow_up(request, ref)
    permit(request, "reopen", follow_up)
    press(request, workflow.reopen, follow_up)
    return redirect(*page_of(follow_up))


def find_assignment(request, ref):
    rows = Assignment.objects.select_related("follow_up")
    return find_or_404(request, BY_NAME["assignments"], ref, rows)


def answer_page(verb):
    """ "OK, I have it", "Not me", or taking somebody off."""

    @require_POST
    def view(request, ref):
        assignment = find_assignment(request, ref)
        subject, permission = (
            (assignment.follow_up, "actions.unassign_followup")
            if verb == "unassign"
            else (assignment, f"actions.{verb}_assignment")
        )
        if not request.user.has_perm(permission, subject):
            raise PermissionDenied
        press(request, ANSWERS[verb], assignment)
        request.viewer.scope.clear()  # what is given to them is asked anew
        still_seen = FollowUp.objects.visible_to(request.viewer).contains(assignment.follow_up)
        return redirect(*page_of(assignment.follow_up)) if still_seen else redirect("home")

    return view


ANSWERS = {
    "accept": workflow.accept,
    "decline": workflow.decline,
    "unassign": workflow.unassign,
}
accept, decline, unassign = (answer_page(verb) for verb in ANSWERS)
