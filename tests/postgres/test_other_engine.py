"""A backup carries an installation from PostgreSQL to SQLite and back."""

import pytest

from tests.proofs.test_backups import back_up, content, restored

pytestmark = pytest.mark.django_db


def test_backup_moves_to_the_other_engine_and_back(places, tmp_path):
    """Into a place that is not even set up, and back into one that is."""
    place = places.filled()
    (place.media / "papers").mkdir(parents=True)
    (place.media / "papers" / "Über uns.pdf").write_bytes(b"%PDF" + bytes(range(256)) * 5000)
    first = back_up(place, tmp_path / "first.zip")

    other = restored(places.on_sqlite(), first)
    second = back_up(other, tmp_path / "second.zip")
    back = restored(places.empty(), second)
    third = back_up(back, tmp_path / "third.zip")

    assert content(second) == content(first)
    assert content(third) == content(first)
    assert (other.files(), back.files()) == (place.files(), place.files())
    code, _said, complained = back.run("shell", "-c", ADD)
    assert (code, complained) == (0, [])


# Keys the database draws go on after those that came.
ADD = """
from actions import workflow
from programmes.models import Person, User
workflow.add_follow_up(title="After", leads=[Person.objects.first()], by=None, via="command")
User.objects.create_user("new@example.org", "x", roles=["team"])
"""
