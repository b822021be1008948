"""Pages of one's own second step, of proving oneself, and of where one is signed in."""

import time
from urllib.parse import urlencode

from allauth.account.internal.flows.reauthentication import resume_request
from allauth.core.ratelimit import consume, consume_or_429
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wiego_review.common.middleware import BOARD_OPENED, came_from
from wiego_review.common.pages import safe_next

from . import proofs, sessions
from .step_forms import ProofForm
from .together import FORM


@require_safe
def second_step(request):
    """What the reader's second step is, and what can be set up."""
    held = {}
    for each in Authenticator.objects.filter(user_id=request.user.pk).order_by("created_at"):
        held.setdefault(each.type, []).append(each.wrap())
    codes = held.get(Authenticator.Type.RECOVERY_CODES, ())
    context = {
        "app": bool(held.get(Authenticator.Type.TOTP)),
        "passkeys": held.get(Authenticator.Type.WEBAUTHN, ()),
        "codes_left": len(codes[0].get_unused_codes()) if codes else None,
        "needed": request.user.must_have_second_step,
    }
    return render(request, "programmes/second_step.html", context)


@FORM
def prove(request):
    """Who changes how they sign in proves first that it is them."""

    def done():
        return resume_request(request) or redirect("mfa_index")

    enough = not proofs.by_mail_alone(request.user)
    ways = proofs.ways_of(request.user, password_is_enough=enough)
    return ask_proof(request, ways, done, title=_("Is it you?"), press=_("Go on"))


@FORM
def board_open(request):
    """The second step: Board members open what is Board only, for ten minutes."""
    if "board" not in request.user.roles:
        raise Http404
    if request.method == "GET" and not request.GET and (back := came_from(request)):
        return redirect(f"{request.path}?{urlencode({'next': back}, safe='/')}")

    def done():
        request.session[BOARD_OPENED] = time.time()
        messages.success(request, _("What is Board only is open to you here, for ten minutes."))
        return redirect(safe_next(request) or "home")

    ways = proofs.ways_of(request.user)
    words = {"title": _("Open what is Board only"), "press": _("Open"), "opens": True}
    return ask_proof(request, ways, done, **words)


def ask_proof(request, ways, done, **words):
    """Ask for one of these ways to prove oneself; `done()` answers once it was right."""
    form = None
    if request.method == "POST":
        if too_often := consume_or_429(request, action="reauthenticate", user=request.user):
            return too_often
        if "mail" in request.POST and not ways.second:
            send_code(request)
        else:
            form = ProofForm(request.POST, viewer=request.viewer, request=request, ways=ways)
            if form.is_valid():
                return done()
    form = form or ProofForm(viewer=request.viewer, request=request, ways=ways)
    context = {"form": form, "ways": ways, "mailed": proofs.is_mailed(request), **words}
    if ways.passkey:
        context["options"] = dict(begin_authentication(request.user))
    context["back"] = safe_next(request) or reverse("home")
    return render(request, "programmes/prove.html", context)


def send_code(request) -> None:
    """Mail a code, and say so or why not."""
    email = request.user.email
    if not consume(request, action="mailed_code", user=request.user):
        told = _("We sent you several mails already. Wait five minutes, then ask for a new one.")
        messages.error(request, told)
        return
    if proofs.mail_code(request):
        told = _("The code is on its way to %(email)s. It works for 15 minutes.")
        messages.success(request, told % {"email": email})
    else:
        told = _("The mail could not be sent. Try again in a minute, or ask an administrator.")
        messages.error(request, told)


@require_POST
def board_close(request):
    request.session.pop(BOARD_OPENED, None)
    return redirect(safe_next(request) or "home")


@require_safe
def signed_in(request):
    """Where the reader is signed in."""
    found = sessions.of_user(request.user)
    here = request.session.session_key
    context = {
        "here": next((each for each in found if each.session_key == here), None),
        "elsewhere": [each for each in found if each.session_key != here],
    }
    return render(request, "programmes/signed_in.html", context)


@require_POST
def sign_out_there(request, key):
    """End one session, or with `all` every other one."""
    if key == "all":
        sessions.end_all(request.user, but=request.session.session_key)
        messages.success(request, _("You are signed out everywhere else."))
        return redirect("signed-in")
    found = next((each for each in sessions.of_user(request.user) if each.key == key), None)
    if found is None:
        raise Http404
    sessions.end(found)
    messages.success(request, _("You are signed out there."))
    return redirect("signed-in")
