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
from tests.proofs.doors import (
    EVERYBODY,
    METHODS,
    NOT_ALL,
    ON_PARENT,
    SINGLES,
    address_of,
    door_of,
    doors,
)
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
# Doors of those who see more of a noun than its names.
WHOLE = {"admin:programmes_person_history"}
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
    if not known.seen or (door.name in WHOLE and not sees_whole(reader.user, door.noun)):
        return 404
    if door.needs[method] and not reader.may(door.needs[method], known):
        return 403
    return (*ANSWERED, 404) if door.name in NOT_ALL else ANSWERED


def keeps(user, noun) -> bool:
    """Whether the noun has screens in the admin for this user."""
    if user is None:
        return False
    return bool(access.grains(noun, user.roles)) and bool(OFFICE.get(noun, user.roles) & user.roles)


def sees_whole(user, noun) -> bool:
    return "open" in access.grains(noun, user.roles)


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


def wrong_records(reader, proof, told=""):
    """What doors of records answer that was not declared, or say that is hidden."""
    missing = missing_bodies(reader)
    wrong, count = [], 0
    for door, known, method in tries(reader, proof):
        status, body = reader.ask(method, address_of(door, known.row))
        wanted = status_for(reader, door, method, known)
        asked = (method, door.name, known.kind, status)
        if not fits(status, wanted):
            wrong.append((*asked, wanted))
        if words_in(body) & reader.hidden:
            wrong.append((*asked, words_in(body) & reader.hidden))
        if (
            status == 404
            and door.kind in missing
            and method == "GET"
            and body != missing[door.kind]
        ):
            wrong.append((*asked, "another 404"))
        count += 1
    proof.tell(f"records asked for as {reader.role}{told}", count, 625)
    return wrong


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


def wrong_lists(reader, proof):
    """Lists that hold a row they should not, or lack one."""
    wrong, count = [], 0
    for door in doors():
        if door.single or door.of_record or "GET" not in door.needs or not has_file(door):
            continue
        if not chosen(proof, reader.role, door.name, "list"):
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
    proof.tell(f"lists read whole as {reader.role}", count, 60)
    return wrong


def shut(reader, door):
    """The status of a list that is not for this reader at all."""
    if reader.user is None:
        return 401 if door.kind == "rest" else 302
    if door.kind == "admin" and not (reader.user.is_staff and keeps(reader.user, door.noun)):
        return 404
    return None


def wrong_singles(reader):
    """Single pages that are for others than told."""
    wrong = []
    for door in doors():
        if door.name not in SINGLES or reader.role not in EVERYBODY:
            continue
        address = reverse(door.name) if "/" not in door.name else f"/{door.name}"
        status, body = reader.ask("GET", address)
        if (status == 200) != (reader.role in SINGLES[door.name]):
            wrong.append((door.name, status))
        if words_in(body) & reader.hidden:
            wrong.append((door.name, words_in(body) & reader.hidden))
    return wrong


def wrong_side_doors(reader):
    """Addresses of the admin that lead to a record, and lead a reader to what is hidden."""
    gone = 302 if reader.user is None else 404
    addresses = [
        f"/admin/r/{ContentType.objects.get_for_model(each.row).pk}/{each.row.pk}/"
        for each in reader.rows
        if not each.seen
    ]
    return [address for address in addresses if reader.ask("GET", address)[0] != gone]


def wrong_apps(reader):
    """Contents of the admin that are shown to others than those who keep them."""
    staff = reader.user is not None and reader.user.is_staff
    wrong = []
    for app in ("programmes", "retreats", "actions"):
        names = [
            noun for noun in nouns.values() if noun.app == app and keeps(reader.user, noun.name)
        ]
        wanted = 200 if staff and names else 302 if reader.user is None else 404
        status, body = reader.ask("GET", f"/admin/{app}/")
        if status != wanted or words_in(body):
            wrong.append((app, status, words_in(body)))
    return wrong


@pytest.mark.parametrize("role", READERS)
def test_reader_is_answered_as_declared_and_told_nothing_hidden(role, client_of, proof):
    reader = Reader(role, client_of)

    wrong = {
        "records": wrong_records(reader, proof),
        "lists": wrong_lists(reader, proof),
        "single pages": wrong_singles(reader),
        "side doors": wrong_side_doors(reader),
        "apps of the admin": wrong_apps(reader),
    }

    assert {what: found for what, found in wrong.items() if found} == {}


@pytest.mark.parametrize("role", READERS)
def test_second_step_opens_board_matter_to_the_board_alone(role, client_of, proof):
    reader = Reader(role, client_of, board_open=True)

    assert wrong_records(reader, proof, told=", Board matter open") == []


def test_route_nobody_told_of_fails():
    pattern, door = door_of("follow-ups/burn/", "followup-burn", None)

    assert (pattern, door) == ("follow-ups/burn/", None)
