"""Every door, every role: what it answers, and whose words stand in the answer."""

import csv
import hashlib
import io
import json

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.proofs.doors import METHODS, NOT_ALL, ON_PARENT, SINGLES, address_of, door_of, doors
from tests.proofs.world import Absent, Known, words_in, world
from wiego_review.common import access
from wiego_review.common.access import nouns
from wiego_review.common.listing import listings

pytestmark = pytest.mark.django_db

READERS = {
    "anonymous": None,
    "stranger": [],
    "guest": ["guest"],
    "team": ["team"],
    "coordinator": ["coordinator"],
    "board": ["board"],
    "chair": ["chair"],
    "administrator": ["administrator"],
}
# Screens of the admin that are kept from some who see rows of the noun.
OFFICE = {"user": {"administrator"}}
ANSWERED = (200, 201, 302, 400, 409, 428)
PART = 30  # of the whole, in the suite


class Reader:
    """Somebody at the doors, and the rows of all nouns as they meet them."""

    def __init__(self, role, client_of, board_open=False):
        roles = READERS[role]
        self.role = role
        self.user = None if roles is None else factories.UserFactory(roles=roles)
        self.client = client_of(self.user, board_open) if self.user else Client()
        self.client.raise_request_exception = False
        self.rows = world(role, self.user, board_open)
        self.hidden = {each.word for each in self.rows if not each.seen}

    def ask(self, method, address):
        """`(status, body)`; what it changed is taken back."""
        with transaction.atomic():
            answer = self.client.generic(method, address)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            transaction.set_rollback(True)
        return answer.status_code, body

    def may(self, right, known):
        subject = known.row.follow_up if right in ON_PARENT else known.row
        return right != "nobody" and self.user.has_perm(right, subject)


def status_for(reader, door, method, known):
    """What the declaration wants: a status, or any of `ANSWERED`."""
    if reader.user is None:
        return 401 if door.kind == "rest" else 302
    if door.kind == "admin" and not reader.user.is_staff:
        return 404
    if method not in door.needs:
        return 405
    if door.kind == "admin" and not keeps(reader.user, door.noun):
        return 404
    if not known.seen:
        return 404
    if door.needs[method] and not reader.may(door.needs[method], known):
        return 403
    return (*ANSWERED, 404) if door.name in NOT_ALL else ANSWERED


def keeps(user, noun) -> bool:
    """Whether the noun has screens in the admin for this user."""
    if user is None:
        return False
    return bool(access.grains(noun, user.roles)) and bool(OFFICE.get(noun, user.roles) & user.roles)


def chosen(proof, *words) -> bool:
    """All of them at full size; in the suite a fair part, the same each time."""
    drawn = int(hashlib.sha256(" ".join(words).encode()).hexdigest(), 16)
    return drawn % proof.size(PART, 1) == 0


def methods_of(door):
    return tuple(door.needs) if door.kind == "admin" else METHODS


def tries(reader, proof):
    """`(door, row, method)` of all doors of records."""
    for door in doors():
        if door.single or not door.of_record:
            continue
        rows = [each for each in reader.rows if each.noun == door.noun]
        for known in (*rows, Known(door.noun, "absent", Absent, "", False)):
            for method in methods_of(door):
                if chosen(proof, reader.role, door.name, known.kind, method):
                    yield door, known, method


def fits(status, wanted):
    return status in wanted if isinstance(wanted, tuple) else status == wanted


def missing_bodies(reader):
    return {door: reader.ask("GET", address)[1] for door, address in NOTHING.items()}


NOTHING = {"page": "/follow-ups/X-00000007/", "rest": "/api/v1/follow-ups/X-00000007/"}


@pytest.mark.parametrize("board_open", [False, True])
@pytest.mark.parametrize("role", READERS)
def test_record_answers_as_declared_and_says_nothing_hidden(role, board_open, client_of, proof):
    reader = Reader(role, client_of, board_open)
    missing = missing_bodies(reader)
    wrong, count = [], 0

    for door, known, method in tries(reader, proof):
        status, body = reader.ask(method, address_of(door, known.row))
        wanted = status_for(reader, door, method, known)
        told = (method, door.name, known.kind, status)
        if not fits(status, wanted):
            wrong.append((*told, wanted))
        if words_in(body) & reader.hidden:
            wrong.append((*told, words_in(body) & reader.hidden))
        if (
            status == 404
            and door.kind in missing
            and method == "GET"
            and body != missing[door.kind]
        ):
            wrong.append((*told, "another 404"))
        count += 1

    assert wrong == []
    opened = ", Board matter open" if board_open else ""
    proof.tell(f"records asked for as {role}{opened}", count, 625)


def listed(reader, door):
    """The keys of all rows a list gives, as file; of REST, all its pages one after the other."""
    if door.kind == "rest":
        return rest_keys(reader, reverse(door.name))
    status, body = reader.ask("GET", reverse(door.name) + "?export=csv")
    if status != 200:
        return status
    rows = csv.DictReader(io.StringIO(body.decode("utf-8-sig")))
    return {row.get("ref") or row["slug"] for row in rows}


def rest_keys(reader, address):
    found, address = set(), f"{address}?page_size=100"
    while address:
        status, body = reader.ask("GET", address)
        if status != 200:
            return status
        told = json.loads(body)
        found |= {row.get("ref") or row["slug"] for row in told["results"]}
        address = told["next"] and "/" + told["next"].split("/", 3)[3]
    return found


def has_file(door):
    """Of the admin's lists those that are a list of ours."""
    return door.kind != "admin" or (door.noun in listings and door.name.endswith("_changelist"))


@pytest.mark.parametrize("role", READERS)
def test_list_holds_the_rows_declared_and_no_others(role, client_of, proof):
    reader = Reader(role, client_of)
    wrong, count = [], 0

    for door in doors():
        if door.single or door.of_record or "GET" not in door.needs or not has_file(door):
            continue
        if not chosen(proof, role, door.name, "list"):
            continue
        rows = [each for each in reader.rows if each.noun == door.noun]
        keys = {getattr(each.row, listings[door.noun].lookup): each for each in rows}
        found = listed(reader, door)
        wanted = {key for key, each in keys.items() if each.seen}
        if isinstance(found, int) or wanted != found & set(keys):
            expected = shut(reader, door)
            if found != expected:
                wrong.append((door.name, found if isinstance(found, int) else found & set(keys)))
        count += 1

    assert wrong == []
    proof.tell(f"lists read whole as {role}", count, 60)


def shut(reader, door):
    """The status of a list that is not for this reader at all."""
    if reader.user is None:
        return 401 if door.kind == "rest" else 302
    if door.kind == "admin" and not (reader.user.is_staff and keeps(reader.user, door.noun)):
        return 404
    return None


@pytest.mark.parametrize("role", [role for role in READERS if role != "chair"])
def test_single_page_is_for_whom_it_is_told(role, client_of):
    reader = Reader(role, client_of)
    wrong = []

    for door in doors():
        if door.name not in SINGLES:
            continue
        address = reverse(door.name) if "/" not in door.name else f"/{door.name}"
        status, body = reader.ask("GET", address)
        if (status == 200) != (role in SINGLES[door.name]):
            wrong.append((door.name, status))
        if words_in(body) & reader.hidden:
            wrong.append((door.name, words_in(body) & reader.hidden))

    assert wrong == []


@pytest.mark.parametrize("role", READERS)
def test_side_doors_of_the_admin_lead_nowhere(role, client_of):
    reader = Reader(role, client_of)
    gone = 302 if reader.user is None else 404
    addresses = [
        f"/admin/r/{ContentType.objects.get_for_model(each.row).pk}/{each.row.pk}/"
        for each in reader.rows
        if not each.seen
    ]

    assert {address for address in addresses if reader.ask("GET", address)[0] != gone} == set()


@pytest.mark.parametrize("role", READERS)
def test_admin_lists_the_apps_of_those_who_keep_them(role, client_of):
    reader = Reader(role, client_of)
    staff = reader.user is not None and reader.user.is_staff
    shut = 302 if reader.user is None else 404

    for app in ("programmes", "retreats", "actions"):
        names = [
            noun for noun in nouns.values() if noun.app == app and keeps(reader.user, noun.name)
        ]
        status, body = reader.ask("GET", f"/admin/{app}/")
        assert status == (200 if staff and names else shut)
        assert words_in(body) == set()


def test_route_nobody_told_of_fails():
    pattern, door = door_of("follow-ups/burn/", "followup-burn", None)

    assert (pattern, door) == ("follow-ups/burn/", None)
