"""The light page behind a link of a mail: to look at it changes nothing, a press does it once."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers

from programmes.together import FORM

from . import answers, desk

STATUS = {"open": 200, "used": 200, "closed": 200, "old": 410, "gone": 410, "broken": 404}


@FORM
@login_not_required
def answer(request, token):
    try:
        found = answers.read(token)
    except Http404:
        return page(request, {"state": "broken"})
    form = form_of(request, found)
    if request.method == "POST" and found.state == "open" and form.is_valid():
        if form.attempt(found.way.verb, found.record, **form.verb_values()):
            return redirect("answer", token)
    context = {"answer": found, "way": found.way, "state": found.state, "viewer": found.viewer}
    if found.state == "open":
        context["form"] = form
    if found.state != "gone" and found.record:
        (context["row"],) = desk.ROWS.read([found.follow_up.pk], found.viewer)
    return page(request, context)


# The link is what its reader proves themselves with; not every mail program keeps a cookie.
answer.csrf_exempt = True


def page(request, context):
    status = STATUS[context["state"]]
    response = render(request, "actions/answer.html", context, status=status)
    add_never_cache_headers(response)
    return response


def form_of(request, found):
    """The form of the answer; its key is the link's own, so that it is saved once."""
    sent = request.POST.copy() if request.method == "POST" else None
    if sent is not None:
        sent["key"] = found.key
    form = found.way.form(sent, viewer=found.viewer, initial={"key": found.key})
    form.via = "mail"
    return form
