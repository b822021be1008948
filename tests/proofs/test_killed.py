"""The server is killed while programs write: what was acknowledged is there, none half done."""

import random
import time

import pytest

from tests.load import HALF, TITLES, WHOLE, Load, accounts
from tests.places import kill

pytestmark = pytest.mark.django_db
WRITERS = 4
BACK_SECONDS = 5


def test_killed_server_loses_no_acknowledged_write(places, proof):
    rounds = proof.size(3, 100)
    chance = random.Random(42)
    place = places.filled()
    people = accounts(place, WRITERS * min(rounds, 10))
    server, quick, acknowledged, sent_again, done_before = place.serve(), 0, 0, 0, 0
    try:
        for number in range(rounds):
            first = number % 10 * WRITERS % len(people)
            load = Load(place, number, people[first : first + WRITERS])
            wait_for_writes(load)
            time.sleep(chance.uniform(0, 0.3))
            kill(server)
            load.stop()
            began = time.monotonic()
            server = place.serve()
            quick += time.monotonic() - began <= BACK_SECONDS

            there = {title for (title,) in place.one(TITLES)}
            assert load.wrong == []
            assert load.kept.keys() - there == set()
            assert not load.refused.keys() & there
            done_before += len(load.unsure.keys() & there)
            assert load.send_again() <= {201}
            check(place, load)
            acknowledged += len(load.kept)
            sent_again += len(load.unsure)
    finally:
        kill(server)
    proof.tell(f"kills, {acknowledged} writes acknowledged and there", rounds, 100)
    proof.tell(
        f"writes sent again after a kill, {done_before} of them done before, each once",
        sent_again,
        rounds,
    )
    proof.tell(f"kills after which it was back within {BACK_SECONDS} s", quick, 100)


def wait_for_writes(load):
    until = time.monotonic() + 60
    while len(load.kept) < WRITERS and time.monotonic() < until:
        time.sleep(0.01)
    assert load.kept


def check(place, load):
    """Each write of the load is there once, with all that belongs to it, and no part of one."""
    sent = load.kept.keys() | load.unsure.keys()
    own = f"Load {load.name} "
    there = sorted(title for (title,) in place.one(TITLES) if title.startswith(own))
    whole = sorted(title for (title,) in place.one(WHOLE) if title.startswith(own))
    assert there == whole == sorted(sent)
    assert place.one(HALF) == [(0,)]
    if place.on_sqlite:
        assert place.one("PRAGMA integrity_check") == [("ok",)]
