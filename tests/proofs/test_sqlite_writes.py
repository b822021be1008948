"""Four processes writing to one SQLite file: nothing locked out, nothing lost."""

import pytest

pytestmark = pytest.mark.django_db
PROCESSES, WRITES = 4, 60
SHARED = """
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
SELECT (SELECT count(*) FROM actions_followup WHERE title LIKE 'Process %'),
    (SELECT count(*) FROM actions_update WHERE follow_up_id = {shared}),
    (SELECT count(*) FROM programmes_changeset) - {before},
    (SELECT version FROM actions_followup WHERE id = {shared}),
    (SELECT count(DISTINCT version) FROM programmes_change WHERE object_id = {shared})
"""


def outcome(process):
    out, problems = process.communicate()
    return process.returncode, out.split(), problems


def test_four_processes_write_to_sqlite(places, proof):
    place = places.set_up_on_sqlite()
    (shared,) = place.python(SHARED)
    ((before,),) = place.one("SELECT count(*) FROM programmes_changeset")

    writers = [
        place.start("-c", WRITE, f"Process {number}", shared, str(WRITES))
        for number in range(PROCESSES)
    ]

    assert [outcome(writer) for writer in writers] == [(0, [], "")] * PROCESSES
    (counted,) = place.one(COUNT.format(shared=shared, before=before))
    half = PROCESSES * WRITES // 2
    follow_ups, updates, change_sets, version, versions = counted
    assert (follow_ups, updates, change_sets) == (half, half, 2 * half)
    assert version == versions
    proof.tell("writes of four processes to SQLite, none refused", follow_ups + updates, 240)
