"""The list rows of what was said: notes and suggestions."""

from django.utils.translation import gettext_lazy as _

from programmes.rows import VERSION, sources_cell
from wiego_review.common.cells import (
    Cell,
    Column,
    Linked,
    Referred,
    Rows,
    many_linked,
    ref_cell,
    through,
    url_cell,
)

from .models import Note, Suggestion

RETREAT = Cell("retreat", _("Retreat or meeting"), "link", Linked("retreat", "retreat"))


def said_by(model):
    return Cell("said_by", _("Said by"), "links", many_linked(through(model, "said_by"), "person"))


STAYS = Cell("stays_in_words", _("Stays in words, nobody by name"), "yes", Column("stays_in_words"))


class NoteRows(Rows):
    model = Note
    cells = (
        ref_cell("N"),
        RETREAT,
        Cell("session", _("Session"), "record", Referred("session", "session", "S")),
        Cell("order", _("Order"), "number", Column("order")),
        Cell("kind", _("Kind"), "code", Column("kind"), Note.Kind),
        Cell("theme", _("About"), "text", Column("theme")),
        Cell("for_whom", _("For whom"), "text", Column("for_whom")),
        Cell("text", _("What was said"), "text", Column("text")),
        Cell("said_as", _("In the document's words"), "text", Column("said_as")),
        said_by(Note),
        Cell("said_by_text", _("Said by, as told"), "text", Column("said_by_text")),
        STAYS,
        Cell(
            "said_by_uncertain", _("Who said it is uncertain"), "yes", Column("said_by_uncertain")
        ),
        Cell("matrix", _("In the summary of the post-its"), "yes", Column("matrix")),
        Cell("sealed", _("Board only"), "yes", Column("sealed")),
        VERSION,
        url_cell("/notes/", "N"),
    )
    detail = (sources_cell(Note),)


class SuggestionRows(Rows):
    model = Suggestion
    cells = (
        ref_cell("G"),
        RETREAT,
        Cell("title", _("What was suggested"), "text", Column("title")),
        Cell("text", _("What is told of it"), "text", Column("text")),
        Cell("for_whom", _("For whom"), "text", Column("for_whom")),
        said_by(Suggestion),
        Cell("said_by_text", _("Said by, as told"), "text", Column("said_by_text")),
        STAYS,
        Cell("times", _("How often"), "number", Column("times")),
        Cell("taken_up", _("What became of it"), "code", Column("taken_up"), Suggestion.Taken),
        VERSION,
        url_cell("/suggestions/", "G"),
    )
    detail = (sources_cell(Suggestion),)
