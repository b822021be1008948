"""All that the schema of REST allows and all sorts that it does not, asked by each role."""

from collections import Counter
from functools import cache

import pytest
from django.db import connection, transaction
from django.test import Client
from drf_spectacular.generators import SchemaGenerator

from tests import factories as make
from tests import schema_cases as cases
from tests.conftest import make_user

ROLES = ("anonymous", "guest", "team_member", "coordinator", "board_member")


def one_of_each():
    """What the real data has none of; the team member leads it, so that verbs are done.

    Under the same keys each time: cases once made for one role fit all.
    """
    leader = make_user("team_member")
    follow_up = make.FollowUpFactory(pk=1, title="A first")
    make.AssignmentFactory(pk=1, follow_up=follow_up, person=leader.person)
    make.UpdateFactory(pk=1, follow_up=follow_up)
    make.OutputFactory(pk=1, follow_up=follow_up)
    return leader


@cache
def edges(credentials):
    """`[(operation, cases at the edges of what it allows)]`: they take seconds to make."""
    told = SchemaGenerator().get_schema(request=None, public=True)
    told = cases.with_known(told, cases.known_keys())
    schema = cases.read(told, credentials=credentials)
    return [(each, cases.counted_out(schema, each)) for each in cases.operations_of(schema)]


def client_of(role, leader):
    client = Client()
    if role != "anonymous":
        client.force_login(leader if role == "team_member" else make_user(role))
    return client


def asked(client, made):
    """`(case, answer)` of each; what a case wrote is taken back."""
    for case in made:
        if sent := cases.prepared(case):
            with transaction.atomic():
                yield case, cases.ask(client, sent)
                transaction.set_rollback(True)


@pytest.mark.parametrize("role", ROLES)
def test_every_role_is_answered_as_the_schema_tells(role, db, proof):
    """At full size each engine is asked the half of the edges that the other is not."""
    on_sqlite = connection.vendor == "sqlite"
    step, number = proof.size((16, 1) if on_sqlite else (80, 0), (2, 2))
    client = client_of(role, one_of_each())
    seen, problems = Counter(), []
    for place, (operation, counted_out) in enumerate(edges(role == "anonymous"), start=on_sqlite):
        start = (place + ROLES.index(role)) % step
        made = counted_out[start::step] + cases.drawn(operation, number, role)
        for case, answer in asked(client, made):
            seen[answer.status_code] += 1
            problems += cases.wrong(case, answer)

    assert problems == []
    assert role != "anonymous" or set(seen) == {401}
    proof.tell(f"cases over the schema as {role} on {connection.display_name}", seen.total(), 3_600)
