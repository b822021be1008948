"""What is measured, against which budget. Each yields `(what, figure, budget, unit)`."""

import json
from urllib.parse import urlencode, urlsplit

import psycopg2

from programmes.models import Person

from . import limits
from .data import RARE
from .measure import Browser, side_by_side, using

KINDS, STATES = ["webinar", "two_pager"], ["under_way"]
FILTERED = urlencode({"kind": KINDS, "state": STATES}, doseq=True)
ROUNDS = 40
SIGN_IN = 3  # session, user, roles


def cursor_of(connection):
    """A bare psycopg2 cursor on the same database."""
    connection.ensure_connection()
    bare = psycopg2.connect(**connection.get_connection_params())
    bare.autocommit = True
    return psycopg2.connect(connection.connection.dsn).cursor() if False else bare.cursor()


def call(connection, browser, address, accept=""):
    def get():
        with using(connection):
            return browser.get(address, accept)

    return get


def team_member(connection):
    with using(connection):
        return Browser("team@example.org")


def rest(small, large):
    browser, bare = team_member(large), cursor_of(large)
    address = f"/api/v1/follow-ups/?{FILTERED}"
    times = side_by_side(
        {
            "limit": lambda: limits.page(bare, KINDS, STATES),
            "ours": call(large, browser, address),
        },
        ROUNDS,
    )
    yield "REST list of 50, filtered, against the limit", times["ours"] / times["limit"], 2.5, "×"
    with using(large):
        yield "  its queries", browser.queries(address), 2 + 2 + 1 + SIGN_IN, " "


def growth(small, large):
    """How much slower each is with ten times the rows."""
    for what, address in growing(large).items():
        calls = {
            "small": call(small, team_member(small), address(small)),
            "large": call(large, team_member(large), address(large)),
        }
        times = side_by_side(calls, ROUNDS)
        yield (
            f"growth ×10: {what} ({times['large'] * 1000:.0f} ms)",
            (times["large"] / times["small"]),
            1.3,
            "×",
        )


def growing(large):
    start = "/api/v1/follow-ups/"

    def fixed(address):
        return lambda connection: address

    def far(connection):
        with using(connection):
            found = json.loads(team_member(connection).get(f"{start}?page=100&page_size=100"))
        split = urlsplit(found["next"] or found["previous"])
        return f"{split.path}?{split.query}".replace("page_size=100", "page_size=50")

    def by_lead(connection):
        with using(connection):
            slug = Person.objects.order_by("sort_key")[200].slug
        return f"{start}?lead={slug}"

    return {
        "first page": fixed(start),
        "filtered": fixed(f"{start}?{FILTERED}"),
        "far page by cursor": far,
        "by lead": by_lead,
        "search for a rare word": fixed(f"{start}?search={RARE}"),
        "search for a name": fixed(f"{start}?search=shalini+sinha"),
        "overdue": fixed(f"{start}?overdue=true"),
    }


ALL = {"rest": rest, "growth": growth}
