"""Every route there is, taken from the resolver, with the keys of real records in its place."""

import re
from dataclasses import dataclass
from datetime import timedelta

from django.contrib import admin
from django.urls import get_resolver
from django.utils import timezone

from actions import answers
from actions.models import OutputVersion
from programmes import workflow
from programmes.unsubscribing import off_link
from retreats.models import IssueLink
from tests import factories as make
from wiego_review.common.listing import listings
from wiego_review.common.viewer import Viewer

# The first part of an address, where it is not the name of a list.
LISTS = {"papers": "outputs", "who": "people"}
KEY = re.compile(r"<(?:\w+:)?\w+>|\(\?P<\w+>[^)]*\)")


@dataclass(frozen=True)
class Route:
    """`pattern` with `<key>` where one is, `address` with that of a record that is there."""

    pattern: str
    address: str

    @property
    def has_key(self) -> bool:
        return "<key>" in self.pattern

    def at(self, key: str) -> str:
        """The address with something else as its key."""
        return "/" + self.pattern.replace("<key>", key)


def walk(resolver=None, start="", space=""):
    """`(pattern, name with its namespace, view)` of all there is in the resolver."""
    for each in (resolver or get_resolver()).url_patterns:
        pattern = start + str(each.pattern)
        if hasattr(each, "url_patterns"):
            yield from walk(each, pattern, f"{each.namespace}:" if each.namespace else space)
        else:
            yield pattern, f"{space}{each.name}" if each.name else "", each.callback


def patterns() -> list[str]:
    """The addresses of the resolver, each key in them written `<key>`."""
    return [plain(KEY.sub("<key>", pattern)) for pattern, _name, _view in walk()]


def plain(pattern) -> str:
    """A regular expression's address without its signs."""
    pattern = pattern.replace("(?:.*/)?", "nothing/")
    return pattern.replace("^", "").replace("$", "").replace("\\Z", "")


def routes(keys: dict) -> list[Route]:
    """All of them; `keys` are `keys_of()`, so that they are made once."""
    return [Route(each, "/" + address_of(each, keys)) for each in patterns()]


def address_of(pattern, keys):
    """The address of a pattern; a new kind of key has to be told of in `keys_of`."""
    if "<key>" not in pattern:
        return pattern
    first, *rest = pattern.split("/")
    if first == "api":
        first = rest[1]
    if f"{first}/{rest[1:2] and rest[1]}" in keys:
        first = f"{first}/{rest[1]}"
    return pattern.replace("<key>", keys[LISTS.get(first, first)])


def make_missing(user) -> None:
    """A follow-up of the user's with all that hangs on one: the real data has not all of it."""
    follow_up = make.FollowUpFactory()
    make.AssignmentFactory(follow_up=follow_up, person=user.person or make.PersonFactory())
    make.UpdateFactory(follow_up=follow_up)
    make.OutputVersionFactory(output=make.OutputFactory(follow_up=follow_up))
    make.IssueLinkFactory()
    make.AliasFactory(person=make.PersonFactory())
    workflow.grant_access(user, name="A sheet", expiry=timedelta(days=1))


def keys_of(user) -> dict:
    """`{list: key}` of a record of each the user sees, if any; `admin/<model>` its number."""
    viewer = Viewer(user)
    found = {"sign-in": "1", "admin": "actions"}
    for listing in listings.values():
        found[listing.name] = getattr(one_of(listing.model, viewer), listing.lookup)
    for model in admin.site._registry:
        found[f"admin/{model._meta.model_name}"] = str(one_of(model, viewer).pk)
    found["files"] = one_of(OutputVersion, viewer).ref
    found["issue-links"] = one_of(IssueLink, viewer).ref
    found["answer"] = link_for(user, one_of(listings["followup"].model, viewer)).split("/")[-2]
    found["mails"] = off_link(user, "monday").split("/")[-2]
    found["account"] = user.auth_token_set.get().token_key
    return found


def link_for(user, follow_up) -> str:
    """The answer from a mail that a follow-up is on track."""
    until = timezone.localdate() + timedelta(days=14)
    return answers.LINK.to("track", user.pk, follow_up.pk, until.toordinal())


def one_of(model, viewer):
    rows = model._base_manager.order_by("pk")
    return model.objects.visible_to(viewer).order_by("pk").first() or rows.first()
