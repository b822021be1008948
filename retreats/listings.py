"""The lists of the first floor."""

from django.utils.translation import gettext_lazy as _

from programmes.filters import NamedFilterSet
from wiego_review.common.listing import Listing

from . import filters, note_rows, rows, vote_rows

BY_DATE = {"date": ("date_sort",), "name": ("sort_key",)}
LISTINGS = (
    Listing(
        "retreats",
        _("Retreats and meetings"),
        rows.RetreatRows(),
        filters.RetreatFilterSet,
        BY_DATE,
        default="-date",
        template="retreats/retreat_list.html",
    ),
    Listing("reviews", _("Strategic reviews"), rows.ReviewRows(), NamedFilterSet),
    Listing(
        "days",
        _("Days"),
        rows.DayRows(),
        filters.OfRetreatFilterSet,
        {"number": ("retreat_id", "number")},
        lookup="ref",
    ),
    Listing(
        "sessions",
        _("Sessions"),
        rows.SessionRows(),
        filters.SessionFilterSet,
        {"agenda": ("retreat_id", "position"), "title": ("title",)},
        lookup="ref",
        shown=("title", "retreat", "day", "status", "facilitators", "speakers", "moved_to"),
    ),
    Listing(
        "participants",
        _("Participants"),
        rows.ParticipantRows(),
        filters.ParticipantFilterSet,
        {"name": ("person__sort_key",)},
        lookup="ref",
    ),
    Listing(
        "issues",
        _("Strategic issues"),
        rows.IssueRows(),
        filters.IssueFilterSet,
        {"title": ("title",)},
        lookup="ref",
    ),
    Listing(
        "notes",
        _("What was said"),
        note_rows.NoteRows(),
        filters.NoteFilterSet,
        {"said": ("retreat__date_sort", "position"), "kind": ("kind", "position")},
        template="retreats/note_list.html",
        lookup="ref",
    ),
    Listing(
        "suggestions",
        _("Suggestions"),
        note_rows.SuggestionRows(),
        filters.SuggestionFilterSet,
        {"said": ("retreat__date_sort", "order"), "title": ("title",), "times": ("times",)},
        default="-times",
        lookup="ref",
        shown=("title", "text", "for_whom", "said_by", "times", "taken_up"),
    ),
    Listing(
        "ballots",
        _("Dot votes"),
        vote_rows.BallotRows(),
        filters.BallotFilterSet,
        {"title": ("title",)},
        lookup="ref",
        shown=("title", "retreat", "session", "question", "total_dots"),
    ),
)
