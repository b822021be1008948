"""Requests as nobody would type them all: every door with filters, orders, searches, bad values."""

import random
import re
import zipfile
from io import BytesIO
from urllib.parse import urlencode

from django.apps import apps
from django.urls import reverse

from tests.proofs.doors import doors
from wiego_review.common import access
from wiego_review.common.listing import listings

# Those who read nothing that is for the Board only.
LOWER = {
    "stranger": [],
    "guest": ["guest"],
    "team": ["team"],
    "coordinator": ["coordinator"],
    "administrator": ["administrator"],
    "board, not opened": ["board", "chair"],
}
WORDS = (
    *("migration", "r204", "wiego", "supply", "chains", "jane", "barrett", "bellagio", "2017"),
    *("zqsealed", "zqmore", "zqsealedtitlex", "zqsealedname", "bamu", "lead", "street", "the"),
)
BAD = (
    "",
    "-1",
    "x" * 300,
    "0",
    "999999",
    "nobody",
    "2017-13-40",
    "true",
    "%00",
    "\u202e",
    "[]",
    "1e400",
)
EXPORTS = ("csv", "xlsx", "pdf")
# What is drawn anew for each answer.
DRAWN = re.compile(
    rb'(name="(?:csrfmiddlewaretoken|key|sent_key)" value="|"csrfToken": ")[^"]*'
    rb"|<dcterms:(?:created|modified)[^>]*>[^<]*"
)


class Asker:
    """Draws addresses to GET, the same for the same `seed`."""

    def __init__(self, user, seed):
        self.user, self.draw = user, random.Random(seed)
        self.doors = [door for door in doors() if "GET" in door.needs and self.worth(door)]
        self.keys = {}

    def worth(self, door):
        """Some screens answer everybody the same; `readyz` tells how it is just now."""
        return door.name not in ("readyz", "api-schema", "api-docs", "account_logout")

    def addresses(self, number):
        return [self.address() for _each in range(number)]

    def address(self):
        door = self.draw.choice(self.doors)
        if door.single:
            path = "/api/v1/" if "/" in door.name else reverse(door.name)
        else:
            path = reverse(door.name, args=[self.key(door)] if door.of_record else [])
        asked = self.parameters(door)
        return f"{path}?{urlencode(asked)}" if asked else path

    def key(self, door):
        model = apps.get_model(access.nouns[door.noun].app, door.noun)
        if door.noun not in self.keys:
            self.keys[door.noun] = list(model.objects.order_by("pk")[:30])
        record = self.draw.choice([*self.keys[door.noun], None])
        return getattr(record, door.lookup) if record else "X-00000007"

    def parameters(self, door):
        if door.of_record and not door.name.endswith(("-all", "-everything")):
            return []
        found = []
        for _each in range(self.draw.choice((0, 1, 1, 2, 3))):
            found.append(self.parameter(door))
        return found

    def parameter(self, door):
        draw, listing = self.draw, listings.get(door.noun)
        filters = list(listing.filterset.base_filters) if listing else ["search", "kind"]
        name = draw.choice(
            [*filters, *filters, "search", "q", "ordering", "page", "export", "whole", "cursor"]
        )
        return name, self.value(name, listing)

    def value(self, name, listing):
        draw = self.draw
        if name in ("search", "q"):
            return " ".join(draw.sample(WORDS, draw.choice((1, 1, 2, 3))))
        if name == "ordering" and listing:
            return draw.choice(("", "-")) + draw.choice([*listing.orderings])
        if name == "export":
            return draw.choice(EXPORTS)
        if name in ("page", "whole"):
            return draw.choice(("1", "2", "3"))
        return draw.choice([*BAD, *self.likely(name, listing)])

    def likely(self, name, listing):
        """Values the filter knows: its codes, and keys of records."""
        each = listing.filterset.base_filters.get(name) if listing else None
        codes = [str(code) for code, _label in getattr(each, "word_choices", ())]
        keys = [getattr(r, "slug", "") or r.ref for rows in self.keys.values() for r in rows[:3]]
        return [*codes, *keys[:20], "true", "2017", "2017-04-28", *WORDS]


def plain(answer):
    """What an answer says, without what is drawn anew each time."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if body[:2] == b"PK":
        with zipfile.ZipFile(BytesIO(body)) as book:
            body = b"\n".join(name.encode() + book.read(name) for name in sorted(book.namelist()))
    headers = {
        name: value
        for name, value in answer.headers.items()
        if name not in ("Set-Cookie", "Content-Length")
    }
    return answer.status_code, headers, DRAWN.sub(rb"\1", body)
