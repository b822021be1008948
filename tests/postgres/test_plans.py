"""The lists are answered by their indexes, and the facts load twice without harm."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from actions.models import FollowUp
from wiego_review.common.filters import contains_words
from wiego_review.common.listing import after

pytestmark = pytest.mark.django_db
FIRST = date(2015, 1, 1)
NAMES = " | ".join(["jane barrett", "shalini sinha", "lucia fernandez", "sonia dias"] * 4)


@pytest.fixture
def many(db):
    """Five thousand follow-ups on a thousand days, one of them about Zanzibar."""
    FollowUp.objects.bulk_create(
        FollowUp(
            title=f"Visit {number}",
            due_on=FIRST + timedelta(days=number % 1000),
            search_text=f"visit {number} {'zanzibar' if number == 4321 else 'lima'} " + NAMES,
        )
        for number in range(5_000)
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list('actions_followup_search_text_trigrams')")
        cursor.execute("ANALYZE actions_followup")


def test_search_uses_the_trigram_index(many):
    found = FollowUp.objects.filter(contains_words("search_text", "zanzibar"))

    assert "actions_followup_search_text_trigrams" in found.order_by("due_sort", "pk").explain()
    assert [each.title for each in found] == ["Visit 4321"]


def test_a_page_by_cursor_uses_the_due_index(many):
    keys = ("due_sort", "order", "pk")
    past = after(keys, (date(2017, 6, 5), 1, 1), False)
    page = FollowUp.objects.filter(past).order_by(*keys)[:51]

    plan = page.explain()

    assert "followup_due" in plan
    assert "Sort" not in plan


def test_keys_are_sent_as_one_value():
    keys = list(FollowUp.objects.values_list("pk", flat=True))
    found = FollowUp.objects.filter(pk__among=keys)

    assert found.count() == len(keys)
    assert "ANY" in str(found.query)


def test_load_seeds_again_changes_nothing():
    def rows():
        with connection.cursor() as cursor:
            cursor.execute("SELECT id, version, updated_at FROM actions_followup ORDER BY id")
            return cursor.fetchall()

    before = rows()
    told = StringIO()

    call_command("load_seeds", stdout=told)

    assert rows() == before
    outcomes = {line.split()[-1] for line in told.getvalue().splitlines()}
    assert outcomes == {"same"}
