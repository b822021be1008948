"""The lists of the ground floor, one each for page, REST and export."""

from django.utils.translation import gettext_lazy as _

from wiego_review.common.listing import Listing

from . import doubt_rows, filters, plan_rows, rows

LISTINGS = (
    Listing("people", _("People"), rows.PersonRows(), filters.PersonFilterSet),
    Listing("programmes", _("Programmes"), rows.ProgrammeRows(), filters.ProgrammeFilterSet),
    Listing("bodies", _("Board, Team, committees"), rows.BodyRows(), filters.BodyFilterSet),
    Listing(
        "organisations", _("Organisations"), rows.OrganisationRows(), filters.OrganisationFilterSet
    ),
    Listing("sectors", _("Sectors"), rows.SectorRows(), filters.NamedFilterSet),
    Listing("regions", _("Regions"), rows.RegionRows(), filters.NamedFilterSet),
    Listing(
        "cities",
        _("Cities"),
        rows.CityRows(),
        filters.CityFilterSet,
        shown=("name", "country", "focal", "joined_text", "left_text", "remarks"),
    ),
    Listing(
        "commitments",
        _("Commitments and laws"),
        plan_rows.CommitmentRows(),
        filters.CommitmentFilterSet,
        {"name": ("sort_key",), "kind": ("kind", "sort_key")},
        shown=("name", "kind", "other_names", "sectors", "city", "global_victory"),
    ),
    Listing(
        "plans",
        _("Plans"),
        plan_rows.PlanRows(),
        filters.PlanFilterSet,
        shown=("name", "programme", "for_whom", "cities", "period_text"),
    ),
    Listing(
        "contradictions",
        _("What the documents don’t agree on"),
        doubt_rows.ContradictionRows(),
        filters.ContradictionFilterSet,
        {"kind": ("kind", "text"), "title": ("text",)},
        lookup="ref",
    ),
    Listing(
        "understood",
        _("Understood, not said"),
        doubt_rows.UnderstandingRows(),
        filters.UnderstandingFilterSet,
        {"answer": ("answer", "text"), "title": ("text",)},
        lookup="ref",
    ),
    Listing(
        "documents",
        _("Source documents"),
        rows.DocumentRows(),
        filters.DocumentFilterSet,
        {"title": ("title",)},
    ),
)
