from django.db import migrations

from wiego_review.common.trigrams import trigram_index

FOUND_BY_WORDS = (
    "retreat",
    "strategicreview",
    "session",
    "note",
    "suggestion",
    "ballot",
    "ballotoption",
    "strategicissue",
    "reviewinput",
    "reviewstep",
)


class Migration(migrations.Migration):
    dependencies = [("retreats", "0004_search_text")]

    operations = [
        *(trigram_index(f"retreats_{noun}") for noun in FOUND_BY_WORDS),
    ]
