"""The follow-up list as a table in a terminal."""

import shutil
import textwrap

from django.http import QueryDict

from programmes.models import User
from wiego_review.common.exports import rows_of
from wiego_review.common.pages import file_of
from wiego_review.common.screen import on_screen
from wiego_review.common.viewer import Viewer

from .listings import LISTINGS

LISTING = next(listing for listing in LISTINGS if listing.name == "follow-ups")
COLUMNS = ("kind", "title", "leads", "supports", "due_text", "due_on", "state")
SHARES = (10, 24, 24, 14, 14, 11, 11)


def team_viewer() -> Viewer:
    """Nobody in particular: sees what every team member sees."""
    user = User(email="team")
    user.roles = frozenset({"team"})
    return Viewer(user)


def select(viewer, values: dict):
    """A Selection of follow-ups from plain parameters (lists for repeated ones)."""
    query = QueryDict(mutable=True)
    for name, value in values.items():
        query.setlist(name, value if isinstance(value, list) else [value])
    return LISTING.select(viewer, query)


def print_follow_ups(out, values, viewer=None):
    """Write the list these parameters ask for as a table, as wide as the terminal."""
    print_selection(out, select(viewer or team_viewer(), values))


def print_selection(out, selection, shape=""):
    """Write a selection as a table; `shape` "leads" is one row per lead."""
    cells, chunks = file_of(selection, "csv", shape)
    names = [cell.name for cell in cells]
    rows = [dict(zip(names, row, strict=True)) for row in rows_of(cells, chunks)]
    cells = [cell for cell in cells if cell.name in (*COLUMNS, "lead")]
    width = max(shutil.get_terminal_size((120, 40)).columns, 80) - len(cells)
    widths = [max(share * width // sum(SHARES), 6) for share in SHARES]
    out.write(line([str(cell.label) for cell in cells], widths))
    out.write("-" * (sum(widths) + len(widths)))
    for row in rows:
        out.write(line([on_screen(cell, row) for cell in cells], widths))
    out.write(f"{len(rows)} follow-ups")


def line(texts, widths) -> str:
    """One row, its cells wrapped."""
    wrapped = [textwrap.wrap(t, w - 1) or [""] for t, w in zip(texts, widths, strict=True)]
    height = max(map(len, wrapped))
    lines = []
    for number in range(height):
        parts = [c[number] if number < len(c) else "" for c in wrapped]
        cells = "".join(part.ljust(w) for part, w in zip(parts, widths, strict=True))
        lines.append(cells.rstrip())
    return "\n".join(lines)
