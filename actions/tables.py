"""The tables of the second floor."""

from django.http import Http404
from django.utils.translation import gettext as _

from wiego_review.common.cells import Cell
from wiego_review.common.exports import narrowed
from wiego_review.common.tables import Table, Tabled, tables

from .filters import FollowUpFilterSet
from .listings import LISTINGS
from .load import per_person, per_programme
from .models import FollowUp

PEOPLE, PROGRAMMES = "who-has-how-much", "how-it-stands-by-programme"
FOLLOW_UPS = next(listing for listing in LISTINGS if listing.name == "follow-ups")


def follow_ups(params, viewer):
    """The follow-ups that are counted, for who sees people. Raises BadQuery or Http404."""
    if "open" not in viewer.grains("person"):
        raise Http404
    return FOLLOW_UPS.select(viewer, params)


def by_person(params, viewer) -> Table:
    """A line for each person with something that is not ended, most first."""
    selection = follow_ups(params, viewer)
    cells = [
        Cell("person", _("Person"), "text", None),
        Cell("lead", _("Lead"), "number", None),
        Cell("support", _("With"), "number", None),
        Cell("overdue", _("Overdue"), "number", None),
    ]
    rows = per_person(selection)
    lines = [[row["name"], row["lead"], row["support"], row["late"]] for row in rows]
    return Table(_("Who has how much"), cells, lines, narrowed(selection.filterset))


def by_programme(params, viewer) -> Table:
    """A line for each programme, a column for where its follow-ups stand."""
    selection = follow_ups(params, viewer)
    states = FollowUp.State.choices
    cells = [Cell("programme", _("Programme"), "text", None)]
    cells += [Cell(code, label, "number", None) for code, label in states]
    lines = [
        [row["name"], *(row["counts"].get(code, 0) for code, _label in states)]
        for row in per_programme(selection)
    ]
    title = _("By programme, and how it stands")
    return Table(title, cells, lines, narrowed(selection.filterset))


tables[PEOPLE] = Tabled(by_person, FollowUpFilterSet)
tables[PROGRAMMES] = Tabled(by_programme, FollowUpFilterSet)
