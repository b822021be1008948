from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from programmes import backups
from wiego_review.common import archive

from .backup import contents


class Command(BaseCommand):
    help = "Bring a backup back into an empty place. The copy sends no mail until told to."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--check", action="store_true", help="only see whether it is whole")

    def handle(self, *, file, check, **options):
        try:
            found = self.look(file) if check else backups.restore(file)
        except archive.Unfit as problem:
            raise CommandError(str(problem)) from problem
        made = f"made {archive.made_at(found):%Y-%m-%d %H:%M} UTC at {found['site'] or 'a trial'}"
        self.stdout.write(f"{file}, {made}: {contents(found)}.")
        self.stdout.write("It is whole." if check else AFTER)

    def look(self, file):
        with archive.opened(file) as (_archive, manifest):
            return manifest


AFTER = """\
All of it is back. Everybody signs in again.
This copy sends no mail: `send_mail on` allows it, once it is the one people use."""
