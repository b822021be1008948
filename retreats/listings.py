"""The lists of the first floor."""

from django.utils.translation import gettext_lazy as _

from programmes.filters import NamedFilterSet
from wiego_review.common.listing import Listing

from . import filters, rows

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
)
