"""Searching within words, quickly, where the database is PostgreSQL."""

from django.db import migrations

from .kept_words import put_words
from .text import search_text


def trigram_index(table: str, column: str = "search_text"):
    """A migration's operation: `contains` on this column finds its rows by an index.

    A `GinIndex` in `Meta` would be a useless B-tree on SQLite.
    """
    name = f"{table}_{column}_trigrams"

    def make(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            schema_editor.execute(  # a migration's own names
                f"CREATE INDEX {name} ON {table} USING gin ({column} gin_trgm_ops)"
            )

    def drop(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP INDEX IF EXISTS {name}")  # a migration's own name

    return migrations.RunPython(make, drop)


def hold_words(app: str, model: str, *paths: str):
    """A migration's operation: the folded words at these paths, for rows that are there."""

    def fill(apps, schema_editor):
        manager = apps.get_model(app, model)._base_manager
        put_words(manager.using(schema_editor.connection.alias).all(), paths)

    return migrations.RunPython(fill, migrations.RunPython.noop)


def fold_words(app: str, model: str, *columns: str):
    """A migration's operation: the folded words of these columns, for rows that are there."""

    def fill(apps, schema_editor):
        rows = apps.get_model(app, model)._base_manager.using(schema_editor.connection.alias)
        for pk, *texts in rows.values_list("pk", *columns).iterator():
            rows.filter(pk=pk).update(search_text=search_text(*texts))

    return migrations.RunPython(fill, migrations.RunPython.noop)
