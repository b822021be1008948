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
    "due_anchor_on",
    "state",
    "last_word_on",
    "slips",
    "overdue",
    "quiet",
    "parent",
    "issue",
    "retreat",
    "session",
    "programmes",
    "version",
    "updated_at",
    "url",
    "ref",
)


CONCERNED = ("sectors", "regions", "cities", "commitments", "organisations")


def names_concerned(ids, viewer):
    """All but programmes that follow-ups concern, in one cell."""
    found = {}
    for field in CONCERNED:
        for pk, names in FollowUpRows().cell(field).source.names(ids, viewer).items():
            found.setdefault(pk, []).extend(names)
    return found


MORE = (
    replace(FollowUpRows().cell("outputs"), label=_("Paper"), kind="records"),
    Cell("concerns", _("Concerns"), "links", Many(names_concerned)),
)


def one_row_per_lead(cells, chunks):
    """`?rows=leads`: a follow-up with three leads is three rows, with nobody it is one."""
    lead = Cell("lead", _("Lead"), "link", None)
    cells = [lead if cell.name == "leads" else cell for cell in cells]
    return cells, map(spread_leads, chunks)


def spread_leads(columns):
    leads = [names or [""] for names in columns["leads"]]
    spread = {
        name: [value for value, names in zip(values, leads, strict=True) for _each in names]
        for name, values in columns.items()
    }
    return {**spread, "lead": [name for names in leads for name in names]}
