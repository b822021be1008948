"""The list rows of the ground floor."""

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _

from wiego_review.common.cells import (
    Cell,
    Column,
    Guarded,
    Linked,
    Made,
    Many,
    Rows,
    Shape,
    grouped,
    nothing_yet,
    url_cell,
)

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
    Source,
    SourceDocument,
)

SLUG = Cell("slug", _("Reference"), "ref", Column("slug"))
NAME = Cell("name", _("Name"), "text", Column("name"))
VERSION = Cell("version", _("Version"), "number", Column("version"))
PLACE = Shape(
    "Source",
    {"document": "link", "heading": "text", "first_line": "number", "last_line": "number"},
)
MEMBER = Shape("Member", {"person": "link", "role": "text", "title": "text"})


def sources_cell(model) -> Cell:
    """Where a record stands in the documents: `[{document, heading, first_line, last_line}]`."""

    def fetch(ids, viewer):
        if "open" not in viewer.grains("sourcedocument"):
            return {}
        kind = ContentType.objects.get_for_model(model)
        rows = Source.objects.filter(content_type=kind, object_id__in=ids).order_by(
            "document__dated_on", "first_line", "pk"
        )
        return grouped(
            (
                pk,
                {
                    "document": {"slug": slug, "name": title},
                    "heading": heading,
                    "first_line": first,
                    "last_line": last,
                },
            )
            for pk, slug, title, heading, first, last in rows.values_list(
                "object_id",
                "document__slug",
                "document__title",
                "heading",
                "first_line",
                "last_line",
            )
        )

    return Cell("sources", _("In the documents"), "json", Many(fetch), shape=PLACE)


def aliases_cell(owner: str) -> Cell:
    def fetch(ids, viewer):
        rows = Alias.objects.visible_to(viewer).filter(**{f"{owner}__in": ids})
        return grouped(rows.order_by("key", "pk").values_list(owner, "name"))

    return Cell("aliases", _("Also written as"), "texts", Many(fetch))


def fetch_bodies(ids, viewer):
    rows = Membership.objects.visible_to(viewer).filter(person__in=ids, body__isnull=False)
    rows = rows.order_by("body__sort_key", "pk").values_list(
        "person_id", "body__slug", "body__name", "role"
    )
    once = dict.fromkeys((pk, slug, name) for pk, slug, name, _role in rows)
    return grouped((pk, {"slug": slug, "name": name}) for pk, slug, name in once)


def members_cell(group: str) -> Cell:
    def fetch(ids, viewer):
        rows = Membership.objects.visible_to(viewer).filter(**{f"{group}__in": ids})
        rows = rows.order_by("person__sort_key", "pk").values_list(
            group, "person__slug", "person__name", "role", "title"
        )
        return grouped(
            (pk, {"person": {"slug": slug, "name": name}, "role": role, "title": title})
            for pk, slug, name, role, title in rows
        )

    return Cell("members", _("Members"), "json", Many(fetch), shape=MEMBER)


def unknown(pk):
    """What no document has told so far."""
    return None


class PersonRows(Rows):
    model = Person
    cells = (
        SLUG,
        NAME,
        aliases_cell("person"),
        Cell("title", _("Role, as told"), "text", Guarded("title", "person")),
        Cell("organisation", _("Organisation"), "link", Linked("organisation", "organisation")),
        Cell("bodies", _("Board, Team, committees"), "links", Many(fetch_bodies, noun="body")),
        VERSION,
        url_cell("/people/"),
    )
    detail = (
        Cell("name_uncertain", _("Spelling uncertain"), "yes", Guarded("name_uncertain", "person")),
        sources_cell(Person),
    )


class ProgrammeRows(Rows):
    model = Programme
    cells = (
        SLUG,
        NAME,
        Cell("kind", _("Kind"), "code", Column("kind"), Programme.Kind),
        aliases_cell("programme"),
        VERSION,
        url_cell("/programmes/"),
    )
    detail = (members_cell("programme"), sources_cell(Programme))


class BodyRows(Rows):
    model = Body
    cells = (
        SLUG,
        NAME,
        Cell("kind", _("Kind"), "code", Column("kind"), Body.Kind),
        aliases_cell("body"),
        VERSION,
        url_cell("/bodies/"),
    )
    detail = (members_cell("body"), sources_cell(Body))


class OrganisationRows(Rows):
    model = Organisation
    cells = (
        SLUG,
        NAME,
        aliases_cell("organisation"),
        Cell("country", _("Country"), "text", Column("country")),
        VERSION,
        url_cell("/organisations/"),
    )
    detail = (sources_cell(Organisation),)


class SectorRows(Rows):
    model = Sector
    cells = (SLUG, NAME, VERSION, url_cell("/sectors/"))
    detail = (sources_cell(Sector),)


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
        VERSION,
        url_cell("/cities/"),
    )
    detail = (
        Cell("joined", _("Joined"), "date", Made(unknown, ("pk",))),
        Cell("left", _("Left"), "date", Made(unknown, ("pk",))),
        Cell("team", _("Team"), "links", Many(nothing_yet)),
        sources_cell(City),
    )


class DocumentRows(Rows):
    model = SourceDocument
    cells = (
        SLUG,
        Cell("title", _("Title"), "text", Column("title")),
        Cell("dated_on", _("Date"), "date", Column("dated_on")),
    )
