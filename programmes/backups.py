"""Backup and restore of this installation, and what it remembers of them."""

from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.db import Error, connection
from django.utils import timezone

from wiego_review.common import archive, restoring

from . import mail
from .models import Installation, KeptMail

# What this installation knows of itself is not true of another, and a mail that waits here
# would be sent twice from a copy.
LEFT_OUT = (Installation._meta.label, KeptMail._meta.label)


def backup(path: Path) -> dict:
    """Write a backup; returns its manifest. Raises archive.Unfit."""
    if path.is_dir():
        path = path / f"wiego-review-{timezone.now():%Y-%m-%d-%H%M%S}.zip"
    manifest = archive.write(path, LEFT_OUT)
    manifest["path"] = path.resolve()
    # Before the first upgrade to a version that knows of backups there is nowhere to note it.
    if Installation._meta.db_table in connection.introspection.table_names():
        made = archive.made_at(manifest)
        Installation.objects.note(backup_at=made, backup_place=str(manifest["path"]))
    return manifest


def restore(path: Path) -> dict:
    """Bring a backup back into an empty place, which then sends no mail until told to."""
    try:
        manifest = restoring.restore(path, LEFT_OUT, finish=mail.hold)
    except Error as problem:
        told = str(problem).strip().splitlines()[0]
        raise archive.Unfit(
            f"The database gave up ({told}). Nothing was restored. Mend that, then restore into a "
            "new, empty place."
        ) from problem
    ContentType.objects.clear_cache()
    return manifest
