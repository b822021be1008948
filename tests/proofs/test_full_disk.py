"""A disk without room: it is told, nothing is half done, and what was acknowledged is there."""

import json
import resource

import pytest

from tests.load import HALF, TITLES, WHOLE, accounts, ask, send_paper, write
from tests.places import kill

pytestmark = pytest.mark.django_db


def no_file_beyond(size):
    """What a program is given in place of a small disk."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def test_backup_without_room_says_so_and_leaves_nothing(places, tmp_path):
    place = places.filled()
    folder = tmp_path / "safe"
    folder.mkdir()
    path = folder / "one.zip"

    code, _said, complained = place.run("backup", path, preexec_fn=no_file_beyond(50_000))

    assert (code, complained) == (
        1,
        [f"CommandError: {path} cannot be written: File too large. No backup was made."],
    )
    assert list(folder.iterdir()) == []


def test_backup_into_a_folder_that_is_not_there_says_so(places):
    place = places.filled()

    code, _said, complained = place.run("backup", "/nowhere/one.zip")

    assert (code, complained) == (
        1,
        [
            "CommandError: /nowhere/one.zip cannot be written: No such file or directory. "
            "No backup was made."
        ],
    )


def test_restore_without_room_says_so_and_changes_nothing(places, tmp_path):
    place, empty = places.filled(), places.empty()
    (place.media).mkdir()
    (place.media / "film.mp4").write_bytes(bytes(2_000_000))
    path = tmp_path / "one.zip"
    assert place.run("backup", path)[0] == 0
    before = empty.rows()

    code, _said, complained = empty.run("restore", path, preexec_fn=no_file_beyond(1_000_000))

    assert (code, complained) == (
        1,
        [
            f"CommandError: The files cannot be written ({empty.media}: File too large). "
            "Nothing was changed."
        ],
    )
    assert empty.rows() == before
    assert empty.files() == {}
    assert empty.run("restore", path)[0] == 0


def test_sqlite_without_room_answers_503_and_loses_nothing(places):
    place = places.set_up_on_sqlite()
    ((token, session),) = accounts(place, 1)
    room = sum(path.stat().st_size for path in place.folder.glob("db.sqlite3")) + 400_000
    server = place.serve(preexec_fn=no_file_beyond(room))
    kept, refused = [], []
    try:
        while len(refused) < 3 and len(kept) < 2000:
            title = f"Load full {len(kept) + len(refused)}"
            status, text = write(place, token, title)
            (kept if status == 201 else refused).append(title)
        page, _text = ask(place, "GET", "/follow-ups/", {"Cookie": f"sessionid={session}"})
    finally:
        kill(server)

    assert (len(refused), status, page) == (3, 503, 200)
    assert json.loads(text) == {
        "code": "unavailable",
        "detail": "The disk of this site is full. Nothing was saved. Tell those who look after "
        "the site, then try again.",
        "fields": {},
        "current": None,
    }
    server = place.serve()
    try:
        assert write(place, token, refused[0])[0] == 201
    finally:
        kill(server)
    there = [title for (title,) in place.one(TITLES)]
    assert sorted(there) == sorted([*kept, refused[0]])
    assert (sorted(place.one(WHOLE)), place.one(HALF)) == (sorted(place.one(TITLES)), [(0,)])


def test_paper_without_room_is_told_and_nothing_of_it_stays(places):
    """Too much for the folder of files, or already for where the server takes it in."""
    place = places.set_up_on_sqlite()
    ((token, session),) = accounts(place, 1)
    server = place.serve(preexec_fn=no_file_beyond(2_000_000))
    try:
        home = json.loads(write(place, token, "Load home")[1])["ref"]
        answers = [send_paper(place, token, home, size) for size in (2_300_000, 5_000_000)]
        left = (place.one("SELECT count(*) FROM actions_outputversion"), place.files())
        small = send_paper(place, token, home, 1_000_000)
        page = ask(place, "GET", f"/follow-ups/{home}/", {"Cookie": f"sessionid={session}"})
    finally:
        kill(server)

    assert [(status, told["code"]) for status, told in answers] == [(503, "unavailable")] * 2
    assert {told["detail"] for _status, told in answers} == {
        "The disk of this site is full. Nothing was saved. Tell those who look after the site, "
        "then try again."
    }
    assert left == ([(0,)], {})
    assert (small[0], small[1]["versions"][0]["size"], page[0]) == (201, 1_000_000, 200)
    assert [len(content) for content in place.files().values()] == [1_000_000]
