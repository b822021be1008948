"""The follow-up list as a file: its columns, in the order the reports have them."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from wiego_review.common.cells import Cell, Many

from .rows import FollowUpRows

COLUMNS = (
    "kind",
    "title",
    "leads",
    "supports",
    "due_text",
    "due_on",
    "due_until",
    "due_anchor",
    "state",
    "last_word_on",
    "slips",
    "overdue",
    "quiet",
    "parent",
    "issue",
    "retreat",
    "programmes",
    "version",
    "updated_at",
    "url",
    "ref",
)


CONCERNED = ("sectors", "regions", "cities", "organisations")


def fetch_concerned(ids, viewer):
    """The sectors, regions, cities and organisations of follow-ups, in one cell."""
    found = {}
    for name in CONCERNED:
        for pk, links in FollowUpRows().cell(name).source.fetch(ids, viewer).items():
            found.setdefault(pk, []).extend(links)
    return found


MORE = (
    replace(FollowUpRows().cell("outputs"), label=_("Paper"), kind="records"),
    Cell("concerns", _("Concerns"), "links", Many(fetch_concerned)),
)


def one_row_per_lead(cells, chunks):
    """`?rows=leads`: a follow-up with three leads is three rows, with nobody it is one."""
    lead = Cell("lead", _("Lead"), "link", None)
    cells = [lead if cell.name == "leads" else cell for cell in cells]
    return cells, map(spread_leads, chunks)


def spread_leads(rows):
    return [{**row, "lead": lead} for row in rows for lead in row["leads"] or [None]]
