from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from programmes import backups
from wiego_review.common.archive import Unfit


class Command(BaseCommand):
    help = "Write all there is here, rows and files, into one file, while others go on writing."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="the file, or a folder to put it in")

    def handle(self, *, file, **options):
        try:
            made = backups.backup(file)
        except Unfit as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"{made['path']}: {contents(made)}.")
        self.stdout.write("Not in it: who is signed in, mails that wait (send_mail), SECRET_KEY.")


def contents(manifest) -> str:
    rows = sum(each["rows"] for each in manifest["tables"].values())
    size = sum(each["bytes"] for each in manifest["files"].values())
    files = f"{len(manifest['files'])} files ({size / 1e6:,.1f} MB)"
    return f"{rows:,} rows of {len(manifest['tables'])} tables, {files}"
