"""The tables of the first floor."""

from django.utils.translation import gettext as _

from wiego_review.common.cells import Cell
from wiego_review.common.exports import narrowed
from wiego_review.common.tables import Table, Tabled, tables

from .compare import asked_for, side_by_side
from .filters import CompareFilterSet

COMPARE = "compare-retreats"


def compare(params, viewer) -> Table:
    """Retreats side by side: a line for what is compared, a column for each retreat."""
    filterset, keys = asked_for(params, viewer)
    found = side_by_side(keys, viewer)
    cells = [Cell("what", _("What"), "text", None)]
    cells += [Cell(each["slug"], each["name"], "texts", None) for each in found["retreats"]]
    lines = [[line.title, *map(named, line.cells)] for line in found["lines"]]
    return Table(_("Compare retreats"), cells, lines, narrowed(filterset))


def named(items) -> list[str]:
    """The items of a cell by their names."""
    return [item if isinstance(item, str) else item.get("name") or item["title"] for item in items]


tables[COMPARE] = Tabled(compare, CompareFilterSet)
