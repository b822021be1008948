"""Pages that put two records together and take them apart, for the nouns of every floor."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wiego_review.common import floors
from wiego_review.common.forms import VerbForm
from wiego_review.common.pages import find_or_404

from . import workflow

FORM = require_http_methods(["GET", "HEAD", "POST"])


def to_merged(request, listing, record):
    """To the page of the one this became, if the reader may open that."""
    became = find_or_404(request, listing, getattr(record.merged_into, listing.lookup))
    return redirect(listing.page_of(became))


def permitted(user, verb, record) -> bool:
    meta = record._meta
    return user.has_perm(f"{meta.app_label}.{verb}_{meta.model_name}", record)


def one_to(request, listing, key, verb):
    """The record behind a page's address, if the reader may do this to it."""
    record = find_or_404(request, listing, key)
    if not permitted(request.user, verb, record):
        raise PermissionDenied
    return record


def to_sort_out(request, listing, record) -> dict:
    """What a coordinator may sort out about who or what is the same, for the record's page."""
    if not permitted(request.user, "merge", record):
        return {}
    key = getattr(record, listing.lookup)
    return {
        "sorting": {
            "same": reverse(f"{listing.name}-same", args=[key]),
            "noun": record._meta.verbose_name,
            "spellings": hasattr(record, "aliases") and record.aliases.exists(),
            "together": [
                (each, reverse(f"{listing.name}-apart", args=[getattr(each, listing.lookup)]))
                for each in record.merged.all()
            ],
        }
    }


def office_links(request, listing, record) -> list:
    """`(words, address)` of the pages that put a record together with another, or apart."""
    if not hasattr(record, "merged_into") or not permitted(request.user, "merge", record):
        return []
    key = getattr(record, listing.lookup)
    if record.merged_into_id:
        return [(_("Take apart"), reverse(f"{listing.name}-apart", args=[key]))]
    told = to_sort_out(request, listing, record)["sorting"]
    same = _("The same as another %(noun)s") % {"noun": told["noun"]}
    apart = [(_("Take apart: %(name)s") % {"name": each}, at) for each, at in told["together"]]
    return [(same, told["same"]), *apart]


def merge_page(listing, form_class):
    """Two that are one: what would move, then the press that moves it."""

    @FORM
    def view(request, key):
        one = one_to(request, listing, key, "merge")
        if one.merged_into:
            return to_merged(request, listing, one)
        form = form_class(request.POST or None, viewer=request.viewer, one=one)
        context = {"form": form, "one": one, "back": listing.page_of(one)}
        if request.method == "POST" and form.is_valid():
            into = form.cleaned_data["into"]
            if form.is_sure and form.attempt(workflow.merge, one, into=into):
                messages.success(request, _("They are one now."))
                return redirect(listing.page_of(into))
            form.ask()
            moves = floors.preview_of("merge", request.viewer, one, into=into)
            context |= {"into": into, "moves": moves}
        return render(request, "programmes/merge.html", context)

    return view


def apart_page(listing):
    """Take apart again what was put together."""

    @FORM
    def view(request, key):
        one = one_to(request, listing, key, "take_apart")
        if request.method != "POST" and not one.merged_into:
            return redirect(listing.page_of(one))
        form = VerbForm(request.POST or None, viewer=request.viewer)
        if request.method == "POST" and form.is_valid():
            if form.attempt(workflow.take_apart, one):
                messages.success(request, _("They are two again."))
                return redirect(listing.page_of(one))
        title = _("Take apart: %(one)s and %(other)s")
        title %= {"one": one, "other": one.merged_into or "–"}
        back = listing.page_of(one.merged_into or one)
        context = {"form": form, "title": title, "press": _("They are two"), "back": back}
        return render(request, "components/form_page.html", context)

    return view
