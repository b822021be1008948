"""What `status` tells, and when it asks for a hand."""

from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.utils import timezone

from programmes import mail, status
from programmes.models import ChangeSet, Installation, User
from programmes.status import Line
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.VAR_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"


def line(name):
    (found,) = [each for each in status.lines() if each.name == name]
    return found


def noted(**values):
    Installation.objects.note(**values)


def test_status_of_a_cared_for_installation_is_well(tmp_path, settings):
    made = tmp_path / "one.zip"
    made.touch()
    noted(backup_at=timezone.now(), backup_place=str(made))
    settings.MAIL_CARRIER = "django.core.mail.backends.locmem.EmailBackend"
    out = StringIO()

    call_command("status", stdout=out)

    names = [text[2:].partition(":")[0] for text in out.getvalue().splitlines()[:-1]]
    assert names == [
        *("Database", "Migrations", "Clock", "Mail", "Backup", "Demo accounts"),
        *("Disk", "Disk", "Mail server"),
    ]
    assert out.getvalue().splitlines()[-1] == "All is well."


def test_status_ends_with_1_where_a_hand_is_needed():
    out = StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command("status", stdout=out)

    assert ended.value.code == 1
    assert "! Backup:         none yet. Run: manage.py backup FILE" in out.getvalue().splitlines()


def test_backup_long_ago_needs_a_hand():
    noted(backup_at=timezone.now() - timedelta(days=8), backup_place="/mnt/safe/one.zip")

    assert (line("Backup").hand, line("Backup").words[-26:]) == (True, "over 7 days ago. Make one.")


def test_backup_that_was_moved_away_is_well():
    noted(backup_at=timezone.now(), backup_place="/nowhere/one.zip")

    assert line("Backup").words.endswith("(no longer there; hopefully somewhere safer)")
    assert line("Backup").hand is False


def test_mail_held_back_needs_a_hand():
    mail.hold()

    assert line("Mail").hand is True
    assert line("Mail").words.endswith("If this is the copy people use: manage.py send_mail on")


def test_mail_that_waits_needs_a_hand(settings):
    settings.EMAIL_BACKEND = "programmes.mail.Backend"
    settings.MAIL_CARRIER = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    EmailMessage("One", "Text", to=["ama@example.org"]).send()

    assert line("Mail") == Line(
        "Mail",
        "1 waiting (ConnectionRefusedError: [Errno 111] Connection refused). "
        "Run: manage.py send_mail",
        True,
    )
    assert (line("Mail server").hand, line("Mail server").words[:30]) == (
        True,
        "127.0.0.1:1 does not answer ([",
    )


def test_demo_account_elsewhere_needs_a_hand():
    user = UserFactory(email="team@demo.invalid")
    assert line("Demo accounts").hand is True

    User.objects.filter(pk=user.pk).update(is_active=False)
    assert line("Demo accounts") == Line("Demo accounts", "none")


def test_something_written_in_the_future_needs_a_hand():
    made = ChangeSet.objects.create(verb="edit", via="page")
    ChangeSet.objects.filter(pk=made.pk).update(at=timezone.now() + timedelta(hours=1))

    assert line("Clock").hand is True


def test_folder_that_cannot_be_written_needs_a_hand(settings):
    settings.VAR_DIR = settings.MEDIA_ROOT = Path("/proc")

    assert status.disk() == [Line("Folder", "/proc cannot be written. Mend its owner.", True)]


def test_full_disk_needs_a_hand(settings, tmp_path, monkeypatch):
    monkeypatch.setattr(status, "LEAST_DISK", 1 << 60)

    assert [each.hand for each in status.disk()] == [True, True]
    assert [each.words.partition(". ")[2] for each in status.disk()] == ["Make room."] * 2


def test_demo_account_that_may_not_sign_in_is_none(db, settings):
    settings.DEMO = False
    UserFactory(email="gone@demo.invalid", is_active=False)
    assert line("Demo accounts").words == "none"
