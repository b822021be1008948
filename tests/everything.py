"""All rows of all our tables, to see that something stands again where it stood."""

from django.apps import apps
from django.db import connection

from actions.models import FollowUp
from actions.workflow import refresh_follow_up
from programmes import workflow
from programmes.models import Organisation, Person

MOVES_ON = {"version", "updated_at"}
LOGS = {"programmes_changeset", "programmes_change"}


def rows_of(table):
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        names = [each[0] for each in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    kept = [{n: str(v) for n, v in row.items() if n not in MOVES_ON} for row in rows]
    if "_" in table and "id" in names and set(names) - {"id"} and len(names) == 3:
        kept = [{n: v for n, v in row.items() if n != "id"} for row in kept]  # a through table
    return sorted(kept, key=str)


def everything():
    """All there is in all our tables, but versions and the log."""
    found = {}
    for label in ("programmes", "retreats", "actions"):
        for model in apps.get_app_config(label).get_models(include_auto_created=True):
            table = model._meta.db_table
            if table not in LOGS:
                found[table] = rows_of(table)
    return found


def settled():
    """The same once what is computed of rows that were made here is computed."""
    for model in (Person, Organisation):
        for each in model.objects.all():
            workflow.refresh_search(each)
    for follow_up in FollowUp.objects.all():
        refresh_follow_up(follow_up)
    return everything()
