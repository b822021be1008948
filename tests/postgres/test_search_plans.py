"""A rare word is found through indexes, in whichever noun it stands."""

import pytest
from django.db import connection

from wiego_review.common.search import searchables

pytestmark = pytest.mark.django_db
NO_COLUMN_OF_ITS_OWN = ("person__search_text", "follow_up__search_text", "")


def test_every_column_that_is_searched_has_a_trigram_index():
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename, indexdef FROM pg_indexes WHERE indexdef LIKE '%trgm%'")
        indexed = {(table, told.rpartition("(")[2].split()[0]) for table, told in cursor.fetchall()}

    missing = [
        noun
        for noun, each in searchables.items()
        if each.column not in NO_COLUMN_OF_ITS_OWN
        and (each.model._meta.db_table, each.column) not in indexed
    ]
    assert missing == []
