from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from programmes.documents import document_of, masked
from programmes.models import SourceDocument
from programmes.workflow import attach


class Command(BaseCommand):
    help = "Keep the text of a source document here, so that facts show their passages from it."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="the document; its digest tells which it is")
        parser.add_argument("--remove", action="store_true", help="take its text out again")

    def handle(self, *, file, remove, **options):
        data = self.read(file)
        document = document_of(data)
        if document is None:
            raise CommandError(unknown(file))
        text = "" if remove else masked(data.decode("utf-8"))
        if document.text == text:
            self.stdout.write(f"{document}: nothing to do, {standing(text)} already.")
            return
        attach(document, text=text, by=None, via="command")
        self.stdout.write(f"{document}: {standing(text)}.")

    def read(self, file) -> bytes:
        try:
            return file.read_bytes()
        except OSError as problem:
            raise CommandError(f"{file} cannot be read: {problem.strerror}.") from problem


def standing(text) -> str:
    return "its text is here" if text else "its text is not here"


def unknown(file) -> str:
    """What to say of a file that is none of the documents facts were read from."""
    known = SourceDocument.objects.order_by("slug").values_list("slug", "title")
    names = "\n".join(f"  {slug}: {title}" for slug, title in known)
    return (
        f"{file} is none of the documents known here, or it was changed since facts were read "
        f"from it (every byte counts). Known are:\n{names or '  none: run load_seeds first'}"
    )
