"""Four processes writing to one SQLite file: nothing locked out, nothing lost."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROCESSES, WRITES = 4, 60
PREPARE = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from actions import workflow
print(workflow.add_follow_up(title="For all", by=None, via="command").pk)
"""
WRITE = """
import sys
import django
django.setup()
from actions import workflow
from actions.models import FollowUp
name, shared, writes = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
for number in range(writes // 2):
    title = f"{name} {number}"
    workflow.add_follow_up(title=title, by=None, via="command")
    workflow.update(FollowUp(pk=shared), text=title, by=None, via="command")
"""
COUNT = """
SELECT (SELECT count(*) FROM actions_followup), (SELECT count(*) FROM actions_update),
    (SELECT count(*) FROM programmes_changeset),
    (SELECT version FROM actions_followup WHERE id = :shared),
    (SELECT count(DISTINCT version) FROM programmes_change WHERE object_id = :shared)
"""


def start(folder, program, *arguments):
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        cwd=ROOT,
        env={
            **kept,
            "TESTING": "1",
            "DEMO": "0",
            "VAR_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "wiego_review.settings",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def outcome(process):
    out, problems = process.communicate()
    return process.returncode, out.split(), problems


def test_four_processes_write_to_sqlite(tmp_path, proof):
    code, (shared,), problems = outcome(start(tmp_path, PREPARE))
    assert (code, problems) == (0, "")

    writers = [
        start(tmp_path, WRITE, f"Process {number}", shared, str(WRITES))
        for number in range(PROCESSES)
    ]

    assert [outcome(writer) for writer in writers] == [(0, [], "")] * PROCESSES
    with closing(sqlite3.connect(tmp_path / "db.sqlite3")) as database:
        counted = database.execute(COUNT, {"shared": int(shared)}).fetchone()
    half = PROCESSES * WRITES // 2
    follow_ups, updates, change_sets, version, versions = counted
    assert (follow_ups, updates, change_sets) == (half + 1, half, 2 * half + 1)
    assert version == versions
    proof.tell("writes of four processes to SQLite, none refused", follow_ups + updates - 1, 240)
