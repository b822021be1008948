"""What a backup holds is what was there, row for row and file for file, under writes too."""

import json
import shutil
import zipfile
from hashlib import sha256

import pytest
from django.db.migrations.loader import MigrationLoader

from wiego_review.common import archive

pytestmark = pytest.mark.django_db
WRITE = """
import sys
from django.core.files.uploadedfile import SimpleUploadedFile
from actions import papers, workflow
from actions.models import FollowUp
from wiego_review.common.files import incoming
name, shared = sys.argv[1], int(sys.argv[2])
number = 0
print("ready", flush=True)
while sys.stdin.readline().strip() == "go":
    for _each in range(4):
        title = f"{name}-{number}"
        file = incoming(SimpleUploadedFile(f"{title}.txt", title.encode() * 50))
        added = workflow.add_follow_up(title=title, by=None, via="command")
        papers.add_output(follow_up=added, file=file, by=None, via="command")
        workflow.update(FollowUp(pk=shared), text=title, by=None, via="command")
        print(title, flush=True)
        number += 1
    print("ready", flush=True)
"""
SHARED = """
from actions import workflow
print(workflow.add_follow_up(title="For all", by=None, via="command").pk)
"""
WRITERS = 2


class Writer:
    """A process that writes and says what it wrote, until it is told to stop."""

    def __init__(self, place, name, shared):
        self.program = place.start("-c", f"import django; django.setup()\n{WRITE}", name, shared)
        self.said = []
        self.until_ready()

    def until_ready(self):
        while (line := self.program.stdout.readline().strip()) != "ready":
            assert line, self.program.stderr.read()
            self.said.append(line)

    def go(self):
        self.program.stdin.write("go\n")
        self.program.stdin.flush()

    def stop(self):
        self.program.communicate("stop\n", timeout=60)


def titles(place):
    rows = place.one("SELECT title FROM actions_followup WHERE title LIKE 'Writer%'")
    return {title for (title,) in rows}


def whole(place, shared):
    """Whether each write is there with all that belongs to it, and as often."""
    counted = place.one(
        f"""
        SELECT (SELECT count(*) FROM actions_update WHERE follow_up_id = {shared}),
            (SELECT version FROM actions_followup WHERE id = {shared}),
            (SELECT count(*) FROM programmes_change WHERE object_id = {shared}),
            (SELECT count(*) FROM actions_followup f WHERE title LIKE 'Writer%' AND NOT EXISTS (
                SELECT 1 FROM programmes_change c JOIN programmes_changeset s
                ON s.id = c.change_set_id WHERE c.object_id = f.id))
        """
    )
    ((updates, version, changes, orphans),) = counted
    return updates >= len(titles(place)) and version == changes and orphans == 0


def papers_whole(place):
    """The names of the files that rows tell of; each lies there as its row says."""
    rows = place.one("SELECT name, stored_as, sha256 FROM actions_outputversion")
    files = place.files()
    digests = {name: sha256(files[stored_as]).hexdigest() for name, stored_as, _sha256 in rows}
    assert digests == {name: digest for name, _stored_as, digest in rows}
    return set(digests)


def told(path):
    """What an archive holds, as its manifest tells it."""
    with archive.opened(path) as (_archive, manifest):
        return {name: manifest[name] for name in ("tables", "files", "migrations")}


def content(path):
    """The same as it reads: PostgreSQL has an order of its own for the keys within a JSON."""
    with archive.opened(path) as (found, manifest):
        entries = {name: archive.table_entry(name) for name in manifest["tables"]}
        rows = {
            name: [json.loads(line) for line in found.read(entry).splitlines()]
            for name, entry in entries.items()
        }
        return rows, manifest["files"]


def counted(place, tables):
    return {name: len(rows) for name, rows in place.rows(tables).items()}


def restored(place, path):
    code, said, complained = place.run("restore", path)
    assert (code, complained) == (0, []), complained
    assert said[-2:] == [
        "All of it is back. Everybody signs in again.",
        "This copy sends no mail: `send_mail on` allows it, once it is the one people use.",
    ]
    return place


def back_up(place, path):
    code, _said, complained = place.run("backup", path)
    assert (code, complained) == (0, [])
    return path


def test_backup_under_writes_is_one_moment_and_comes_back_the_same(places, tmp_path, proof):
    rounds = proof.size(1, 20)
    place = places.filled()
    (shared,) = place.python(SHARED)
    for number in range(rounds):
        own = f"Writer{number:02}"
        writers = [Writer(place, f"{own}{each}", shared) for each in range(WRITERS)]
        for writer in writers:
            writer.go()
            writer.until_ready()
        before = {title for writer in writers for title in writer.said}
        for writer in writers:
            writer.go()
        path = back_up(place, tmp_path / f"during-{number}.zip")
        for writer in writers:
            writer.until_ready()
        ended = {title for writer in writers for title in writer.said}
        for writer in writers:
            writer.go()
            writer.until_ready()
            writer.stop()

        copy = restored(places.empty(), path)
        assert {title for title in titles(copy) if title.startswith(own)} >= before
        assert titles(copy) <= {t for t in titles(place) if t in ended or not t.startswith(own)}
        assert whole(copy, shared) and whole(place, shared)
        files = papers_whole(copy)
        assert {f"{title}.txt" for title in before} <= files
        assert files <= {f"{title}.txt" for title in titles(copy)}
        assert told(back_up(copy, tmp_path / f"again-{number}.zip")) == told(path)

        quiet = back_up(place, tmp_path / f"quiet-{number}.zip")
        same = restored(places.empty(), quiet)
        tables = told(quiet)["tables"]
        assert same.rows(tables) == place.rows(tables)
        assert same.files() == place.files()
        for each in (copy, same):
            each.take_down()
    proof.tell("backups made under writes and restored, row for row and file for file", rounds, 20)


def test_backup_of_an_earlier_version_is_brought_up_to_date(places, tmp_path):
    """The tables as they were then take the rows, then the later migrations change them."""
    early, place = places.filled(), places.empty()
    for each in (early, place):
        assert each.run("migrate", "-v0", "programmes", "0011")[0] == 0
    path = back_up(early, tmp_path / "early.zip")

    restored(place, path)

    held = place.one("SELECT mail_held_since IS NOT NULL FROM programmes_installation")
    tables = told(path)["tables"]
    then = {tuple(each) for each in told(path)["migrations"]}
    now = {tuple(row) for row in place.one("SELECT app, name FROM django_migrations")}
    assert ("programmes", "0012_installation") in now - then
    assert now == set(MigrationLoader(None).graph.nodes)
    assert [bool(yes) for (yes,) in held] == [True]
    assert counted(place, tables) == counted(early, tables)


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.99])
def test_backup_cut_short_is_refused_and_changes_nothing(places, tmp_path, kept):
    path = tmp_path / "cut.zip"
    archive_of_few(path)
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * kept)])

    with pytest.raises(archive.Unfit) as refused, archive.opened(path):
        pass

    assert str(refused.value) == (
        f"{path} is cut short, damaged or no backup (File is not a zip file). Nothing was "
        "changed. Copy it again from where it was made, or take an earlier one."
    )


def archive_of_few(path):
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("manifest.json", "{}")


def changed(path, change):
    """The archive anew, each entry as `change(name, data)` gives it; None leaves it out."""
    with zipfile.ZipFile(path) as found:
        entries = {name: found.read(name) for name in found.namelist()}
    with zipfile.ZipFile(path, "w") as made:
        for name, data in entries.items():
            if (data := change(name, data)) is not None:
                made.writestr(name, data)


def shorten(path):
    """The first row of people without its last value, and its digest told anew."""
    digests = []

    def change(name, data):
        if name == archive.table_entry("programmes_person"):
            digests.append(archive.sha256(data).hexdigest().encode())
            first, rest = data.split(b"\n", 1)
            data = json.dumps(json.loads(first)[:-1]).encode() + b"\n" + rest
            digests.append(archive.sha256(data).hexdigest().encode())
        return data.replace(*digests) if name == archive.MANIFEST else data

    changed(path, change)
    return path


def known_migrations():
    return MigrationLoader(None).graph.nodes


ELSEWHERE = (
    "Restore into an empty place: a new database (DATABASE_URL, or on SQLite another VAR_DIR, "
    "or move the file away) and an empty MEDIA_ROOT. Nothing was changed."
)
AGAIN = "Nothing was changed. Copy {} again from where it was made, or take an earlier one."


def test_restore_into_a_place_in_use_is_refused_and_changes_nothing(places, tmp_path):
    """One with rows, then with files as well."""
    place = places.filled()
    path = back_up(place, tmp_path / "good.zip")
    before = place.rows()

    in_use = place.run("restore", path)
    place.media.mkdir()
    (place.media / "paper.pdf").write_text("ours")
    with_files = place.run("restore", path)

    assert (in_use[0], with_files[0]) == (1, 1)
    assert in_use[2][-1].endswith(ELSEWHERE)
    assert with_files[2] == [f"CommandError: There are files in {place.media}. {ELSEWHERE}"]
    assert (place.rows(), place.files()) == (before, {"paper.pdf": b"ours"})


def test_restore_of_what_is_no_whole_backup_is_refused_and_sets_nothing_up(places, tmp_path):
    """One that is changed, short, or of tomorrow."""
    place, bare = places.filled(), places.bare()
    good = back_up(place, tmp_path / "good.zip")
    altered, short, ahead = (
        shutil.copy(good, tmp_path / f"{name}.zip") for name in ("altered", "short", "ahead")
    )
    tomorrow = b'"migrations": [\n  [\n   "actions",\n   "9999_tomorrow"\n  ],'
    changed(
        altered, lambda name, data: data.replace(b"Bird", b"Bard") if "person" in name else data
    )
    changed(ahead, lambda name, data: data.replace(b'"migrations": [', tomorrow, 1))

    told = [bare.run("restore", each) for each in (altered, shorten(short), ahead)]

    assert [(code, complained) for code, _said, complained in told] == [
        (1, [f"CommandError: {problem}"])
        for problem in (
            f"{altered} is cut short, damaged or no backup (tables/programmes_person.jsonl is not "
            f"what was written). {AGAIN.format('it')}",
            "Row 1 of programmes_person is not as a backup writes it (zip() argument 2 is shorter "
            f"than argument 1). {AGAIN.format('the file')}",
            "The backup is newer than this code (actions.9999_tomorrow). Update the code first.",
        )
    ]
    code, lines, _complained = bare.run("status")
    assert (code, [line for line in lines if "Migrations" in line]) == (
        1,
        [f"! Migrations:     {len(known_migrations())} missing. Run: manage.py migrate"],
    )
    assert bare.files() == {}
