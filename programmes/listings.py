"""The lists of the ground floor, one each for page, REST and export."""

from django.utils.translation import gettext_lazy as _

from wiego_review.common.listing import Listing

from . import filters, rows

LISTINGS = (
    Listing("people", _("People"), rows.PersonRows(), filters.PersonFilterSet),
    Listing("programmes", _("Programmes"), rows.ProgrammeRows(), filters.ProgrammeFilterSet),
    Listing("bodies", _("Board, Team, committees"), rows.BodyRows(), filters.BodyFilterSet),
    Listing("organisations", _("Organisations"), rows.OrganisationRows(), filters.NamedFilterSet),
    Listing("sectors", _("Sectors"), rows.SectorRows(), filters.NamedFilterSet),
    Listing("regions", _("Regions"), rows.RegionRows(), filters.NamedFilterSet),
    Listing("cities", _("Cities"), rows.CityRows(), filters.NamedFilterSet),
)
