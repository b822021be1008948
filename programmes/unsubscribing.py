"""Switching mails off: on one's own page, by the link of a mail, or by a mail program's button."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from wiego_review.common.middleware import speak_to
from wiego_review.common.signed_links import SignedLink

from . import workflow
from .forms import MailsForm
from .models import MailKind, User
from .together import FORM

OFF = SignedLink("mails-off")
# What RFC 8058 has a mail program send; the button of our own page sends the same.
ONE_CLICK = ("List-Unsubscribe", "One-Click")


def off_link(user, kind) -> str:
    """Switches one kind of mail off, without signing in, for as long as the mail is kept."""
    return OFF.to(str(kind), user.pk)


def headers(user, kind) -> dict:
    """What lets a mail program show a button of its own."""
    return {
        "List-Unsubscribe": f"<{off_link(user, kind)}>",
        "List-Unsubscribe-Post": "=".join(ONE_CLICK),
        "Auto-Submitted": "auto-generated",
    }


@FORM
def mails(request):
    """Which mails come by themselves, to whoever is signed in."""
    start = {f"mails_{kind}": request.user.wants(kind) for kind in MailKind}
    form = MailsForm(request.POST or None, viewer=request.viewer, initial=start)
    if request.method == "POST" and form.is_valid():
        if form.attempt(workflow.set_mails, request.user, **form.verb_values()):
            messages.success(request, _("Saved."))
            return redirect("mails")
    return render(request, "programmes/mails.html", {"form": form})


@FORM
@login_not_required
def mails_off(request, token):
    """One kind of mail is switched off by a press; to look at it changes nothing."""
    kind, pk = OFF.read(token, 1)
    user = User.objects.filter(pk=pk).first()
    if user is None or kind not in MailKind.values:
        raise Http404
    speak_to(user)
    name, (field, pressed) = f"mails_{kind}", ONE_CLICK
    if request.method == "POST" and request.POST.get(field) == pressed and user.wants(kind):
        user = workflow.set_mails(user, by=user, via="mail", **{name: False})
    context = {"kind": MailKind(kind), "wanted": user.wants(kind), "field": field, "value": pressed}
    return render(request, "programmes/mails_off.html", context)


# A mail program has no form of ours: its link is what it proves itself with.
mails_off.csrf_exempt = True
