import io
from pathlib import Path
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand, CommandError, OutputWrapper
from django.utils import timezone, translation

from actions.terminal import LISTING, print_selection, select, team_viewer
from programmes.models import User
from wiego_review.common import exports
from wiego_review.common.filters import YesFilter, takes_several
from wiego_review.common.listing import BadQuery
from wiego_review.common.pages import file_of
from wiego_review.common.viewer import Viewer

FILTERS = LISTING.filterset.base_filters


class Command(BaseCommand):
    help = "Write the follow-ups as a file or a table: as filtered, as one account sees them."

    def add_arguments(self, parser):
        parser.add_argument("--as", dest="email", help="whose sight; else every team member's")
        parser.add_argument("--format", choices=("csv", "xlsx", "table"), default="csv")
        parser.add_argument("--rows", default="", help="leads: one row for each lead")
        parser.add_argument("--output", type=Path, help="a file; else to standard output")
        parser.add_argument("--ordering", help=", ".join(LISTING.orderings))
        for name, each in FILTERS.items():
            add_filter(parser, name, each)

    def handle(self, *, email, format, rows, output, **options):
        if format == "xlsx" and output is None and not self.takes_bytes():
            raise CommandError("A workbook is not for the screen. Name a file: --output FILE.")
        viewer = viewer_of(email) if email else team_viewer()
        asked = {name: options[name] for name in (*FILTERS, "ordering") if options[name]}
        zone = timezone.override(ZoneInfo(viewer.user.timezone))
        with zone, translation.override(viewer.user.language):
            try:
                self.put(written(select(viewer, asked), format, rows), output)
            except BadQuery as bad:
                raise CommandError("\n".join(told(bad))) from bad

    def takes_bytes(self):
        return hasattr(self.stdout._out, "buffer") and not self.stdout.isatty()

    def put(self, pieces, output):
        """The pieces into a file, which is there only when it is whole; or to standard output."""
        if output is None:
            return self.pass_on(pieces)
        part = output.with_name(f".{output.name}.part")
        try:
            with part.open("wb") as file:
                file.writelines(pieces)
            part.replace(output)
        except OSError as problem:
            raise CommandError(f"{output} cannot be written: {problem.strerror}.") from problem
        finally:
            part.unlink(missing_ok=True)

    def pass_on(self, pieces):
        """To standard output; where that takes only text, the pieces are text."""
        stream = getattr(self.stdout._out, "buffer", None)
        for piece in pieces:
            if stream:
                stream.write(piece)
            else:
                self.stdout.write(piece.decode("utf-8"), ending="")


def add_filter(parser, name, each):
    flags = list(dict.fromkeys([f"--{name.replace('_', '-')}", f"--{name}"]))
    if isinstance(each, YesFilter):
        parser.add_argument(*flags, dest=name, nargs="?", const="true", help=str(each.label))
    else:
        action = "append" if takes_several(each) else "store"
        parser.add_argument(*flags, dest=name, action=action, help=str(each.label))


def viewer_of(email) -> Viewer:
    """The sight of one account. Board-only matter is never open on the command line."""
    user = User.objects.filter(email=email.strip().lower()).first()
    if user is None:
        raise CommandError(f"There is no account with the address {email}.")
    if not user.may_sign_in:
        raise CommandError(f"{email} may not sign in, and so sees nothing.")
    return Viewer(user)


def written(selection, format, rows):
    """The list in pieces of bytes."""
    if format == "table":
        out = io.StringIO()
        print_selection(OutputWrapper(out), selection, rows)
        return [out.getvalue().encode()]
    cells, chunks = file_of(selection, format, rows)
    if format == "csv":
        return (piece.encode() for piece in exports.csv_lines(cells, chunks))
    file = exports.xlsx_file(cells, chunks, exports.about(selection))
    return iter(lambda: file.read(65_536), b"")


def told(bad):
    """What was wrong, an option a line."""
    for name, messages in bad.problems.items():
        for message in messages:
            yield f"--{name.replace('_', '-')}: {message}"
