from django.db import migrations

from wiego_review.common.trigrams import trigram_index

FOUND_BY_WORDS = (
    "output",
    "update",
)


class Migration(migrations.Migration):
    dependencies = [("actions", "0011_search_text")]

    operations = [
        *(trigram_index(f"actions_{noun}") for noun in FOUND_BY_WORDS),
    ]
