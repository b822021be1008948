"""The lists of the second floor."""

from django.utils.translation import gettext_lazy as _

from wiego_review.common.listing import Listing

from . import exports, filters, paper_rows, rows

LISTINGS = (
    Listing(
        "follow-ups",
        _("Follow-ups"),
        rows.FollowUpRows(),
        filters.FollowUpFilterSet,
        {
            "due": ("due_sort", "order"),
            "title": ("title",),
            "kind": ("kind",),
            "state": ("state",),
            "updated_at": ("updated_at",),
            "agreed": ("order",),
        },
        template="actions/followup_list.html",
        columns=exports.COLUMNS,
        more=exports.MORE,
        shapes={"leads": exports.one_row_per_lead},
        lookup="ref",
        page="followup-detail",
    ),
    Listing(
        "assignments",
        _("Lead and with"),
        rows.AssignmentRows(),
        filters.AssignmentFilterSet,
        {"follow_up": ("follow_up_id", "order")},
        lookup="ref",
    ),
    Listing(
        "updates",
        _("Updates"),
        rows.UpdateRows(),
        filters.UpdateFilterSet,
        {"at": ("at",)},
        default="-at",
        lookup="ref",
    ),
    Listing(
        "outputs",
        _("Papers and files"),
        paper_rows.OutputRows(),
        filters.OutputFilterSet,
        {"title": ("title",)},
        lookup="ref",
        shown=("title", "kind", "named_only", "session", "retreat", "follow_up", "note"),
    ),
    Listing(
        "decisions",
        _("Decisions"),
        rows.DecisionRows(),
        filters.DecisionFilterSet,
        {"date": ("decided_sort", "number"), "title": ("title",)},
        template="actions/decision_list.html",
        default="-date",
        lookup="ref",
    ),
)
