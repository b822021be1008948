"""The list rows of the ground floor."""

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from wiego_review.common.cells import (
    Cell,
    Column,
    Guarded,
    Linked,
    Many,
    Rows,
    grouped,
    url_cell,
)
from wiego_review.common.text import fold

from .doubts import remarks_on
from .models import (
    Alias,
    Body,
    City,
    Membership,
    Organisation,
    Person,
    Programme,
    Region,
    Sector,
    SourceDocument,
)
from .places import sources_cell
from .planned import commitments_at, plans_of, points_naming, works_cell
from .told import NAMES, PARTS_PLAYED, ROLES, TOLD_AS, facts_cell, members_cell

SLUG = Cell("slug", _("Reference"), "ref", Column("slug"))
NAME = Cell("name", _("Name"), "text", Column("name"))
VERSION = Cell("version", _("Version"), "number", Column("version"))


def aliases_cell(model) -> Cell:
    """Its spellings, and the names of those that became it."""
    owner = model._meta.model_name

    def fetch(ids, viewer):
        spelt = Alias.objects.visible_to(viewer).filter(**{f"{owner}__in": ids}).order_by()
        spelt = spelt.exclude(name=F(f"{owner}__name"))
        became = model.objects.visible_to(viewer).filter(merged_into__in=ids).order_by()
        names = became.values_list("merged_into", "name")
        rows = spelt.values_list(owner, "name").union(names)
        return grouped(sorted(rows, key=lambda row: (fold(row[1]), row[1])))

    return Cell("aliases", _("Also written as"), "texts", Many(fetch))


def fetch_bodies(ids, viewer):
    standing = Membership.objects.visible_to(viewer).standing(viewer.today)
    rows = standing.filter(person__in=ids, body__isnull=False)
    rows = rows.order_by("body__sort_key", "pk").values_list(
        "person_id", "body__slug", "body__name", "role"
    )
    once = dict.fromkeys((pk, slug, name) for pk, slug, name, _role in rows)
    return grouped((pk, {"slug": slug, "name": name}) for pk, slug, name in once)


def fetch_employed(ids, viewer):
    rows = Person.objects.visible_to(viewer).filter(organisation__in=ids)
    rows = rows.order_by("sort_key", "pk").values_list("organisation_id", "slug", "name")
    return grouped((pk, {"slug": slug, "name": name}) for pk, slug, name in rows)


class PersonRows(Rows):
    model = Person
    cells = (
        SLUG,
        NAME,
        aliases_cell(Person),
        Cell("title", _("Role, as told"), "text", Guarded("title", "person")),
        Cell("organisation", _("Organisation"), "link", Linked("organisation", "organisation")),
        Cell("bodies", _("Board, Team, committees"), "links", Many(fetch_bodies, noun="body")),
        VERSION,
        url_cell("/people/"),
    )
    detail = (
        Cell(
            "name_uncertain",
            _("Spelling uncertain"),
            "yes",
            Guarded("name_uncertain", "person", empty=None),
        ),
        ROLES,
        facts_cell("person"),
        works_cell("people"),
        sources_cell(Person),
    )


class ProgrammeRows(Rows):
    model = Programme
    cells = (
        SLUG,
        NAME,
        Cell("kind", _("Kind"), "code", Column("kind"), Programme.Kind),
        aliases_cell(Programme),
        VERSION,
        url_cell("/programmes/"),
    )
    detail = (
        members_cell("programme"),
        plans_of("programme"),
        works_cell("programmes"),
        facts_cell("programme"),
        sources_cell(Programme),
    )


class BodyRows(Rows):
    model = Body
    cells = (
        SLUG,
        NAME,
        Cell("kind", _("Kind"), "code", Column("kind"), Body.Kind),
        aliases_cell(Body),
        VERSION,
        url_cell("/bodies/"),
    )
    detail = (
        members_cell("body"),
        plans_of("body"),
        works_cell("bodies"),
        facts_cell("body"),
        sources_cell(Body),
    )


class OrganisationRows(Rows):
    model = Organisation
    cells = (
        SLUG,
        NAME,
        TOLD_AS,
        aliases_cell(Organisation),
        Cell("country", _("Country"), "text", Column("country")),
        Cell("part_of", _("Part of"), "link", Linked("part_of", "organisation")),
        VERSION,
        url_cell("/organisations/"),
    )
    detail = (
        NAMES,
        PARTS_PLAYED,
        Cell("people", _("People"), "links", Many(fetch_employed, noun="person")),
        plans_of("organisation"),
        works_cell("organisations"),
        facts_cell("organisation"),
        sources_cell(Organisation),
    )


class SectorRows(Rows):
    model = Sector
    cells = (SLUG, NAME, VERSION, url_cell("/sectors/"))
    detail = (
        points_naming("sectors"),
        commitments_at("sectors"),
        sources_cell(Sector),
    )


class RegionRows(Rows):
    model = Region
    cells = (SLUG, NAME, VERSION, url_cell("/regions/"))
    detail = (sources_cell(Region),)


class CityRows(Rows):
    model = City
    cells = (
        SLUG,
        NAME,
        Cell("country", _("Country"), "text", Column("country")),
        Cell("focal", _("Focal City"), "yes", Column("focal")),
        Cell("joined", _("Joined"), "date", Column("joined_on")),
        Cell("joined_until", _("Joined, last day"), "date", Column("joined_until")),
        Cell("joined_text", _("Joined, as said"), "text", Column("joined_text")),
        Cell("left", _("Left"), "date", Column("left_on")),
        Cell("left_until", _("Left, last day"), "date", Column("left_until")),
        Cell("left_text", _("Left, as said"), "text", Column("left_text")),
        Cell("remarks", _("What the documents don’t agree on"), "texts", Many(remarks_on(City))),
        VERSION,
        url_cell("/cities/"),
    )
    detail = (
        members_cell("city", "team", _("Team")),
        points_naming("cities"),
        commitments_at("city"),
        facts_cell("city"),
        sources_cell(City),
    )


class DocumentRows(Rows):
    model = SourceDocument
    cells = (
        SLUG,
        Cell("title", _("Title"), "text", Column("title")),
        Cell("dated_on", _("Date"), "date", Column("dated_on")),
        Cell("attached", _("Its text is here"), "yes", Column("attached")),
        VERSION,
        url_cell("/documents/"),
    )

    def annotate(self, queryset, viewer):
        return queryset.with_attached()
