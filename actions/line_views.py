"""Several follow-ups at once, from pasted lines: looked over first, then saved."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from programmes.parties import names_known

from . import workflow
from .line_forms import LinesForm
from .views import FORM

NOT_YET = gettext_lazy(
    "Nothing is saved yet: some of them want to be looked at. They are open below."
)
NEWEST = "?ordering=-updated_at"


@FORM
def follow_up_lines(request):
    """The text; then its drafts as fields; then they are saved, in one go."""
    if not request.user.has_perm("actions.add_followup"):
        raise PermissionDenied
    start = {"retreat": request.GET.get("retreat", ""), "text": request.GET.get("text", "")}
    form = LinesForm(request.POST or None, viewer=request.viewer, initial=start)
    drafts = []
    if request.method == "POST" and form.is_valid() and "back" not in request.POST:
        drafts = form.drafts()
        if not drafts:
            form.add_error("text", _("There is nothing to be done in these lines."))
        elif "save" in request.POST:
            saved = form.attempt_all(workflow.add_follow_up, drafts)
            if saved:
                return done(request, saved)
            told = _("Tick at least one of them.") if saved == [] else NOT_YET
            form.add_error(None, told)
    again = form.is_bound and not (drafts and "look" in request.POST)
    context = {"form": form, "drafts": drafts, "again": again}
    context["names"] = names_known(request.viewer)
    return render(request, "actions/followup_lines.html", context)


def done(request, saved):
    told = ngettext("Saved: %(number)d follow-up.", "Saved: %(number)d follow-ups.", len(saved))
    messages.success(request, told % {"number": len(saved)})
    return redirect(reverse("follow-ups-list") + NEWEST)
