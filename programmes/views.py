"""Pages of the ground floor, and of one's own account."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wiego_review.common import floors
from wiego_review.common.forms import VerbForm
from wiego_review.common.pages import find_or_404, list_page, press, safe_next

from . import workflow
from .anonymising import TAKEN_OUT
from .documents import part_with, parts_of
from .forms import AccountForm, RenameForm, SplitForm, TokenForm
from .listings import LISTINGS
from .models import AccessToken, Slug
from .models.user import zones
from .pages import record_page
from .proofs import is_fresh, to_prove
from .together import FORM, one_to, permitted, to_merged, to_sort_out

BY_NAME = {listing.name: listing for listing in LISTINGS}
TEMPLATES = {
    "cities": "programmes/city_detail.html",
    "commitments": "programmes/commitment_detail.html",
    "plans": "programmes/plan_detail.html",
}


@require_safe
def noun_list(request, name):
    """The list of any noun of this floor."""
    return list_page(request, BY_NAME[name])


@require_safe
def noun_detail(request, name, slug):
    """The page of one record; a merged one leads to the one it became."""
    listing = BY_NAME[name]
    record = find_or_404(request, listing, slug)
    if getattr(record, "merged_into", None):
        return to_merged(request, listing, record)
    template = TEMPLATES.get(name, "programmes/noun_detail.html")
    more = to_sort_out(request, listing, record) if hasattr(record, "merged_into") else {}
    return record_page(request, listing, slug, template, record=record, **more)


@require_safe
def person_detail(request, slug):
    listing = BY_NAME["people"]
    person = find_or_404(request, listing, slug)
    if person.merged_into:
        return to_merged(request, listing, person)
    may_rename = request.user.has_perm("programmes.rename_person", person)
    may_anonymise = permitted(request.user, "anonymise", person) and person.name != TAKEN_OUT
    return record_page(
        request,
        listing,
        slug,
        "programmes/person_detail.html",
        record=person,
        also=list(person.aliases.visible_to(request.viewer)),
        may_rename=may_rename,
        may_anonymise=may_anonymise,
        **to_sort_out(request, listing, person),
    )


@FORM
def person_rename(request, slug):
    """Set a person's shown name: their own business, or a coordinator's."""
    person = find_or_404(request, BY_NAME["people"], slug)
    if not request.user.has_perm("programmes.rename_person", person):
        raise PermissionDenied
    if person.merged_into:
        return to_merged(request, BY_NAME["people"], person)
    start = {"name": person.name, "version": person.version}
    form = RenameForm(request.POST or None, viewer=request.viewer, initial=start)
    if request.method == "POST" and form.is_valid():
        if form.attempt(workflow.rename, person, name=form.cleaned_data["name"]):
            messages.success(request, _("The name is set."))
            return redirect("people-detail", slug)
    context = {"form": form, "title": _("Set the name"), "back": person_url(person)}
    return render(request, "components/form_page.html", context)


@FORM
def person_anonymise(request, slug):
    """Take the name of somebody who left out of everything, once it is clear what that touches."""
    person = one_to(request, BY_NAME["people"], slug, "anonymise")
    if person.merged_into:
        return to_merged(request, BY_NAME["people"], person)
    form = VerbForm(request.POST or None, viewer=request.viewer)
    if request.method == "POST" and form.is_valid():
        if done := form.attempt(workflow.anonymise, person):
            messages.success(request, _("The name is taken out."))
            return redirect(person_url(done))
    context = {"form": form, "person": person, "back": person_url(person)}
    context["in_the_way"] = floors.preview_of("before_anonymise", request.viewer, person)
    context["touched"] = floors.preview_of("anonymise", request.viewer, person)
    return render(request, "programmes/anonymise.html", context)


def person_url(person):
    return reverse("people-detail", args=[person.slug])


@FORM
def party_spellings(request, name, slug):
    """Say that a spelling is somebody else's."""
    listing = BY_NAME[name]
    one = one_to(request, listing, slug, "edit")
    if one.merged_into:
        return to_merged(request, listing, one)
    aliases = one.aliases.visible_to(request.viewer)
    form = SplitForm(request.POST or None, viewer=request.viewer, one=one, aliases=aliases)
    if request.method == "POST" and form.is_valid():
        alias, to = form.cleaned_data["alias"], form.cleaned_data["to"]
        if not request.user.has_perm("programmes.split_off_alias", alias):
            raise PermissionDenied
        if other := form.attempt(workflow.split_off, alias, to=to):
            messages.success(request, _("“%(name)s” is theirs now.") % {"name": alias})
            return redirect(listing.page_of(other))
    title = _("%(name)s: a spelling is somebody else’s") % {"name": one}
    context = {"form": form, "title": title, "back": listing.page_of(one)}
    return render(request, "components/form_page.html", context)


@FORM
def account(request):
    """One's own zone and language, and access for programs."""
    start = {"timezone": request.user.timezone, "language": request.user.language}
    form = AccountForm(request.POST or None, viewer=request.viewer, initial=start)
    if request.method == "POST" and form.is_valid():
        if form.attempt(workflow.set_account, request.user, **form.verb_values()):
            messages.success(request, _("Saved."))
            return redirect("account")
    person = request.user.person
    may_rename = bool(person) and request.user.has_perm("programmes.rename_person", person)
    context = {"form": form, "zones": sorted(zones()), "may_rename": may_rename}
    return render(request, "programmes/account.html", context)


@FORM
def tokens(request):
    """Access for programs: one's own tokens, and a new one, shown once."""
    form = TokenForm(request.POST or None, viewer=request.viewer, initial={"days": 365})
    secret = None
    if request.method == "POST" and not is_fresh(request):
        return to_prove(request)
    if request.method == "POST" and form.is_valid():
        secret = workflow.grant_access(
            request.user, name=form.cleaned_data["name"], expiry=form.expiry()
        )
        form = TokenForm(viewer=request.viewer, initial={"days": 365})
    own = request.user.auth_token_set.order_by("-created")
    context = {"form": form, "tokens": own, "secret": secret, "fresh": is_fresh(request)}
    return render(request, "programmes/tokens.html", context)


@require_POST
def token_end(request, key):
    token = get_object_or_404(AccessToken, user=request.user, token_key=key)
    workflow.end_access(token)
    messages.success(request, _("“%(name)s” has no access any more.") % {"name": token.name})
    return redirect("tokens")


@require_safe
def document_detail(request, slug):
    """A source document; where its text is attached, the part that holds `?line=`, by lines."""
    document = find_or_404(request, BY_NAME["documents"], slug)
    return record_page(
        request,
        BY_NAME["documents"],
        slug,
        "programmes/document_detail.html",
        record=document,
        parts=parts_of(document.text),
        lines=part_with(document.text, request.GET.get("line", "")),
    )


def answer_page(verb):
    """A yes, a no or "Undo" on what was understood, then back to where it was asked."""

    @require_POST
    def view(request, ref):
        understanding = find_or_404(request, BY_NAME["understood"], ref)
        if not request.user.has_perm(f"programmes.{verb}_understanding", understanding):
            raise PermissionDenied
        told = {"answer": request.POST.get("answer", "")} if verb == "answer" else {}
        press(request, getattr(workflow, verb), understanding, **told)
        return redirect(safe_next(request) or "understood-list")

    return view


understanding_answer, understanding_reopen = (answer_page(verb) for verb in ("answer", "reopen"))


@require_safe
def party(request, slug):
    """The shared slug space: from any slug to the page of whoever bears it."""
    found = get_object_or_404(Slug, slug=slug)
    for name in ("people", "programmes", "bodies", "organisations"):
        listing = BY_NAME[name]
        if getattr(found, f"{listing.model._meta.model_name}_id"):
            find_or_404(request, listing, slug)
            return redirect(f"{name}-detail", slug)
    raise Http404
