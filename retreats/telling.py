"""What was said, in the order in which a page tells it."""

from .models import Note
from .note_rows import NoteRows

ROWS = NoteRows()
KINDS = (
    Note.Kind.QUESTION,
    Note.Kind.DILEMMA,
    Note.Kind.OPPORTUNITY,
    Note.Kind.THREAT,
    Note.Kind.RECOMMENDATION,
    Note.Kind.REASON,
    Note.Kind.PROMISE,
    Note.Kind.POINT,
)


def notes_of(manager, viewer):
    """The rows of the notes of a retreat or session the viewer sees, in their order."""
    seen = manager.visible_to(viewer).order_by("order", "pk")
    return ROWS.read(seen.values_list("pk", flat=True), viewer)


def by_kind(rows) -> list[tuple]:
    """`[(code, rows)]`, what asks for something first, the many points last."""
    found = {kind.value: [] for kind in KINDS}
    for row in rows:
        found[row["kind"]].append(row)
    return [(code, told) for code, told in found.items() if told]


def off_the_wall(rows) -> list[dict]:
    return [row for row in rows if not row["matrix"]]


def matrix_of(rows) -> dict:
    """Post-its by theme (lines) and for whom (columns): opportunities and threats in each cell.

    `{"columns": [for whom], "lines": [(theme, [cell])]}`; a cell is `{"for_whom", "opportunity",
    "threat"}` with the rows of each.
    """
    columns = list(dict.fromkeys(row["for_whom"] for row in rows))
    themes = list(dict.fromkeys(row["theme"] for row in rows))
    cells = {
        (theme, whom): {"for_whom": whom, "opportunity": [], "threat": []}
        for theme in themes
        for whom in columns
    }
    for row in rows:
        cells[row["theme"], row["for_whom"]][row["kind"]].append(row)
    lines = [(theme, [cells[theme, whom] for whom in columns]) for theme in themes]
    return {"columns": columns, "lines": lines, "count": len(rows)}
