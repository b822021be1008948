"""What is no backup, or would write elsewhere, is refused before anything is read from it."""

import json
import zipfile
from hashlib import sha256

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import BinaryField

from wiego_review.common import archive


def made(path, files, **manifest):
    """An archive with these files, its manifest as told."""
    told = {
        name: {"bytes": len(data), "sha256": sha256(data).hexdigest()}
        for name, data in files.items()
    }
    manifest = {"format": archive.FORMAT, "tables": {}, "files": told, "migrations": []} | manifest
    with zipfile.ZipFile(path, "w") as found:
        for name, data in files.items():
            found.writestr(archive.file_entry(name), data)
        found.writestr(archive.MANIFEST, json.dumps(manifest))
    return path


def refusal(path):
    with pytest.raises(archive.Unfit) as refused, archive.opened(path):
        pass
    return str(refused.value)


@pytest.mark.parametrize(
    "name", ["../outside.txt", "/etc/outside.txt", "papers/../../outside.txt", ""]
)
def test_file_that_would_lie_outside_is_refused(tmp_path, name):
    path = made(tmp_path / "one.zip", {name: b"text"})

    assert f"({name} lies outside)" in refusal(path)


def test_file_below_is_read(tmp_path):
    path = made(tmp_path / "one.zip", {"papers/2017/Über uns.pdf": b"text"})

    with archive.opened(path) as (_found, manifest):
        assert list(manifest["files"]) == ["papers/2017/Über uns.pdf"]


def test_links_and_own_archives_are_left_out(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "kept.txt").write_text("kept")
    (tmp_path / "own.zip").write_bytes(b"PK")
    (tmp_path / "link.txt").symlink_to("/etc/hostname")

    found = archive.files_in_media(own=[(tmp_path / "own.zip").resolve()])

    assert list(found) == [tmp_path / "kept.txt"]


def test_bytes_stand_in_a_table_as_the_database_field_reads_them():
    told = [archive.plain(value) for value in (b"\x00\xff", memoryview(b"\x00\xff"))]
    assert [bytes(BinaryField().to_python(text)) for text in told] == [b"\x00\xff"] * 2


def test_archive_of_another_format_says_what_to_do(tmp_path):
    path = made(tmp_path / "one.zip", {}, format=2)

    assert refusal(path) == (
        "This backup was made by another version. Update the code, then restore."
    )


def test_archive_with_more_than_its_manifest_names_is_refused(tmp_path):
    path = made(tmp_path / "one.zip", {"a.txt": b"a"})
    with zipfile.ZipFile(path, "a") as found:
        found.writestr("files/b.txt", b"b")

    assert "(it does not hold what its manifest names)" in refusal(path)


@pytest.mark.parametrize("text", ["[]", "{", "", '{"format": 1}', '{"format": 1, "tables": 3}'])
def test_manifest_that_is_none_is_refused(tmp_path, text):
    path = tmp_path / "one.zip"
    with zipfile.ZipFile(path, "w") as found:
        found.writestr(archive.MANIFEST, text)

    assert "is cut short, damaged or no backup" in refusal(path)


def test_file_that_is_not_there_says_so(tmp_path):
    path = tmp_path / "none.zip"

    assert refusal(path) == f"{path} cannot be read: No such file or directory."


def test_backup_never_writes_over_another(tmp_path, db):
    path = tmp_path / "one.zip"
    path.write_text("an earlier one")

    with pytest.raises(archive.Unfit) as refused:
        archive.write(path)

    assert str(refused.value) == f"{path} is there already. Choose another name."
    assert path.read_text() == "an earlier one"
    assert [each.name for each in tmp_path.iterdir()] == ["one.zip"]


def test_archive_without_its_manifest_is_refused(tmp_path):
    path = tmp_path / "one.zip"
    with zipfile.ZipFile(path, "w") as found:
        found.writestr("files/a.txt", b"a")

    assert "(it has no manifest)" in refusal(path)


def test_file_that_is_not_what_was_written_is_refused(tmp_path):
    path = made(tmp_path / "one.zip", {"a.txt": b"a"})
    manifest = {"format": archive.FORMAT, "tables": {}, "migrations": []}
    manifest["files"] = {"a.txt": {"bytes": 1, "sha256": sha256(b"b").hexdigest()}}
    with zipfile.ZipFile(path, "w") as found:
        found.writestr("files/a.txt", b"a")
        found.writestr(archive.MANIFEST, json.dumps(manifest))

    assert "(files/a.txt is not what was written)" in refusal(path)


def test_backup_that_cannot_be_written_says_so(tmp_path, db):
    path = tmp_path / "missing" / "one.zip"

    with pytest.raises(archive.Unfit) as refused:
        archive.write(path)

    assert str(refused.value) == (
        f"{path} cannot be written: No such file or directory. No backup was made."
    )


def test_database_newer_than_the_code_is_not_backed_up(tmp_path, db):
    MigrationRecorder(connection).record_applied("programmes", "9999_tomorrow")

    with pytest.raises(archive.Unfit) as refused:
        archive.write(tmp_path / "one.zip")

    assert str(refused.value) == (
        "The database is newer than this code (programmes.9999_tomorrow). Update the code first."
    )
