"""What the main pages weigh over the wire, on the real data."""

import gzip
import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from actions.models import FollowUp

FIRST_VISIT, LATER = 60 * 1024, 20 * 1024
# Of all that the pages link: styles 12 KB; htmx takes most of the scripts.
STYLES, SCRIPTS = 12 * 1024, 24 * 1024
PAGES = (
    "/",
    "/follow-ups/",
    "/follow-ups/?retreat=bellagio-2017&ordering=agreed",
    "/follow-ups/?whole=1",
    "/follow-ups/new/",
    "/follow-ups/lines/",
    "/follow-ups/who-has-how-much/",
    "/issues/",
    "/retreats/",
    "/retreats/bellagio-2017/",
    "/retreats/compare/",
    "/reviews/internal-strategic-review/",
    "/decisions/",
    "/notes/",
    "/people/",
    "/people/vanessa-pillay/",
    "/people/marty-chen/all/",
    "/cities/",
    "/search/?search=wiego",
    "/account/",
)
DESK = ("/admin/", "/admin/actions/decision/")
LINKED = re.compile(rf'(?:href|src)="{re.escape(settings.STATIC_URL)}([^"?]+\.(css|js))')


def over_the_wire(client, address):
    """The compressed page, and what it links: `{name: compressed size}`."""
    answer = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert (answer.status_code, answer["Content-Encoding"]) == (200, "gzip"), address
    names = {name for name, _kind in LINKED.findall(gzip.decompress(answer.content).decode())}
    return len(answer.content), {name: packed(name) for name in names}


def packed(name):
    with open(finders.find(name), "rb") as file:
        return len(gzip.compress(file.read()))


@pytest.fixture
def weights(client_of, coordinator):
    """`{address: (page, {file: size})}` of the main pages."""
    client = client_of(coordinator)
    follow_up = FollowUp.objects.get(title="Formalization")
    one = (f"/follow-ups/{follow_up.ref}/", f"/follow-ups/{follow_up.ref}/update/")
    return {address: over_the_wire(client, address) for address in (*PAGES, *one)}


def test_main_pages_are_light(weights):
    assert {each: page for each, (page, _files) in weights.items() if page >= LATER} == {}
    first = {each: page + sum(files.values()) for each, (page, files) in weights.items()}
    assert {each: size for each, size in first.items() if size >= FIRST_VISIT} == {}


def test_styles_and_scripts_of_all_pages_are_light(weights):
    files = {name: size for _page, found in weights.values() for name, size in found.items()}
    total = dict.fromkeys(("css", "js"), 0)
    for name, size in files.items():
        total[name.rsplit(".", 1)[1]] += size
    assert 0 < total["css"] < STYLES
    assert 0 < total["js"] < SCRIPTS


def test_desk_of_the_board_is_light(client_of, board_member):
    client = client_of(board_member, board_open=True)
    found = {address: over_the_wire(client, address) for address in DESK}
    assert {each: page for each, (page, _files) in found.items() if page >= LATER} == {}
    files = found["/admin/"][1]
    assert found["/admin/"][0] + sum(files.values()) < FIRST_VISIT
