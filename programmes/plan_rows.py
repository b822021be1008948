"""The list rows of global commitments and of plans."""

from django.utils.translation import gettext_lazy as _

from wiego_review.common.cells import Cell, Column, Linked, Rows, many_linked, through, url_cell

from .models import Commitment, Plan
from .places import sources_cell
from .planned import PILLARS, POINTS, PROVISIONS, works_cell
from .rows import NAME, SLUG, VERSION


class CommitmentRows(Rows):
    model = Commitment
    cells = (
        SLUG,
        NAME,
        Cell("kind", _("Kind"), "code", Column("kind"), Commitment.Kind),
        Cell("as_named", _("As named"), "text", Column("as_named")),
        Cell("other_names", _("Also written as"), "texts", Column("other_names")),
        Cell("year", _("Year"), "number", Column("year")),
        Cell("global_victory", _("Called a global victory"), "yes", Column("global_victory")),
        Cell("country", _("Country"), "text", Column("country")),
        Cell("city", _("City"), "link", Linked("city", "city")),
        Cell(
            "sectors", _("Sectors"), "links", many_linked(through(Commitment, "sectors"), "sector")
        ),
        VERSION,
        url_cell("/commitments/"),
    )
    detail = (
        Cell("note", _("Note"), "text", Column("note")),
        PROVISIONS,
        works_cell("commitments"),
        sources_cell(Commitment),
    )


class PlanRows(Rows):
    model = Plan
    cells = (
        SLUG,
        NAME,
        Cell("programme", _("Programme"), "link", Linked("programme", "programme")),
        Cell("body", _("Board, Team, committees"), "link", Linked("body", "body")),
        Cell("organisation", _("Organisation"), "link", Linked("organisation", "organisation")),
        Cell("for_whom", _("For whom"), "text", Column("for_whom")),
        Cell("cities", _("Cities"), "links", many_linked(through(Plan, "cities"), "city")),
        Cell("period_on", _("From"), "date", Column("period_on")),
        Cell("period_until", _("Until"), "date", Column("period_until")),
        Cell("period_text", _("Period, as said"), "text", Column("period_text")),
        Cell("announced_only", _("Announced, not told"), "yes", Column("announced_only")),
        Cell("points_announced", _("Points announced"), "number", Column("points_announced")),
        VERSION,
        url_cell("/plans/"),
    )
    detail = (
        Cell("note", _("Note"), "text", Column("note")),
        PILLARS,
        POINTS,
        sources_cell(Plan),
    )
