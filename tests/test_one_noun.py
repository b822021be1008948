"""Somebody who reads one noun and no other: nothing of the others is on its pages.

Today's roles see most nouns together. Each part of a page, row and file is asked for itself all the
same, so that a role to come, or a noun kept from one, needs no second look at every page.
"""

from contextlib import suppress
from dataclasses import replace

import pytest
import time_machine
from django.apps import apps
from django.db.models import CharField, F, TextField, Value
from django.db.models.functions import Concat, Length
from django.urls import NoReverseMatch, reverse

from programmes.models import Person
from tests import factories
from tests.proofs.world import PLAIN, word_of, words_in
from wiego_review.common import floors
from wiego_review.common.access import nouns
from wiego_review.common.listing import listings
from wiego_review.common.viewer import Viewer

pytestmark = pytest.mark.django_db

TRIED = 40  # records of a noun that are looked at for their cells and panels


def model_of(noun):
    return apps.get_model(noun.app, noun.name)


def mark(noun):
    """All that is said on rows of the noun ends with its word, and one they all have."""
    word = f" {word_of(noun.name, 'text')} alike"
    model = model_of(noun)
    for each in model._meta.concrete_fields:
        text = isinstance(each, CharField | TextField) and not each.choices
        if not text or each.name in {*PLAIN, "key"} or each.generated:
            continue
        rows = model._base_manager.exclude(**{each.name: ""})
        if each.max_length:
            rows = rows.annotate(long=Length(each.name)).filter(
                long__lte=each.max_length - len(word)
            )
        rows.update(**{each.name: Concat(F(each.name), Value(word))})


def cells_of(record, listing, viewer):
    """What there is to show of a record: its cells that hold something, and its panels."""
    row = listing.rows.read([record.pk], viewer, detail=True)[0]
    panels = floors.panels_of(listing.model._meta.model_name, record, viewer)
    return {name for name, value in row.items() if value} | {panel.title for panel in panels}


def fullest(listing, viewer):
    """As few records as show all there is to show of the noun."""
    found = {}
    for record in listing.model.objects.visible_to(viewer).order_by("pk")[:TRIED]:
        found[record] = cells_of(record, listing, viewer)
    chosen, shown = [], set()
    while more := max(found, key=lambda each: len(found[each] - shown), default=None):
        if not found[more] - shown:
            break
        chosen.append(more)
        shown |= found[more]
    return chosen


def addresses(listing, records):
    meta = listing.model._meta
    yield reverse(f"{listing.name}-list")
    yield reverse(f"{listing.name}-list") + "?export=csv"
    yield f"/api/v1/{listing.name}/"
    for record in records:
        key = getattr(record, listing.lookup)
        yield f"/api/v1/{listing.name}/{key}/"
        with suppress(NoReverseMatch):
            yield listing.page_of(record)
        yield f"/admin/{meta.app_label}/{meta.model_name}/{record.pk}/change/"
        yield f"/admin/{meta.app_label}/{meta.model_name}/{record.pk}/history/"
        for ending in ("all", "same"):
            with suppress(NoReverseMatch):
                yield reverse(f"{listing.name}-{ending}", args=[key])


# Those named on a row of the noun itself are named to whoever reads the row.
PARTIES = {"person", "programme", "body", "organisation"}
NAMED = {
    "followup": {*PARTIES, "assignment", "retreat"},
    "assignment": PARTIES,
    "participant": {"person"},
    "contradiction": {"sourcedocument"},
}


# Pages that gather from all nouns.
GATHERED = (
    *("/", "/account/", "/to-sort-out/", "/follow-ups/new/", "/follow-ups/who-has-how-much/"),
    *("/retreats/compare/", "/search/?search=alike", "/search/?search=alike&export=csv"),
    *("/api/v1/search/?search=alike", "/admin/"),
)


def hangs_on(model, known=()):
    """The nouns a row has foreign keys to, and those they have: they are told with its name."""
    keys = {each.related_model for each in model._meta.concrete_fields if each.many_to_one}
    found = {*known, model}
    for other in keys - found:
        found |= hangs_on(other, found)
    return found


@pytest.fixture
def alone(client_of, monkeypatch):
    """`alone(noun, user)`: a client that reads no other noun from now on."""

    def make(noun, user):
        client = client_of(user)
        for name, each in nouns.items():
            sees = {"coordinator": each.sees["coordinator"]} if name == noun else {}
            monkeypatch.setitem(nouns, name, replace(each, sees=sees))
        return client

    return make


def told_of_others(client, asked, own):
    """`{address: words of other nouns}`, where there are any."""
    found = {}
    for address in asked:
        answer = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if others := words_in(body) - {word_of(noun, "text") for noun in own}:
            found[address] = others
    return found


@pytest.mark.parametrize("noun", listings)
def test_who_reads_one_noun_reads_nothing_of_others(noun, alone):
    user = factories.UserFactory(roles=["coordinator"], person=None)
    listing = listings[noun]
    for each in nouns.values():
        mark(each)
    records = fullest(listing, Viewer(user))
    client = alone(noun, user)

    told = told_of_others(client, addresses(listing, records), {noun, *NAMED.get(noun, ())})

    assert told == {}


# What is named beside a hit of a noun, to whoever reads it.
HITS = {"planpoint": {"city", "sector"}}


@pytest.mark.parametrize("noun", nouns)
@time_machine.travel("2017-06-15 10:00", tick=False)
def test_who_reads_one_noun_meets_no_other(noun, alone):
    user = factories.UserFactory(
        roles=["coordinator"], person=Person.objects.get(name="Vanessa Pillay")
    )
    for each in nouns.values():
        mark(each)
    client = alone(noun, user)

    own = {"person", *HITS.get(noun, ())} | {
        each._meta.model_name for each in hangs_on(model_of(nouns[noun]))
    }
    assert told_of_others(client, GATHERED, own) == {}
