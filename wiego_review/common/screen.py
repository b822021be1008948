"""A cell as the pages say it, for lists that are no page: the terminal's and the admin's."""

from django.utils.text import capfirst

from .dates import Span
from .exports import shown

TITLES = ("title", "name")


def on_screen(cell, row) -> str:
    """Titles begin with a capital, and a stated time is told from its first day to its last."""
    value = row[cell.name]
    if until := last_day(cell, row):
        return str(Span(value, row[until], "")) if value else ""
    found = shown(cell, value)
    return capfirst(found) if cell.name in TITLES or cell.kind == "record" else found


def last_day(cell, names) -> str:
    """The name of the cell that holds the last day of this one, where there is one."""
    until = cell.name.removesuffix("_on") + "_until"
    return until if cell.kind == "date" and until in names else ""
