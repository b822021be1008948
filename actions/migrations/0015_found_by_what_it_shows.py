from django.db import migrations

from wiego_review.common.trigrams import hold_words


class Migration(migrations.Migration):
    dependencies = [
        ("actions", "0014_follow_up_suggestions"),
        ("retreats", "0009_found_by_what_it_shows"),
    ]

    operations = [
        hold_words(
            "actions",
            "decision",
            "title",
            "said_as",
            "number",
            "decided_text",
            "body__name",
            "body__search_text",
            "retreat__name",
            "issue__title",
            "decided_on",
        ),
        hold_words(
            "actions",
            "output",
            "title",
            "note",
            "follow_up__title",
            "session__title",
            "issue__title",
            "retreat__name",
        ),
    ]
