"""Words that stand only in what is for the Board: they come out by no door, log or mail."""

import logging

import pytest
import time_machine
from django.apps import apps
from django.contrib import admin
from django.core import mail
from django.db import transaction
from django.urls import reverse

from actions.models import Assignment, FollowUp, OutputVersion
from actions.rounds import send_round
from programmes.models import ChangeSet, Person
from retreats.models import Retreat, Session, StrategicIssue
from tests import factories
from tests.proofs.asking import LOWER, plain
from tests.proofs.doors import METHODS, address_of, doors
from tests.proofs.sealed import seal_open, write_sealed
from tests.proofs.world import words_in
from wiego_review.common import access
from wiego_review.common.record import has_seal

pytestmark = pytest.mark.django_db

MONDAY = "2017-06-12T09:00Z"
PARTS = ("zqsealed", "zqmore", "supply chains", "zqsealedtitle", "retitled")
FILES = ("", "?export=csv", "?export=xlsx", "?whole=1", "?search=zqsealed", "?ordering=-updated_at")


class Listener(logging.Handler):
    """Keeps all that is logged, whoever logs it."""

    def __init__(self):
        super().__init__(level=logging.DEBUG)
        self.lines = []

    def emit(self, record):
        self.lines.append(self.format(record))


@pytest.fixture
def logged():
    listener, root = Listener(), logging.getLogger()
    root.addHandler(listener)
    yield listener.lines
    root.removeHandler(listener)


@pytest.fixture
def canaries(db):
    """Sealed rows on open ones, and a follow-up of Vanessa Pillay's that is sealed since."""
    person = Person.objects.get(name="Vanessa Pillay")
    chair = factories.UserFactory(roles=["chair"])
    write_sealed(chair, [person, Person.objects.get(name="Jane Barrett")])
    turned = FollowUp.objects.filter(sealed=False, assignments__person=person).first()
    seal_open(chair, turned)
    return person


def lists():
    """Every list, in every form it has."""
    for door in doors():
        if not door.single and not door.of_record and "GET" in door.needs:
            for asked in FILES:
                yield "GET", reverse(door.name) + asked


def searches():
    for part in PARTS:
        for path in ("/search/?search=", "/api/v1/search/?search=", "/follow-ups/?lead="):
            yield "GET", path + part


def records():
    """What the sealed rows hang on; and the sealed rows themselves, by every method."""
    near = [
        *(Retreat.objects.filter(slug="bellagio-2017"), Session.objects.all()[:2]),
        *(StrategicIssue.objects.all()[:2], FollowUp.objects.filter(sealed=False)[:3]),
        Person.objects.filter(name__in=["Vanessa Pillay", "Jane Barrett"]),
    ]
    for door in doors():
        if door.single or not door.of_record:
            continue
        model = apps.get_model(access.nouns[door.noun].app, door.noun)
        for record in [each for rows in near for each in rows if type(each) is model]:
            yield "GET", address_of(door, record)
        for record in sealed_of(model):
            yield from ((method, address_of(door, record)) for method in METHODS)


def sealed_of(model):
    if model is OutputVersion:
        return model.objects.filter(output__sealed=True)[:2]
    return model.objects.filter(sealed=True)[:2] if has_seal(model) else []


def relations():
    """Autocomplete of every relation, asked for the canaries."""
    for model in admin.site._registry:
        for field in (*model._meta.fields, *model._meta.many_to_many):
            if field.is_relation and field.related_model in admin.site._registry:
                asked = f"app_label={model._meta.app_label}&model_name={model._meta.model_name}"
                asked += f"&field_name={field.name}&term=zqsealed"
                yield "GET", f"/admin/autocomplete/?{asked}"


def answer_to(client, method, address):
    with transaction.atomic():
        found = plain(client.generic(method, address))
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("role", LOWER)
def test_canary_comes_out_nowhere(role, canaries, client_of, logged, proof):
    user = factories.UserFactory(roles=LOWER[role], person=canaries)
    client = client_of(user)
    client.raise_request_exception = False
    asked = [*lists(), *searches(), *records(), *relations()]
    asked = asked[:: proof.size(18, 1)]

    sung = []
    for method, address in asked:
        status, headers, body = answer_to(client, method, address)
        echoed = {part for part in PARTS if part in address}
        told = words_in(body) | words_in(repr(headers).encode())
        if told - echoed or status >= 500:
            sung.append((method, address, status, told))

    assert sung == []
    assert words_in("\n".join(logged).encode()) == set()
    assert [message.body for message in mail.outbox] == []
    proof.tell(f"answers without a canary, {role}", len(asked), 400)


@pytest.mark.parametrize("role", ["guest", "coordinator", "board, not opened"])
def test_mails_sing_no_canary(role, canaries):
    """All of it late, and newly given: what is open comes, and what is sealed does not."""
    chair = factories.UserFactory(roles=["chair"])
    factories.UserFactory(roles=LOWER[role], person=canaries)
    Assignment.objects.filter(person=canaries).update(given_by=chair, created_at=MONDAY)
    FollowUp.objects.exclude(kind="working_group").update(due_on="2017-06-07", due_until=None)
    ChangeSet.objects.exclude(verb="load").update(at="2017-06-11T12:00Z")

    with time_machine.travel(MONDAY):
        send_round()

    told = "\n".join(f"{each.subject} {each.body} {each.alternatives}" for each in mail.outbox)
    assert words_in(told.encode()) == set()
    assert "Solidarity budgeting" in told


def test_canaries_are_there_to_be_heard(canaries, client_of):
    chair = factories.UserFactory(roles=["chair"])
    client = client_of(chair, board_open=True)

    heard = words_in(plain(client.get("/follow-ups/?export=csv"))[2])

    assert heard >= {"zqsealedretitledx"}


def test_file_of_a_sealed_paper_opens_to_the_board(canaries, client_of):
    client = client_of(factories.UserFactory(roles=["chair"]), board_open=True)
    file = sealed_of(OutputVersion)[0]

    answer = client.get(f"/files/{file.ref}/")

    assert words_in(b"".join(answer.streaming_content)) == {"zqsealedcontentx", "zqmorecontentx"}
