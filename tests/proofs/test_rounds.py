"""Processes that send a round are killed: no mail is missing, and one sent twice has one id."""

from collections import Counter

import pytest

pytestmark = pytest.mark.django_db
WORKERS = 4
# Forks the workers of a round, kills one now and then and begins another in its place. Eleven
# minutes later, when the claims of those killed have lapsed, the round comes again; a week later
# nobody is killed.
PROGRAM = """
import os, random, signal, sys, time
from datetime import date
import time_machine
from django.db import connections, transaction
from actions.rounds import preview, send_round
from programmes.models import Mailing
from tests import factories

people, kills, workers = map(int, sys.argv[1:])
chance = random.Random(42)


def due(number):
    user = factories.UserFactory(email=f"due{number}@example.org", roles=["team"], mails_news=False)
    follow_up = factories.FollowUpFactory(due_on=date(2017, 6, 7), last_word_on=date(2017, 6, 1))
    factories.AssignmentFactory(follow_up=follow_up, person=user.person)
    return user


def begin(moment):
    connections.close_all()
    pid = os.fork()
    if pid == 0:
        with time_machine.travel(moment):
            wrong = send_round()["went wrong"]
        os._exit(min(wrong, 100))
    return pid


def wait_for(count):
    until = time.monotonic() + 1_800
    while Mailing.objects.filter(done_at__isnull=False).count() < count:
        assert time.monotonic() < until
        time.sleep(0.01)


def together(moment):
    return [begin(moment) for _each in range(workers)]


def end(pids):
    assert [os.waitpid(pid, 0)[1] for pid in pids] == [0] * len(pids)


with transaction.atomic():
    users = [due(number) for number in range(people)]
with time_machine.travel("2017-06-12 09:00"):
    assert preview(users[0])  # what each process would have to read first is read here
pids = together("2017-06-12 09:00")
for number in range(kills):
    wait_for((number + 1) * people // (kills + 2))
    time.sleep(chance.uniform(0, 0.05))
    pid = pids.pop(chance.randrange(len(pids)))
    os.kill(pid, signal.SIGKILL)
    print(os.waitpid(pid, 0)[1])
    pids.append(begin("2017-06-12 09:00"))
end(pids)
end(together("2017-06-12 09:15"))
print("quiet")
end(together("2017-06-19 09:00"))
"""
KILLED = "9"


def test_killed_rounds_lose_no_mail_and_double_none_under_another_id(places, server, proof):
    people, kills = proof.size(12, 500), proof.size(2, 20)
    place = places.filled()
    server.start()
    place.more["EMAIL_URL"] = f"smtp://127.0.0.1:{server.port}"

    said = place.python(PROGRAM, str(people), str(kills), str(WORKERS), timeout=3_600)

    assert said == [*[KILLED] * kills, "quiet"]
    weeks = {}
    for mail in server.mails:
        week = mail["Message-ID"].split("-")[1]
        weeks.setdefault(week, {}).setdefault(mail["To"], []).append(mail["Message-ID"])
    assert sorted(weeks) == ["20170612", "20170619"]
    assert {len(found) for found in weeks.values()} == {people}
    assert {len(set(ids)) for found in weeks.values() for ids in found.values()} == {1}
    doubles = Counter(len(ids) - 1 for ids in weeks["20170612"].values())
    assert doubles.keys() <= {0, 1} and doubles[1] <= kills
    assert {len(ids) for ids in weeks["20170619"].values()} == {1}
    proof.tell(f"kills of {WORKERS} processes sending mails, {doubles[1]} sent twice", kills, 20)
    proof.tell("mails due, none missing and none twice without a kill", people, 500)
