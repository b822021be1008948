"""An archive brought back: into an empty database and an empty folder, whole or not at all."""

import json
import os
import shutil
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DataError, IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.models import sql

from . import archive as archives
from .archive import STAGING, Unfit

ROWS = 500
# What every set-up database has before anybody used it.
FROM_THE_START = {
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "django_content_type",
}
NOT_AS_WRITTEN = (*archives.DAMAGED, ValidationError, RecursionError, OverflowError)
ELSEWHERE = (
    "Restore into an empty place: a new database (DATABASE_URL, or on SQLite another VAR_DIR, or "
    "move the file away) and an empty MEDIA_ROOT. Nothing was changed."
)


def restore(path: Path, left_out=(), finish=lambda: None) -> dict:
    """Bring an archive back; `finish()` is called in the same transaction, once all is in.

    Where the archive is of an earlier version, it is called when the tables are as the code's.
    """
    with archives.opened(path) as (archive, manifest):
        refuse_files()
        behind = len(manifest["migrations"]) < len(MigrationLoader(None).graph.nodes)
        models = prepare(archive, manifest, left_out)
        with staged_files(archive, manifest) as put_in_place, transaction.atomic():
            archives.without_limit()
            refuse_rows(models)
            put_rows(archive, manifest, models)
            if not behind:
                finish()
            put_in_place()
    if behind:
        call_command("migrate", verbosity=0)
        finish()
    return manifest


# --- the place ----------------------------------------------------------------------


def refuse_files() -> None:
    if next(archives.files_in_media(), None):
        raise Unfit(f"There are files in {settings.MEDIA_ROOT}. {ELSEWHERE}")


def refuse_rows(models) -> None:
    for table, model in models.items():
        if table not in FROM_THE_START and model._base_manager.exists():
            raise Unfit(f"The database is in use (there are rows in {table}). {ELSEWHERE}")


def prepare(archive, manifest, left_out) -> dict:
    """Set the database up as the archive's was; `{table: model}` as it was there."""
    wanted = {tuple(each) for each in manifest["migrations"]}
    executor = MigrationExecutor(connection)
    loader = executor.loader
    if unknown := sorted(wanted - set(loader.graph.nodes)):
        names = ", ".join(".".join(each) for each in unknown[:3])
        raise Unfit(f"The backup is newer than this code ({names}). Update the code first.")
    there = set(archives.migrations_of(loader))
    if there - wanted:
        raise Unfit(f"The database is set up for a later version than the backup. {ELSEWHERE}")
    models = archives.models_at(loader, wanted, left_out)
    refuse_strange(manifest, models)
    refuse_damaged(archive, models)
    if there:
        refuse_rows(archives.models_at(loader, there, left_out))
    if wanted - there:
        executor.migrate(archives.leaves(loader, wanted))
    return models


def refuse_strange(manifest, models) -> None:
    """What the manifest names is what this code has at those migrations."""
    here = {
        table: [field.attname for field in archives.columns_of(model)]
        for table, model in models.items()
    }
    told = {table: each["columns"] for table, each in manifest["tables"].items()}
    if here != told:
        wrong = sorted(name for name in here | told if here.get(name) != told.get(name))
        raise Unfit(f"The backup's tables are others than this code's: {', '.join(wrong[:5])}.")


# --- rows ---------------------------------------------------------------------------


def put_rows(archive, manifest, models) -> None:
    with connection.cursor() as cursor:
        for table in models:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")  # a model's own
    try:
        for table, model in models.items():
            put_table(archive, table, model)
        connection.check_constraints()
    except (IntegrityError, DataError, OverflowError, ValueError) as problem:
        raise Unfit(f"The rows do not fit together: {problem}. Nothing was changed.") from problem
    with connection.cursor() as cursor:
        for line in connection.ops.sequence_reset_sql(no_style(), list(models.values())):
            cursor.execute(line)  # Django's
    for table, model in models.items():
        if model._base_manager.count() != manifest["tables"][table]["rows"]:
            raise Unfit(f"Not all rows of {table} arrived. Nothing was changed.")


def put_table(archive, table, model) -> None:
    fields = archives.columns_of(model)
    batch = []
    for record in records_of(archive, table, model, fields):
        batch.append(record)
        if len(batch) == ROWS:
            insert(model, fields, batch)
            batch = []
    if batch:
        insert(model, fields, batch)


def refuse_damaged(archive, models) -> None:
    """Every row is read once before anything is made for it."""
    for table, model in models.items():
        for _record in records_of(archive, table, model, archives.columns_of(model)):
            pass


def records_of(archive, table, model, fields):
    with archive.open(archives.table_entry(table)) as lines:
        for number, line in enumerate(lines, start=1):
            try:
                record = record_of(model, fields, json.loads(line))
            except NOT_AS_WRITTEN as problem:
                raise Unfit(
                    f"Row {number} of {table} is not as a backup writes it ({told(problem)}). "
                    "Nothing was changed. Copy the file again from where it was made, or take an "
                    "earlier one."
                ) from problem
            yield record


def told(problem) -> str:
    return " ".join(getattr(problem, "messages", (str(problem),)))


def record_of(model, fields, row):
    values = zip(fields, row, strict=True)
    return model(**{field.attname: value_of(field, value) for field, value in values})


def value_of(field, value):
    """What the column holds. Raises one of NOT_AS_WRITTEN."""
    if value is None:
        if not field.null:
            raise ValueError(f"{field.attname} is missing")
        return None
    found = field.to_python(value)
    if isinstance(found, str) and not isinstance(value, str):
        raise ValueError(f"{field.attname} is no text")
    return found


def insert(model, fields, records) -> None:
    """As they are: no time of now, no key drawn anew."""
    size = connection.ops.bulk_batch_size(fields, records)
    for start in range(0, len(records), size):
        query = sql.InsertQuery(model)
        query.insert_values(fields, records[start : start + size], raw=True)
        query.get_compiler(connection=connection).execute_sql()


# --- files --------------------------------------------------------------------------


@contextmanager
def staged_files(archive, manifest):
    """Lays all files down beside their place; the function given puts them in it.

    Should the block fail after that, they are taken out again.
    """
    root = Path(settings.MEDIA_ROOT)
    staging = root / STAGING
    moved = []

    def put_in_place():
        for each in sorted(staging.iterdir()) if staging.exists() else ():
            os.rename(each, root / each.name)
            moved.append(root / each.name)

    try:
        shutil.rmtree(staging, ignore_errors=True)
        for name in manifest["files"]:
            lay_down(archive, name, staging / name)
        yield put_in_place
    except BaseException as problem:
        for each in moved:
            shutil.rmtree(each) if each.is_dir() else each.unlink()
        if isinstance(problem, OSError):
            told = f"{problem.filename or root}: {problem.strerror or problem}"
            raise Unfit(f"The files cannot be written ({told}). Nothing was changed.") from problem
        raise
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def lay_down(archive, name, path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(archives.file_entry(name)) as source, path.open("wb") as target:
        shutil.copyfileobj(source, target, archives.BYTES)
        target.flush()
        os.fsync(target.fileno())
