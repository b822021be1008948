"""A backup brought back within one process. Whole installations: `tests/proofs/test_backups.py`."""

import json
import zipfile

import pytest
from django.db import connection

from programmes.models import Person, User
from wiego_review.common import archive, restoring
from wiego_review.common.archive import Unfit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sequences_go_on(db):
    """PostgreSQL sets a sequence outside of the test's transaction: it is put back by hand."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT schemaname, sequencename, last_value FROM pg_sequences")
        before = [(f'"{schema}"."{name}"', at) for schema, name, at in cursor.fetchall() if at]
    yield
    with connection.cursor() as cursor:
        cursor.executemany("SELECT setval(%s::regclass, %s)", before)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    return settings.MEDIA_ROOT


@pytest.fixture
def backup(empty_db, media, tmp_path, team_member):
    """A few rows and two files, backed up."""
    (media / "papers").mkdir()
    (media / "papers" / "one.pdf").write_bytes(b"%PDF\x00one")
    (media / "two.txt").write_text("two")
    path = tmp_path / "one.zip"
    archive.write(path)
    return path


def rows():
    found = {}
    with connection.cursor() as cursor:
        for table in archive_tables():
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = sorted(map(repr, cursor.fetchall()))
    return found


def archive_tables():
    loader = archive.MigrationLoader(connection)
    return archive.models_at(loader, archive.migrations_of(loader))


def files(media):
    found = (path for path in media.rglob("*") if path.is_file())
    return {path.relative_to(media).as_posix(): path.read_bytes() for path in found}


def clear(media):
    """An empty place, set up."""
    with connection.cursor() as cursor:
        for table in archive_tables():
            if table not in restoring.FROM_THE_START:
                cursor.execute(f'DELETE FROM "{table}"')
    for path in sorted(media.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()


def changed(path, name, change):
    """The archive with one entry changed, and its digest told anew."""
    with zipfile.ZipFile(path) as found:
        entries = {each: found.read(each) for each in found.namelist()}
    entries[name] = change(entries[name])
    manifest = json.loads(entries[archive.MANIFEST])
    table = name.removeprefix("tables/").removesuffix(".jsonl")
    if table in manifest["tables"]:
        manifest["tables"][table]["sha256"] = archive.sha256(entries[name]).hexdigest()
        entries[archive.MANIFEST] = json.dumps(manifest).encode()
    with zipfile.ZipFile(path, "w") as made:
        for each, data in entries.items():
            made.writestr(each, data)
    return path


def refusal(path, **options):
    with pytest.raises(Unfit) as refused:
        restoring.restore(path, **options)
    return str(refused.value)


def test_rows_and_files_come_back_as_they_were(backup, media):
    before, there = rows(), files(media)
    clear(media)
    calls = []

    restoring.restore(backup, finish=lambda: calls.append(Person.objects.count()))

    assert (rows(), files(media), calls) == (before, there, [1])
    assert sorted(there) == ["papers/one.pdf", "two.txt"]
    assert not (media / archive.STAGING).exists()


def test_keys_the_database_draws_go_on(backup, media, client_of):
    clear(media)
    restoring.restore(backup)

    user = User.objects.create_user("new@example.org", "x", roles=["team", "guest"])

    assert user.groups.count() == 2


def test_place_with_rows_is_refused(backup, media):
    before = rows()
    for name in ("papers/one.pdf", "two.txt"):
        (media / name).unlink()

    assert refusal(backup).startswith("The database is in use (there are rows in ")
    assert (rows(), files(media)) == (before, {})


def test_place_with_files_is_refused(backup, media):
    assert refusal(backup) == f"There are files in {media}. {restoring.ELSEWHERE}"


def test_archive_of_a_later_version_is_refused(backup, media):
    clear(media)
    later = b'"migrations": [["programmes", "9999_tomorrow"], '
    changed(backup, archive.MANIFEST, lambda data: data.replace(b'"migrations": [', later, 1))

    assert refusal(backup) == (
        "The backup is newer than this code (programmes.9999_tomorrow). Update the code first."
    )


def test_database_of_a_later_version_is_refused(backup, media):
    clear(media)

    def earlier(data):
        manifest = json.loads(data)
        manifest["migrations"] = manifest["migrations"][:-1]
        return json.dumps(manifest).encode()

    changed(backup, archive.MANIFEST, earlier)

    assert refusal(backup) == (
        "The database is set up for a later version than the backup. " + restoring.ELSEWHERE
    )


def test_archive_with_other_tables_is_refused(backup, media):
    clear(media)
    other = b'"columns": [\n    "nickname",'
    changed(
        backup,
        archive.MANIFEST,
        lambda data: data.replace(b'"columns": [', other, 1),
    )

    assert refusal(backup).startswith("The backup's tables are others than this code's: ")


def test_rows_that_do_not_fit_together_are_refused_whole(backup, media):
    clear(media)
    before = rows()
    name = archive.table_entry("programmes_user_groups")

    def of_nobody(data):
        key, _user, group = json.loads(data)
        return json.dumps([key, 4711, group]).encode() + b"\n"

    changed(backup, name, of_nobody)

    assert refusal(backup).startswith("The rows do not fit together: ")
    assert (rows(), files(media)) == (before, {})


def short(row):
    return row[:-1]


def long(row):
    return [*row, 1]


def with_date(row):
    return [5 if str(value).startswith("20") else value for value in row]


def with_number(row):
    return [5 if isinstance(value, str) and "@" in value else value for value in row]


def without_address(row):
    return [None if isinstance(value, str) and "@" in value else value for value in row]


def as_text(row):
    return ["x" if value is True else value for value in row]


def too_large(row):
    return [10**30 if isinstance(value, int) and value is not True else value for value in row]


def as_object(row):
    return {"row": row}


@pytest.mark.parametrize(
    "change",
    [short, long, with_date, with_number, without_address, as_text, too_large, as_object],
)
def test_row_that_is_not_as_a_backup_writes_it_is_refused_whole(backup, media, change):
    clear(media)
    before = rows()

    def changed_row(data):
        return json.dumps(change(json.loads(data))).encode() + b"\n"

    changed(backup, archive.table_entry("programmes_user"), changed_row)

    refused = refusal(backup)

    assert refused.startswith("Row 1 of programmes_user is not as a backup writes it (")
    assert refused.endswith(
        "). Nothing was changed. Copy the file again from where it was made, or take an earlier "
        "one."
    )
    assert (rows(), files(media)) == (before, {})


def test_rows_that_are_missing_are_refused_whole(backup, media):
    clear(media)
    before = rows()
    changed(backup, archive.table_entry("programmes_user_groups"), lambda data: b"")

    assert refusal(backup) == "Not all rows of programmes_user_groups arrived. Nothing was changed."
    assert (rows(), files(media)) == (before, {})


def test_files_are_taken_out_again_where_the_rows_fail_at_last(backup, media):
    clear(media)

    with (
        archive.opened(backup) as (found, manifest),
        pytest.raises(Unfit),
        restoring.staged_files(found, manifest) as put_in_place,
    ):
        put_in_place()
        there = sorted(files(media))
        raise Unfit("the database did not take the rows")

    assert there == ["papers/one.pdf", "two.txt"]
    assert files(media) == {}


def test_files_that_cannot_be_laid_down_are_refused(backup, media):
    clear(media)
    media.rmdir()
    media.write_text("no folder")

    assert refusal(backup).endswith("Nothing was changed.")
    assert Person.objects.count() == 0


def test_left_out_tables_are_in_no_backup(backup):
    with archive.opened(backup) as (_found, manifest):
        tables = set(manifest["tables"])

    assert "django_session" not in tables
    assert {"programmes_user", "programmes_user_groups", "auth_group"} <= tables


def test_rows_come_back_in_portions(backup, media, monkeypatch):
    before = rows()
    clear(media)
    monkeypatch.setattr(restoring, "ROWS", 1)

    restoring.restore(backup)

    assert rows() == before
