"""The server is killed while papers are sent: those acknowledged lie there, whole."""

import json
import random
import time
from hashlib import sha256
from threading import Thread

import pytest

from tests.load import LEFT, accounts, send_paper, write
from tests.places import kill

pytestmark = pytest.mark.django_db
FILES = "SELECT stored_as, size, sha256 FROM actions_outputversion"
HALF = """
SELECT count(*) FROM actions_output o WHERE o.newest <>
    (SELECT count(*) FROM actions_outputversion v WHERE v.output_id = o.id)
"""


class Sender:
    """Sends one text after the other until the line breaks, each under a key of its own."""

    def __init__(self, place, token, home, name):
        self.told = (place, token, home)
        self.name, self.kept, self.unsure = name, [], None
        self.thread = Thread(target=self.go_on)
        self.thread.start()

    def go_on(self):
        for number in range(10_000):
            sent = (200_000 + number, f"{self.name}-{number}")
            try:
                status, told = send_paper(*self.told, *sent)
            except LEFT:
                self.unsure = sent
                return
            assert status == 201, told
            self.kept.append(told["versions"][0]["sha256"])


def test_killed_server_keeps_each_paper_whole_or_not_at_all(places, proof):
    rounds, chance = proof.size(1, 30), random.Random(7)
    place = places.filled()
    people = accounts(place, 2)
    server, kept, again = place.serve(), 0, 0
    try:
        home = json.loads(write(place, people[0][0], "Load home")[1])["ref"]
        for number in range(rounds):
            senders = [
                Sender(place, token, home, f"{number}-{each}")
                for each, (token, _session) in enumerate(people)
            ]
            while not all(sender.kept for sender in senders):
                time.sleep(0.01)
            time.sleep(chance.uniform(0, 0.3))
            kill(server)
            for sender in senders:
                sender.thread.join()
            files = place.files()
            rows = place.one(FILES)
            assert {digest for sender in senders for digest in sender.kept} <= {r[2] for r in rows}
            for stored_as, size, digest in rows:
                assert (len(files[stored_as]), digest_of(files[stored_as])) == (size, digest)
            assert place.one(HALF) == [(0,)]
            kept += sum(len(sender.kept) for sender in senders)
            if number + 1 == rounds and rounds == 1:
                break
            server = place.serve()
            for sender in senders:
                again += send_paper(*sender.told, *sender.unsure)[0] == 201
    finally:
        kill(server)
    proof.tell(f"kills while papers were sent, {kept} kept whole, {again} sent again", rounds, 30)


def digest_of(content):
    return sha256(content).hexdigest()
