"""Searching within words, quickly, where the database is PostgreSQL."""

from django.db import migrations


def trigram_index(table: str, column: str = "search_text"):
    """A migration's operation: `contains` on this column finds its rows by an index.

    A `GinIndex` in `Meta` would be a useless B-tree on SQLite.
    """
    name = f"{table}_{column}_trigrams"

    def make(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            schema_editor.execute(
                f"CREATE INDEX {name} ON {table} USING gin ({column} gin_trgm_ops)"
            )

    def drop(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP INDEX IF EXISTS {name}")

    return migrations.RunPython(make, drop)
