"""Pages on names in words, for the nouns of every floor: who is it, nobody by name, and Undo."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from wiego_review.common.listing import listings
from wiego_review.common.pages import find_or_404, press

from .parties import names_known

PRESSES = {
    "nobody": "take_back_who",
    "in-words": "leave_in_words",
    "waiting": "take_back_words",
}


def itself(record):
    return record


@dataclass(frozen=True)
class NamesInWords:
    """The pages of one noun. `verbs` is the module that has its four verbs and `said_of`;
    `home(record)` is the record on whose page the name stands."""

    listing: object
    verbs: object
    form: type
    home: object = itself

    @property
    def noun(self):
        return self.listing.model._meta

    def permission(self, verb) -> str:
        return f"{self.noun.app_label}.{verb}_{self.noun.model_name}"

    def address(self, name, record) -> str:
        return reverse(f"{self.noun.model_name}-{name}", args=[record.ref])

    def told(self, request, records) -> list[dict]:
        """The names in words on a page, with the presses, for those who may say who it is."""
        if not request.user.has_perm(self.permission("say_who")):
            return []
        return list(filter(None, map(self.entry, records)))

    def entry(self, record) -> dict | None:
        """A name that waits, stays in words, or is somebody since it was said here who."""
        names = [each.name for each in record.known]
        entry = {"words": record.told_as, "names": "; ".join(names)}
        if record.stays_in_words:
            return {**entry, "undo": self.address("waiting", record)}
        if not record.told_as or (names and not self.verbs.said_of(record)):
            return None
        if names:
            return {**entry, "undo": self.address("nobody", record)}
        presses = {"who": self.address("who", record), "leave": self.address("in-words", record)}
        return {**entry, **presses}

    def paths(self) -> list:
        start, noun = f"{self.listing.name}/<str:ref>", self.noun.model_name
        views = {name: self.press_page(verb) for name, verb in PRESSES.items()}
        views["who"] = self.who_page()
        return [path(f"{start}/{n}/", view, name=f"{noun}-{n}") for n, view in views.items()]

    def one_to(self, request, ref, verb):
        record = find_or_404(request, self.listing, ref)
        if not request.user.has_perm(self.permission(verb), record):
            raise PermissionDenied
        return record

    def page_of(self, record) -> str:
        home = self.home(record)
        return listings[home._meta.model_name].page_of(home)

    def who_page(self):
        """Who is it? One of the answers is: nobody by name."""

        @require_http_methods(["GET", "HEAD", "POST"])
        def view(request, ref):
            record = self.one_to(request, ref, "say_who")
            text = record.told_as
            form = self.form(request.POST or None, viewer=request.viewer, text=text)
            if request.method == "POST" and form.is_valid():
                if form.attempt(self.verbs.say_who, record, **form.verb_values()):
                    messages.success(request, _("Saved."))
                    return redirect(self.page_of(record))
            context = {"form": form, "home": self.home(record), "back": self.page_of(record)}
            context["title"] = _("Who is “%(name)s”?") % {"name": text}
            context["press"] = _("This is who it is")
            context["names"] = names_known(request.viewer)
            context["leave"] = self.address("in-words", record)
            return render(request, "programmes/who.html", context)

        return view

    def press_page(self, verb):
        @require_POST
        def view(request, ref):
            record = self.one_to(request, ref, verb)
            press(request, getattr(self.verbs, verb), record)
            return redirect(self.page_of(record))

        return view
