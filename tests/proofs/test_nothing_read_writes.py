"""To look at something changes nothing: every route of every role, row for row."""

import re
from hashlib import sha256

import pytest
from django.db import connection
from django.test import Client

from tests.conftest import CAST, make_user, open_board
from tests.routes import keys_of, make_missing, routes

WRITES = re.compile(
    r"\s*(INSERT|UPDATE|DELETE|REPLACE|TRUNCATE|COPY|CREATE|ALTER|DROP)\b|.* FOR UPDATE"
)
# When somebody came in, and what they looked at last, may move.
ASIDE = {"django_session", "programmes_accesstoken"}
WAYS = ("", "?export=csv", "?export=xlsx", "?search=wiego", "?page=2&whole=1")
AUTOCOMPLETE = "?term=a&app_label=actions&model_name=followup&field_name=issue"
ROLES = ("anonymous", *CAST)


@pytest.fixture
def written():
    """The statements that write, as they are made."""
    found = []

    def watch(execute, sql, params, many, context):
        if WRITES.match(sql) and not any(table in sql for table in ASIDE):
            found.append(sql[:200])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield found


def digests() -> dict:
    """`{table: digest of all its rows}`."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.table_names(cursor)) - ASIDE):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows = sorted(map(repr, cursor.fetchall()))
            found[table] = sha256("\n".join(rows).encode()).hexdigest()
    return found


def addresses(route):
    """The address in its ways: as it is, as a file, narrowed, further on."""
    if route.address == "/admin/autocomplete/":
        return [route.address + AUTOCOMPLETE]
    return [route.address] if route.has_key else [route.address + way for way in WAYS]


def looks(role, found, full):
    """`(method, address, headers)` of what a role looks at; more of the coordinator."""
    place = ROLES.index(role)
    asked = [(route, way) for route in found for way in addresses(route)]
    if not full:
        asked = asked[place :: 8 if role == "coordinator" else 25]
    for route, address in asked:
        yield "GET", address, {}
        if full:
            yield "HEAD", address, {}
            if not route.has_key:
                yield "GET", address, {"HX-Request": "true"}


def body_of(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.mark.parametrize("role", ROLES)
def test_to_look_changes_nothing(role, db, written, proof):
    user = make_user("coordinator" if role == "anonymous" else role)
    make_missing(user)
    client, keys = Client(), keys_of(user)
    if role != "anonymous":
        client.force_login(user)
    if role in ("board_member", "chair"):
        open_board(client)
    before = digests()
    written.clear()
    seen = []
    for method, address, headers in looks(role, routes(keys), proof.size(False, True)):
        answer = client.generic(method, address, headers=headers)
        body_of(answer)
        seen.append((address, answer.status_code))
        assert written == [], (method, address)

    assert digests() == before
    assert [each for each in seen if each[1] >= 500] == []
    proof.tell(f"looks of {role} that changed nothing", len(seen), 1_000)
