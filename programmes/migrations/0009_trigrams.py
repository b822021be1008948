from django.db import migrations

from wiego_review.common.trigrams import trigram_index

FOUND_BY_WORDS = (
    "programme",
    "body",
    "organisation",
    "sector",
    "region",
    "city",
    "commitment",
    "plan",
    "fact",
    "planpoint",
    "provision",
    "contradiction",
    "sourcedocument",
)
FOUND_BY_NAME = (
    ("alias", "key"),
    ("person", "sort_key"),
    ("programme", "sort_key"),
    ("body", "sort_key"),
    ("organisation", "sort_key"),
)


class Migration(migrations.Migration):
    dependencies = [("programmes", "0008_search_text")]

    operations = [
        *(trigram_index(f"programmes_{noun}") for noun in FOUND_BY_WORDS),
        *(trigram_index(f"programmes_{noun}", column) for noun, column in FOUND_BY_NAME),
    ]
