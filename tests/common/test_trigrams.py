"""What migrations do about words: indexes on PostgreSQL, and the words of rows that are there."""

from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from programmes.models import City
from tests.factories import CityFactory
from wiego_review.common.trigrams import fold_words, trigram_index

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    """As the migrations' own, for what is said in SQL."""

    def execute(statement):
        with connection.cursor() as cursor:
            cursor.execute(statement)

    return SimpleNamespace(connection=connection, execute=execute)


def indexes():
    with connection.cursor() as cursor:
        return set(connection.introspection.get_constraints(cursor, "programmes_city"))


def test_trigram_index_is_made_and_dropped_where_there_are_any(editor):
    made = trigram_index("programmes_city", "country")
    before = indexes()

    made.code(apps, editor)
    there = indexes() - before
    made.reverse_code(apps, editor)

    wanted = {"programmes_city_country_trigrams"} if connection.vendor == "postgresql" else set()
    assert (there, indexes()) == (wanted, before)


def test_words_of_rows_that_are_there_are_folded(editor):
    city = CityFactory(name="Zürich", country="Schweiz")

    fold_words("programmes", "city", "name", "country").code(apps, editor)

    assert City.objects.get(pk=city.pk).search_text == "zurich | schweiz"
