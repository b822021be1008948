from django.db import migrations

from wiego_review.common.trigrams import trigram_index


class Migration(migrations.Migration):
    dependencies = [("actions", "0002_initial")]

    operations = [trigram_index("actions_followup"), trigram_index("actions_decision")]
