"""Whatever is put into an address, a header, a cookie or a form, it is refused in words.

The routes are the resolver's own, the fields of a form those it shows: a new one is tried too.
"""

from urllib.parse import quote, urlencode

import pytest
from django.db import transaction
from django.test import Client

from tests.conftest import make_user
from tests.proofs.test_nothing_read_writes import digests
from tests.routes import keys_of, make_missing, routes
from wiego_review.common.listing import listings

BAD = [
    "\0", "a\0b", b"\xed\xa0\x80", b"\xff", "\u202eevil", "\u200b", "\ufeff", "9" * 400, "-1", "0",
    "1e400", "NaN", "null", "[]", '{"a": 1}', "[" * 100_000, "x" * 10_000, "'; --", "%", "_", "\\",
    "0000-00-00", "9999-99-99", "10000-01-01", "٣", "²", "1_000", "+1", "0x10", "😀" * 60, "İ",
    "F-00000000", "F-ZZZZZZZZ", "../../etc/passwd", "a/b", "//evil.example", "true", "\r\nX-A: b",
]  # fmt: skip
NAMES = {
    "search", "ordering", "page", "page_size", "cursor", "export", "rows", "choose", "whole",
    "next", "line", "retreat", "other", "kind", "year", "q", "p", "o", "e", "_popup", "_to_field",
    "_facets", "_changelist_filters", "term", "app_label", "model_name", "field_name", "nothing",
}  # fmt: skip
HEADERS = (
    "Accept", "Accept-Language", "Accept-Encoding", "Authorization", "Content-Type", "If-Match",
    "If-None-Match", "If-Modified-Since", "Idempotency-Key", "HX-Request", "HX-Current-URL",
    "HX-Target", "HX-Current-URL-URI-AutoEncoded", "Range", "Referer", "Origin", "X-Forwarded-For",
    "X-Forwarded-Proto", "X-CSRFToken", "X-HTTP-Method-Override",
)  # fmt: skip
COOKIES = ("csrftoken", "django_language", "messages")
ROLES = ("coordinator", "administrator", "board_member", "guest")
FINE = {200, 301, 302, 304, 308}
REFUSED = {400, 401, 403, 404, 405, 406, 409, 410, 411, 413, 415, 428, 429}


def names_of(route) -> list[str]:
    """The parameters there are for a list, or for any."""
    found = next((each for each in listings.values() if f"/{each.name}/" == route.address), None)
    return sorted(NAMES | set(found.filterset.base_filters if found else ()))


def in_address(route):
    """`(what, bad)`: each bad value as one parameter, as all of them, and as the key."""
    names = names_of(route)
    everywhere = [*names, names, *(["/", ""] if route.has_key else [])]
    return [(where, bad) for bad in BAD for where in everywhere]


def address_of(route, where, bad):
    if where in ("/", ""):
        return route.at(quote(bad[:2_000], safe=where))
    names, bad = (where, bad[:200]) if isinstance(where, list) else ([where], bad)
    return f"{route.address}?{urlencode([(name, bad) for name in names])}"


def text_of(bad) -> str:
    return bad.encode("utf-8").decode("latin-1") if isinstance(bad, str) else bad.decode("latin-1")


IN_HEADERS = [{name: text_of(bad)} for name in HEADERS for bad in BAD]


def fields_of(answer) -> dict:
    """`{field: value shown}` of the forms of a page, with what a button of ours sends."""
    found = {"answer": "yes", "key": "", "version": "1"}
    told = getattr(answer, "context", None) or {}
    shown = [told[name] for name in ("form", "adminform") if name in told]
    for form in (getattr(each, "form", each) for each in shown):
        for name in getattr(form, "fields", ()):
            value = form[name].value()
            found[form[name].html_name] = "" if value is None else value
    return found


def some(cases, number, place):
    """So many of them, spread over all, others at each place."""
    step = max(len(cases) // number, 1) if number else 1
    return cases[place % step :: step][:number]


class Door:
    """One role's browser, and what it was answered that is no answer."""

    def __init__(self, role):
        self.user = make_user(role)
        make_missing(self.user)
        self.client = Client()
        self.client.force_login(self.user)
        self.session = self.client.cookies["sessionid"].value
        self.routes = routes(keys_of(self.user))
        self.asked, self.wrong = 0, []

    def ask(self, method, address, data=None, headers=None, cookies=None):
        """The answer. Only what was accepted is taken back: at the end all is as it was."""
        sent = {"data": data} if data is not None else {}
        self.client.cookies.clear()
        self.client.cookies.load({"sessionid": self.session, **(cookies or {})})
        with transaction.atomic():
            answer = getattr(self.client, method)(address, headers=headers, **sent)
            if answer.streaming:
                list(answer.streaming_content)
            transaction.set_rollback(answer.status_code == 302)
        if answer.status_code not in FINE | REFUSED:
            self.wrong.append((method, address[:300], str(data)[:300], headers, answer.status_code))
        self.asked += 1
        return answer


@pytest.mark.parametrize("role", ROLES)
def test_whatever_an_address_or_a_header_holds_it_is_answered(role, db, proof):
    number = proof.size(1 if role == "coordinator" else 0, 24)
    door = Door(role)
    before = digests()
    for place, route in enumerate(door.routes):
        for where, bad in some(in_address(route), number, place * 7):
            door.ask("get", address_of(route, where, bad))
        for headers in some(IN_HEADERS, proof.size(0, 12), place):
            door.ask("get", route.address, headers=headers)
    for headers in IN_HEADERS[ROLES.index(role) :: proof.size(16, 4)]:
        door.ask("get", "/follow-ups/", headers=headers)
    for name in COOKIES:
        for bad in BAD:
            door.ask("get", "/", cookies={name: quote(bad)})

    assert door.wrong == []
    assert digests() == before
    proof.tell(f"bad addresses, headers and cookies as {role}", door.asked, 10_000)


@pytest.mark.parametrize("role", ["coordinator", "administrator", "guest"])
def test_whatever_a_form_is_sent_it_is_answered(role, db, proof):
    number = proof.size(1, 40)
    door = Door(role)
    before = digests()
    for place, route in enumerate(door.routes):
        if route.address.startswith("/api/"):
            continue
        shown = fields_of(door.ask("get", route.address))
        whole = [dict.fromkeys(shown, bad) for bad in BAD]
        apart = [shown | {name: bad} for name in shown for bad in BAD]
        for data in some(whole + apart, number, place * 7):
            if door.ask("post", route.address, data).status_code == 405:
                break

    assert door.wrong == []
    assert digests() == before
    proof.tell(f"bad forms as {role}", door.asked, 2_000)
