"""PostgreSQL is restarted under load: 200 and 503, and nothing acknowledged is lost."""

import os
import shutil
import signal
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests import postgres_server
from tests.load import HALF, LEFT, TITLES, WHOLE, Load, accounts, ask
from tests.places import Place, kill

WRITERS, BACK_SECONDS = 4, 5
PATHS = (
    "/",
    "/follow-ups/",
    "/people/",
    "/retreats/",
    "/search/?search=ama",
    "/account/",
    "/admin/",
    "/api/v1/",
    "/api/v1/follow-ups/",
    "/api/v1/people/",
)
# As an operator restarts it, and as when it breaks down.
WAYS = (signal.SIGINT, signal.SIGQUIT)


class Server:
    """A PostgreSQL of its own that keeps what it acknowledged, on one port."""

    options = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}

    def __init__(self):
        self.account = postgres_server.ordinary_account()
        self.programs = postgres_server.find_programs()
        self.folder = Path(tempfile.mkdtemp(prefix="restart-", dir="/tmp"))
        if self.account:
            os.chown(self.folder, self.account.pw_uid, self.account.pw_gid)
        postgres_server.create_cluster(self.programs, self.folder, self.account)
        self.port = None
        self.start()

    def start(self):
        arguments = self.programs, self.folder, self.account
        self.process, self.port = postgres_server.start(
            *arguments, own_port=self.port, **self.options
        )

    def stop(self, way=signal.SIGINT):
        self.process.send_signal(way)
        self.process.wait()
        (self.folder / "data" / "postmaster.pid").unlink(missing_ok=True)

    @property
    def url(self):
        return f"postgres://postgres@127.0.0.1:{self.port}/{postgres_server.DATABASE}"


@pytest.fixture
def server():
    found = Server()
    yield found
    if found.process.poll() is None:
        found.stop()
    shutil.rmtree(found.folder, ignore_errors=True)


@pytest.fixture
def place(server, tmp_path):
    found = Place(tmp_path / "place", server.url)
    assert found.run("migrate", "-v0")[0] == 0
    return found


def test_postgresql_restarted_under_load_loses_no_acknowledged_write(server, place, proof):
    rounds = proof.size(2, 20)
    people = accounts(place, WRITERS * min(rounds, 10))
    web, quick, acknowledged, refused, unsure = place.serve(), 0, 0, 0, 0
    try:
        for number in range(rounds):
            first = number % 10 * WRITERS % len(people)
            load = Load(place, number, people[first : first + WRITERS], PATHS)
            wait_for(lambda load=load: len(load.kept) >= WRITERS)
            server.stop(WAYS[number % 2])
            wait_for(lambda load=load: 503 in load.statuses)
            server.start()
            quick += seconds_until_answered(place, people[0][0]) <= BACK_SECONDS
            kept = len(load.kept)
            wait_for(lambda load=load, kept=kept: len(load.kept) >= kept + WRITERS)
            load.stop()

            assert load.wrong == []
            assert set(load.statuses) - {302, 429} == {200, 201, 503}
            assert load.send_again() <= {201}
            check(place, load)
            acknowledged += len(load.kept)
            refused += len(load.refused)
            unsure += len(load.unsure)
    finally:
        kill(web)
    proof.tell(
        f"restarts of PostgreSQL under load, {acknowledged} writes acknowledged and there, "
        f"{refused} told that nothing was saved, {unsure} unsure and sent again",
        rounds,
        20,
    )
    proof.tell(f"restarts after which a 200 came within {BACK_SECONDS} s", quick, 20)


def wait_for(condition):
    until = time.monotonic() + 90
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.01)


def seconds_until_answered(place, token):
    began = time.monotonic()
    while True:
        with suppress(*LEFT):
            headers = {"Authorization": f"Token {token}"}
            if ask(place, "GET", "/api/v1/follow-ups/", headers)[0] == 200:
                return time.monotonic() - began
        assert time.monotonic() - began < 60
        time.sleep(0.05)


def check(place, load):
    """What was told is so: kept ones are there once and whole, refused ones are not there."""
    own = f"Load {load.name} "
    there = sorted(title for (title,) in place.one(TITLES) if title.startswith(own))
    whole = sorted(title for (title,) in place.one(WHOLE) if title.startswith(own))
    assert there == whole == sorted(load.kept.keys() | load.unsure.keys())
    assert place.one(HALF) == [(0,)]
