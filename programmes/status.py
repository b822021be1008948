"""How this installation stands: a line each, and whether it needs a hand."""

import shutil
import smtplib
import tempfile
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.mail import get_connection
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from .models import ChangeSet, Installation, KeptMail, User

BACKUP_DAYS = 7
LEAST_DISK = 1 << 30
CLOCK_SECONDS = 60


@dataclass(frozen=True)
class Line:
    """`name: words`; `hand` says that somebody must do what the words tell."""

    name: str
    words: str
    hand: bool = False


def lines() -> list[Line]:
    """All there is to say. Where the database is away, that and what needs none."""
    found = []
    try:
        found += [database(), migrations()]
        if not found[-1].hand:
            found += [clock(), mails(), backup(), demo_accounts()]
    except Error as problem:
        told = str(problem).strip().splitlines()[0]
        found.append(Line("Database", f"away ({told}). Start it, or set DATABASE_URL.", True))
    return [*found, *disk(), carrier()]


def database() -> Line:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sqlite_version()")
            (version,) = cursor.fetchone()
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        else:
            cursor.execute("SHOW server_version")
            (version,) = cursor.fetchone()
            cursor.execute("SELECT pg_database_size(current_database())")
        (size,) = cursor.fetchone()
    return Line("Database", f"{connection.display_name} {version}, {size / 1e6:,.1f} MB")


def migrations() -> Line:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    unknown = set(executor.loader.applied_migrations) - set(executor.loader.graph.nodes)
    if unknown:
        return Line("Migrations", "the database is newer than this code. Update the code.", True)
    if missing:
        return Line("Migrations", f"{len(missing)} missing. Run: manage.py migrate", True)
    return Line("Migrations", "all there")


SECONDS = {
    "sqlite": "SELECT strftime('%s', 'now')",
    "postgresql": "SELECT extract(epoch FROM clock_timestamp())",
}


def clock() -> Line:
    """The database's time against this machine's, and nothing written in the future."""
    here, sqlite = timezone.now(), connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute(SECONDS["sqlite" if sqlite else "postgresql"])  # one of the two above
        (there,) = cursor.fetchone()
    apart = round(float(there) - here.timestamp())
    latest = ChangeSet.objects.order_by("-at").values_list("at", flat=True).first()
    if abs(apart) > CLOCK_SECONDS:
        told = f"the database's is {apart} s apart. Set both by a time server."
        return Line("Clock", told, True)
    if latest and latest > here + timedelta(seconds=CLOCK_SECONDS):
        told = f"something was written at {latest:%Y-%m-%d %H:%M} UTC, which is to come. Set it."
        return Line("Clock", told, True)
    return Line("Clock", f"{here:%Y-%m-%d %H:%M} UTC, the database's too")


def mails() -> Line:
    waiting = KeptMail.objects.count()
    held = Installation.objects.here().mail_held_since
    if held:
        told = f"held back since {held:%Y-%m-%d %H:%M} UTC, {waiting} waiting. "
        return Line("Mail", told + "If this is the copy people use: manage.py send_mail on", True)
    if waiting:
        last = KeptMail.objects.order_by("pk").last().problem
        return Line("Mail", f"{waiting} waiting ({last}). Run: manage.py send_mail", True)
    return Line("Mail", "none waits")


def carrier() -> Line:
    """Whether what carries mails out answers."""
    if settings.MAIL_CARRIER.rpartition(".")[0] != "django.core.mail.backends.smtp":
        return Line("Mail server", f"none: {settings.MAIL_CARRIER.split('.')[-2]}")
    place = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        server = get_connection(settings.MAIL_CARRIER)
        server.open()
        server.close()
    except (OSError, smtplib.SMTPException) as problem:
        return Line("Mail server", f"{place} does not answer ({problem}). See EMAIL_URL.", True)
    return Line("Mail server", f"{place} answers")


def backup() -> Line:
    here = Installation.objects.here()
    if here.backup_at is None:
        return Line("Backup", "none yet. Run: manage.py backup FILE", not settings.DEMO)
    place = Path(here.backup_place)
    told = f"{here.backup_at:%Y-%m-%d %H:%M} UTC, {place}"
    if timezone.now() - here.backup_at > timedelta(days=BACKUP_DAYS):
        return Line("Backup", f"{told}: over {BACKUP_DAYS} days ago. Make one.", True)
    moved = "" if place.exists() else " (no longer there; hopefully somewhere safer)"
    return Line("Backup", told + moved)


def demo_accounts() -> Line:
    stray = [user for user in User.objects.demo() if not settings.DEMO and user.is_active]
    if stray:
        told = f"{len(stray)}, which cannot sign in here. Take “may sign in” off in the admin."
        return Line("Demo accounts", told, True)
    return Line("Demo accounts", "as the demo needs them" if settings.DEMO else "none")


def disk() -> list[Line]:
    """Room and rights where the rows and files of this machine lie."""
    found = []
    for folder in dict.fromkeys([settings.VAR_DIR, Path(settings.MEDIA_ROOT)]):
        there = next(each for each in (folder, *folder.parents) if each.is_dir())
        free = shutil.disk_usage(there).free
        told = f"{free / 1e9:,.1f} GB free at {folder}"
        if not may_write(there):
            found.append(Line("Folder", f"{folder} cannot be written. Mend its owner.", True))
        elif free < LEAST_DISK:
            found.append(Line("Disk", f"{told}. Make room.", True))
        else:
            found.append(Line("Disk", told))
    return found


def may_write(folder) -> bool:
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False
