"""All that the schema of REST allows and all sorts that it does not, asked by each role."""

from collections import Counter

import pytest
from django.db import connection, transaction
from django.test import Client
from drf_spectacular.generators import SchemaGenerator

from tests import factories as make
from tests import schema_cases as cases
from tests.conftest import make_user

ROLES = ("anonymous", "guest", "team_member", "coordinator", "board_member")


def one_of_each():
    """What the real data has none of; the team member leads it, so that verbs are done."""
    leader = make_user("team_member")
    follow_up = make.FollowUpFactory(title="A first")
    make.AssignmentFactory(follow_up=follow_up, person=leader.person)
    make.UpdateFactory(follow_up=follow_up)
    make.OutputFactory(follow_up=follow_up)
    return leader


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
    sample = (16, 1) if connection.vendor == "sqlite" else (80, 0)
    step, number = proof.size(sample, (1, 12))
    client = client_of(role, one_of_each())
    told = SchemaGenerator().get_schema(request=None, public=True)
    told = cases.with_known(told, cases.known_keys())
    schema = cases.read(told, credentials=role == "anonymous")
    seen, problems = Counter(), []
    for place, operation in enumerate(cases.operations_of(schema)):
        made = cases.counted_out(schema, operation, place + ROLES.index(role), step)
        for case, answer in asked(client, made + cases.drawn(operation, number, role)):
            seen[answer.status_code] += 1
            problems += cases.wrong(case, answer)

    assert problems == []
    assert role != "anonymous" or set(seen) == {401}
    proof.tell(f"cases over the schema as {role}", seen.total(), 7_200)
