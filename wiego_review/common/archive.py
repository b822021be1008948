"""One file that holds an installation: all rows as JSON lines, all files, and a manifest.

It names no engine: what SQLite wrote, PostgreSQL reads, and back. The manifest stands last and
holds the migrations, and for each table and file how much there is and its digest.
"""

import json
import os
import zipfile
import zlib
from base64 import b64encode
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

FORMAT = 1
MANIFEST = "manifest.json"
CHUNK = 2000
BYTES = 1 << 20
# Who is signed in on which device stays where it is, and so do cached answers.
LEFT_OUT = {"sessions", "usersessions"}
# Where a restore lays files down before they are in their place.
STAGING = ".restoring"
DAMAGED = (zipfile.BadZipFile, EOFError, NotImplementedError, zlib.error)
DAMAGED += (ValueError, KeyError, TypeError, AttributeError)  # a manifest that is none


class Unfit(Exception):
    """This cannot be backed up or restored; the message says what to do."""


# --- which rows there are -------------------------------------------------------


def migrations_of(loader) -> list:
    """The migrations a database has, of those this code knows. Raises Unfit for others."""
    applied = set(loader.applied_migrations)
    if unknown := sorted(applied - set(loader.graph.nodes)):
        names = ", ".join(".".join(each) for each in unknown[:3])
        raise Unfit(f"The database is newer than this code ({names}). Update the code first.")
    return sorted(applied)


def leaves(loader, nodes) -> list:
    """The last of these migrations in each app."""
    nodes = set(nodes)
    children = {key: loader.graph.node_map[key].children for key in nodes}
    return sorted(
        key
        for key in nodes
        if not any(child.key in nodes and child.key[0] == key[0] for child in children[key])
    )


def models_at(loader, nodes, left_out=()) -> dict:
    """`{table: model}` as they were after these migrations, less what no backup carries."""
    state = loader.project_state(leaves(loader, nodes)).apps
    found = {}
    for model in state.get_models(include_auto_created=True):
        meta = model._meta
        if meta.managed and meta.app_label not in LEFT_OUT and meta.label not in left_out:
            found[meta.db_table] = model
    return dict(sorted(found.items()))


def columns_of(model) -> list:
    """The columns somebody wrote: what the database computes, it computes again."""
    return [field for field in model._meta.concrete_fields if not field.generated]


def lines_of(model):
    """Each row as a line of JSON, in the order of the keys."""
    names = [field.attname for field in columns_of(model)]
    rows = model._base_manager.order_by("pk").values_list(*names)
    for row in rows.iterator(chunk_size=CHUNK):
        text = json.dumps(row, separators=(",", ":"), default=plain)
        yield text.encode("ascii") + b"\n"


def plain(value):
    if isinstance(value, bytes | memoryview):
        return b64encode(value).decode("ascii")
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


@contextmanager
def one_moment():
    """All that is read in the block is as it was when it began, however others write on."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        connection.ensure_connection()
        # Our own transactions begin by locking out other writers: this one only reads.
        connection.connection.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            connection.connection.execute("ROLLBACK")
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            without_limit()
            yield


def without_limit() -> None:
    """Within this transaction a query may take its time."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")


# --- writing ----------------------------------------------------------------------


def write(path: Path, left_out=()) -> dict:
    """Write the archive, which is there only when it is whole; returns its manifest."""
    part = path.with_name(f".{path.name}.part")
    if path.exists():
        raise Unfit(f"{path} is there already. Choose another name.")
    try:
        with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                manifest = fill(archive, left_out, {path.resolve(), part.resolve()})
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)
    except OSError as problem:
        told = problem.strerror or problem
        raise Unfit(f"{path} cannot be written: {told}. No backup was made.") from problem
    finally:
        part.unlink(missing_ok=True)
    return manifest


def fill(archive, left_out, own) -> dict:
    loader = MigrationLoader(connection)
    manifest = {"format": FORMAT, "site": settings.SITE_URL, "engine": connection.vendor}
    with one_moment():
        manifest["made_at"] = timezone.now().isoformat()
        manifest["migrations"] = migrations_of(loader)
        manifest["tables"] = {
            table: put_table(archive, table, model)
            for table, model in models_at(loader, manifest["migrations"], left_out).items()
        }
    # After the rows: a row stands only once its file does.
    manifest["files"] = dict(put_file(archive, path) for path in files_in_media(own))
    archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
    return manifest


def put_table(archive, table, model) -> dict:
    digest, rows = sha256(), 0
    with archive.open(table_entry(table), "w", force_zip64=True) as entry:
        for line in lines_of(model):
            entry.write(line)
            digest.update(line)
            rows += 1
    columns = [field.attname for field in columns_of(model)]
    return {"columns": columns, "rows": rows, "sha256": digest.hexdigest()}


def table_entry(table) -> str:
    return f"tables/{table}.jsonl"


def file_entry(name) -> str:
    return f"files/{name}"


def files_in_media(own=()):
    """The files of this installation, in the order of their names."""
    root = Path(settings.MEDIA_ROOT)
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if name != STAGING)
        for name in sorted(names):
            path = Path(folder, name)
            if path.is_file() and not path.is_symlink() and path.resolve() not in own:
                yield path


def put_file(archive, path) -> tuple:
    """The file's name below the folder of files, and what the manifest says of it."""
    name = path.relative_to(settings.MEDIA_ROOT).as_posix()
    digest, size = sha256(), 0
    with path.open("rb") as source, archive.open(file_entry(name), "w", force_zip64=True) as entry:
        while piece := source.read(BYTES):
            entry.write(piece)
            digest.update(piece)
            size += len(piece)
    return name, {"bytes": size, "sha256": digest.hexdigest()}


# --- reading ----------------------------------------------------------------------


@contextmanager
def opened(path: Path):
    """`(archive, manifest)`, once every byte of it was held against its digest."""
    try:
        archive = zipfile.ZipFile(path)
        manifest = checked(archive)
    except OSError as problem:
        raise Unfit(f"{path} cannot be read: {problem.strerror or problem}.") from problem
    except DAMAGED as problem:
        raise Unfit(
            f"{path} is cut short, damaged or no backup ({problem}). Nothing was changed. "
            "Copy it again from where it was made, or take an earlier one."
        ) from problem
    with archive:
        yield archive, manifest


def checked(archive) -> dict:
    names = archive.namelist()
    if MANIFEST not in names:
        raise zipfile.BadZipFile("it has no manifest")
    manifest = json.loads(archive.read(MANIFEST))
    if manifest.get("format") != FORMAT:
        raise Unfit("This backup was made by another version. Update the code, then restore.")
    wanted = {table_entry(name): told for name, told in manifest["tables"].items()}
    wanted |= {file_entry(name): told for name, told in manifest["files"].items()}
    if sorted(names) != sorted([*wanted, MANIFEST]):
        raise zipfile.BadZipFile("it does not hold what its manifest names")
    for name, told in wanted.items():
        if digest_of(archive, name) != told["sha256"]:
            raise zipfile.BadZipFile(f"{name} is not what was written")
    for name in manifest["files"]:
        if not is_below(name):
            raise zipfile.BadZipFile(f"{name} lies outside")
    return manifest


def is_below(name) -> bool:
    parts = Path(name).parts
    return bool(parts) and ".." not in parts and not Path(name).is_absolute()


def digest_of(archive, name) -> str:
    digest = sha256()
    with archive.open(name) as entry:
        while piece := entry.read(BYTES):
            digest.update(piece)
    return digest.hexdigest()


def made_at(manifest) -> datetime:
    return datetime.fromisoformat(manifest["made_at"])
