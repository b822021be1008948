"""What is for the Board only changes no answer anybody else gets: not a word, number or header."""

import pytest
import time_machine
from django.db import transaction

from programmes.models import Person
from tests import factories
from tests.proofs.asking import LOWER, Asker, plain
from tests.proofs.sealed import write_sealed
from tests.proofs.world import words_in

pytestmark = pytest.mark.django_db


def answers(client, addresses):
    """What each address answers; what a request writes is taken back."""
    found = []
    for address in addresses:
        with transaction.atomic():
            found.append(plain(client.get(address)))
            transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("role", LOWER)
@time_machine.travel("2017-06-15 10:00", tick=False)
def test_sealed_rows_change_no_answer(role, client_of, proof):
    person = Person.objects.get(name="Vanessa Pillay")
    user = factories.UserFactory(roles=LOWER[role], person=person)
    chair = factories.UserFactory(roles=["chair"])
    client = client_of(user)
    client.raise_request_exception = False
    addresses = Asker(user, f"asked as {role}").addresses(proof.size(60, 2_000))
    before = answers(client, addresses)

    write_sealed(chair, [person, Person.objects.get(name="Jane Barrett")])

    after = answers(client, addresses)
    pairs = zip(addresses, before, after, strict=True)
    assert [address for address, was, now in pairs if was != now] == []
    assert [address for address, now in zip(addresses, after, strict=True) if said(now)] == []
    assert {status for status, _headers, _body in after} >= {200, 404}
    proof.tell(f"answers the same with and without sealed rows, {role}", len(addresses), 2_000)


def said(answer):
    """The canaries in an answer, less those the reader asked for."""
    _status, _headers, body = answer
    return {word for word in words_in(body) if word != "zqsealedtitlex"}


@time_machine.travel("2017-06-15 10:00", tick=False)
def test_sealed_rows_change_what_the_board_reads(client_of):
    person = Person.objects.get(name="Vanessa Pillay")
    chair = factories.UserFactory(roles=["chair"], person=person)
    client = client_of(chair, board_open=True)
    addresses = ["/", "/follow-ups/?export=csv", "/updates/", "/search/?search=zqsealed"]
    before = answers(client, addresses)

    write_sealed(chair, [person])

    after = answers(client, addresses)
    assert [was == now for was, now in zip(before, after, strict=True)] == [False] * 4
