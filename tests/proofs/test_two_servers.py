"""Two server processes over one database: who leaves is out at once, and limits are shared."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from tests.places import Places
from tests.servers import Browser, run, serving

PASSWORD = "seven-quiet-lamps"
PREPARE = """
import json
from datetime import timedelta
from django.core.management import call_command
call_command("migrate", verbosity=0)
from programmes.models import Person, User
from programmes.workflow import add, grant_access
from retreats.models import Participant, Retreat
from django.contrib.auth.hashers import make_password
made = {}
for name, role in (("team", "team"), ("coordinator", "coordinator"), ("guest", "guest")):
    person = add(Person, name=f"The {name}", by=None, via="command")
    user = User.objects.create_user(
        f"{name}@example.org", "seven-quiet-lamps", roles=[role], person=person
    )
    token = grant_access(user, name="A sheet", expiry=timedelta(days=1))
    made[name] = {"user": user.pk, "token": token}
kept = make_password("seven-quiet-lamps")
for number in range(30):
    user = User.objects.create_user(f"phone{number}@example.org", None, roles=["team"])
    User.objects.filter(pk=user.pk).update(password=kept)
retreat = add(Retreat, name="Lima", kind="retreat", by=None, via="command")
guest = Person.objects.get(user=made["guest"]["user"])
seat = add(
    Participant, retreat=retreat, person=guest, capacity="external", attended="yes",
    by=None, via="command",
)
made["retreat"], made["seat"] = retreat.slug, seat.pk
print(json.dumps(made))
"""
CHANGE = """
import json, sys
from django.contrib.auth.models import Group
from programmes.models import User
from programmes.workflow import edit
from retreats.models import Participant
told = json.loads(sys.argv[1])
if "seat" in told:
    edit(Participant.objects.get(pk=told["seat"]), attended="no", by=None, via="command")
else:
    user = User.objects.get(pk=told["user"])
    values = {"is_active": told["active"]} if "active" in told else {
        "groups": list(Group.objects.filter(name__in=told["roles"]))}
    edit(user, **values, by=None, via="command")
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory, django_db_setup):
    places = Places(tmp_path_factory.mktemp("servers"))
    on_sqlite = connection.vendor == "sqlite"
    folder = (places.filled() if on_sqlite else places.on_sqlite()).folder
    made = json.loads(run(folder, PREPARE))
    with serving(folder) as servers:
        yield folder, servers, made


def doors_of(browser, program, servers, address):
    """What each channel answers, on each server: page, file, REST by session, REST by token."""
    found = []
    for server in servers:
        found += [
            browser.status(f"{server}/{address}/"),
            browser.status(f"{server}/{address}/?export=csv"),
            browser.status(f"{server}/{address}/?export=xlsx"),
            browser.status(f"{server}/api/v1/{address}/"),
            program.status(f"{server}/api/v1/{address}/"),
        ]
    return found


def both(made, name, servers):
    """A browser signed in on the first server, and a program with a token."""
    browser = Browser()
    assert browser.sign_in(servers[0], f"{name}@example.org", PASSWORD)[0] == 302
    return browser, Browser(Authorization=f"Token {made[name]['token']}")


def test_who_leaves_is_out_at_the_next_request_on_both_servers(place):
    folder, servers, made = place
    browser, program = both(made, "team", servers)
    before = doors_of(browser, program, servers, "people")

    run(folder, CHANGE, user=made["team"]["user"], active=False)
    after = doors_of(browser, program, servers, "people")
    run(folder, CHANGE, user=made["team"]["user"], active=True)
    again = doors_of(browser, program, servers, "people")

    assert before == [200] * 10
    assert after == [302, 302, 302, 401, 401] * 2
    assert again == after


def test_role_taken_is_gone_at_the_next_request_on_both_servers(place):
    folder, servers, made = place
    browser, program = both(made, "coordinator", servers)
    office = [f"{server}/admin/programmes/person/" for server in servers]
    before = [browser.status(address) for address in office]

    run(folder, CHANGE, user=made["coordinator"]["user"], roles=["team"])
    between = [browser.status(address) for address in office]
    run(folder, CHANGE, user=made["coordinator"]["user"], roles=[])

    assert (before, between) == ([200, 200], [404, 404])
    told = [browser.ask(f"{server}/people/?export=csv")[1] for server in servers]
    rest = [json.loads(each.ask(f"{server}/api/v1/people/")[1]) for server in servers
            for each in (browser, program)]  # fmt: skip
    assert ["The guest" in text for text in told] == [False, False]
    assert [each["count"] for each in rest] == [0] * 4


def test_guest_taken_off_a_retreat_is_out_at_the_next_request(place):
    folder, servers, made = place
    browser, program = both(made, "guest", servers)
    address = f"retreats/{made['retreat']}"

    def doors():
        return [
            each.status(f"{server}/{start}{address}/")
            for server in servers
            for each, start in ((browser, ""), (browser, "api/v1/"), (program, "api/v1/"))
        ] + ["Lima" in browser.ask(f"{server}/retreats/?export=csv")[1] for server in servers]

    before = doors()
    run(folder, CHANGE, seat=made["seat"])

    assert before == [200] * 6 + [True, True]
    assert doors() == [404] * 6 + [False, False]


def test_processes_share_a_limit_that_no_forged_header_resets(place):
    _folder, servers, _made = place
    told = []
    for number in range(12):
        browser = Browser(**{"X-Forwarded-For": f"10.0.0.{number}"})
        _status, page = browser.sign_in(servers[number % 2], "nobody@example.org", "a guess")
        told.append("Too many tries in a row" in page)

    assert told == [False] * 10 + [True] * 2


def test_phones_behind_one_address_sign_in_at_once(place, proof):
    """At full size thirty."""
    _folder, servers, _made = place
    phones = proof.size(10, 30)

    def arrive(number):
        browser = Browser()
        browser.sign_in(servers[number % 2], f"phone{number}@example.org", "mistyped")
        status, where = browser.sign_in(servers[number % 2], f"phone{number}@example.org", PASSWORD)
        return status, where

    with ThreadPoolExecutor(phones) as pool:
        arrived = list(pool.map(arrive, range(phones)))

    assert arrived == [(302, "/")] * phones
    proof.tell("phones behind one address that sign in at once", len(arrived), 30)
