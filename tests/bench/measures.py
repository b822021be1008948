"""What is measured, against which budget. Each yields `(what, figure, budget, unit)`."""

import json
import os
import subprocess
import sys
from urllib.parse import urlencode, urlsplit

import psycopg2

from programmes.models import Person

from . import limits
from .data import RARE
from .measure import Browser, side_by_side, using

KINDS, STATES = ["webinar", "two_pager"], ["under_way"]
FILTERED = urlencode({"kind": KINDS, "state": STATES}, doseq=True)
ROUNDS = 25
SIGN_IN = 2  # session, and user with person and roles


def cursor_of(connection):
    """A bare psycopg2 cursor on the same database."""
    connection.ensure_connection()
    bare = psycopg2.connect(**connection.get_connection_params())
    bare.autocommit = True
    return bare.cursor()


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
        "search for a rare word on the page": fixed(f"/search/?search={RARE}"),
        "search for a name": fixed(f"{start}?search=shalini+sinha"),
        "overdue": fixed(f"{start}?overdue=true"),
    }


def search(small, large):
    """The page over all nouns: planning its one count of thirty nouns is most of the database's."""
    browser = team_member(large)
    rare, common = f"/search/?search={RARE}", "/search/?search=home-based+workers"
    calls = {each: call(large, browser, each) for each in (rare, common)}
    for address, seconds in side_by_side(calls, ROUNDS).items():
        word = "a rare word" if address == rare else "common words"
        yield f"search page for {word}", seconds * 1000, 150, " ms"
        with using(large):
            found = sorted(browser.in_database(address) for _round in range(ROUNDS))
        yield f"  of it in the database ({word})", found[ROUNDS // 2] * 1000, 150, " ms"


def html(small, large):
    browser, bare = team_member(large), cursor_of(large)
    address = f"/follow-ups/?{FILTERED}"
    times = side_by_side(
        {
            "limit": lambda: limits.page(bare, KINDS, STATES),
            "ours": call(large, browser, address),
        },
        ROUNDS,
    )
    yield "HTML list of 50, filtered, against the limit", times["ours"] / times["limit"], 11, "×"
    with using(large):
        yield "  its queries", browser.queries(address), 2 + 2 + 1 + SIGN_IN, " "
        page = browser.get(address).decode()
        most = max((part.count("<option") for part in page.split("<select")[1:]), default=0)
        yield "  options of its longest select", most, 200, " "


def csv(small, large):
    browser, bare = team_member(large), cursor_of(large)
    times = side_by_side(
        {
            "limit": lambda: limits.copy(bare),
            "ours": call(large, browser, "/follow-ups/?export=csv"),
        },
        rounds=3,
        warm=1,
    )
    yield "CSV of 100 thousand, against COPY", times["ours"] / times["limit"], 2.5, "×"
    grown = peak(large, "csv") - peak(small, "csv")
    yield "  peak memory, 10 to 100 thousand rows", grown, 20, " MB"


def xlsx(small, large):
    browser = team_member(small)
    times = side_by_side(
        {kind: call(small, browser, f"/follow-ups/?export={kind}") for kind in ("csv", "xlsx")},
        rounds=3,
        warm=1,
    )
    yield "XLSX of 10 thousand, against the CSV", times["xlsx"] / times["csv"], 10, "×"
    for what, links in (("", ()), (", its links aside", ("0",))):
        grown = peak(large, "xlsx", *links) - peak(small, "xlsx", *links)
        yield f"  peak memory, 10 to 100 thousand rows{what}", grown, 20, " MB"


def peak(connection, kind, *links) -> float:
    """The most memory (MB) a fresh process took to make the whole file."""
    settings = connection.settings_dict
    account = ":".join(filter(None, (settings["USER"], settings["PASSWORD"])))
    place = f"{settings['HOST']}:{settings['PORT']}/{settings['NAME']}"
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.memory", kind, *links],
        env={**os.environ, "DATABASE_URL": f"postgres://{account}@{place}"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return float(done.stdout)


def home(small, large):
    with using(large):
        for role in ("team", "coordinator"):
            browser = Browser(f"{role}@example.org")
            yield f"home of a busy lead ({role}): queries", browser.queries("/"), 10, " "


def admin(small, large):
    address = "/admin/actions/followup/"
    calls = {}
    for name, connection in (("small", small), ("large", large)):
        with using(connection):
            calls[name] = call(connection, Browser("coordinator@example.org"), address)
    with using(large):
        queries = Browser("coordinator@example.org").queries(address)
    yield "admin change list: queries", queries, 8, " "
    times = side_by_side(calls, ROUNDS // 2)
    yield "  growth ×10", times["large"] / times["small"], 1.5, "×"


def weight(small, large):
    """Over the wire, compressed."""
    browser = team_member(large)
    with using(large):
        for address in ("/", "/follow-ups/"):
            size = len(browser.get(address, accept="gzip")) / 1024
            yield f"page weight of {address}", size, 20, " KB"


ALL = {
    "rest": rest,
    "growth": growth,
    "search": search,
    "html": html,
    "csv": csv,
    "xlsx": xlsx,
    "home": home,
    "admin": admin,
    "weight": weight,
}
