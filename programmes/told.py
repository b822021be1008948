"""What is told of people, groups and cities, nested in their rows: each item with its places."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from wiego_review.common.cells import Cell, Many, Shape, grouped
from wiego_review.common.dates import NEVER

from .models import (
    Fact,
    Membership,
    Organisation,
    OrganisationName,
    OrganisationRole,
    Understanding,
)
from .places import PLACE, fetch_sources

FACT = Shape(
    "Fact",
    {
        "text": "text",
        "said_as": "text",
        "told_on": "date",
        "told_until": "date",
        "told_text": "text",
        "sources": PLACE,
    },
)
ROLE_SPAN = {
    "role": "text",
    "title": "text",
    "city": "link",
    "started_on": "date",
    "started_until": "date",
    "started_text": "text",
    "ended_on": "date",
    "ended_until": "date",
    "ended_text": "text",
    "understood": "yes",
}
MEMBER = Shape("Member", {"person": "link", **ROLE_SPAN})
GROUP = Shape("Party", {"slug": "slug", "name": "text", "kind": "text"}, many=False)
ROLE = Shape("Role", {"group": GROUP, **ROLE_SPAN, "sources": PLACE})
NAME_THEN = Shape(
    "NameOverTime", {"name": "text", "year": "number", "understood_of": "link", "sources": PLACE}
)
PART_PLAYED = Shape("OrganisationRole", {"role": "text", "sources": PLACE})


def link(record):
    return record and {"slug": record.slug, "name": record.name}


def links(records):
    return [link(each) for each in records.all()]


def said(record, *names):
    return {name: getattr(record, name) for name in names}


def items(records, told, viewer) -> list:
    """`told(record)` of each, with its places."""
    places = fetch_sources(type(records[0]), [r.pk for r in records], viewer) if records else {}
    return [(each, {**told(each), "sources": places.get(each.pk, [])}) for each in records]


def told_of(model, owner, told, order, related=()):
    """A fetch of what hangs on a record by the key `owner`, by the model's own `order`."""

    def fetch(ids, viewer):
        rows = model.objects.visible_to(viewer).filter(**{f"{owner}__in": ids})
        records = sorted(rows.select_related(*related), key=order)
        return grouped(
            (getattr(each, f"{owner}_id"), item) for each, item in items(records, told, viewer)
        )

    return Many(fetch)


def in_order(record):
    return record.order, record.pk


def in_time(record):
    """By the day, those without one last; then as the document has them."""
    return record.told_on or NEVER, record.order, record.pk


def fact(record):
    return said(record, "text", "said_as", "told_on", "told_until", "told_text")


def facts_cell(owner: str) -> Cell:
    return Cell("facts", _("What is told"), "json", told_of(Fact, owner, fact, in_time), shape=FACT)


def span_of(membership):
    names = [name for name in ROLE_SPAN if name != "city"]
    return {**said(membership, *names), "city": link(membership.city)}


def roles_in_time(membership):
    """Those that ended first, then those told without a day, then by their first day."""
    ended = membership.ended_on or membership.ended_text
    return not ended, membership.started_on or date.min, membership.pk


def role(membership):
    group = membership.group
    named = {**link(group), "kind": group.kind_of_party}
    return {"group": named, **span_of(membership)}


def member(membership):
    return {"person": link(membership.person), **span_of(membership)}


MEMBERS = _("Members")


def by_name(membership):
    return membership.person.sort_key, membership.pk


ROLES = Cell(
    "roles",
    _("Roles over time"),
    "json",
    told_of(Membership, "person", role, roles_in_time, ("body", "programme", "city")),
    shape=ROLE,
)


def members_cell(group: str, name="members", label=MEMBERS) -> Cell:
    fetch = told_of(Membership, group, member, by_name, ("person", "city"))
    return Cell(name, label, "json", fetch, shape=MEMBER)


def name_then(record):
    return {**said(record, "name", "year"), "understood_of": None}


def by_year(record):
    return record.year or 9999, record.pk


OWN_NAMES = told_of(OrganisationName, "organisation", name_then, by_year)


def fetch_names(ids, viewer):
    """Names by the year; with those of another that was understood, with a yes, to be the same."""
    same = Understanding.objects.visible_to(viewer).same_of(Organisation, ids)
    seen = Organisation.objects.visible_to(viewer)
    others = seen.in_bulk([other for others in same.values() for other in others])
    told = OWN_NAMES.fetch([*ids, *others], viewer)
    found = {}
    for pk in ids:
        understood = [
            {**item, "understood_of": link(others[other])}
            for other in same.get(pk, ())
            if other in others
            for item in told.get(other, ())
        ]
        names = [*told.get(pk, ()), *understood]
        found[pk] = sorted(names, key=lambda item: item["year"] or 9999)
    return found


def part_played(record):
    return said(record, "role")


NAMES = Cell(
    "names",
    _("Names over time"),
    "json",
    Many(fetch_names),
    shape=NAME_THEN,
)


def fetch_parts(ids, viewer):
    seen = OrganisationRole.objects.visible_to(viewer).filter(organisation__in=ids)
    return grouped(seen.order_by("role").values_list("organisation_id", "role"))


TOLD_AS = Cell(
    "told_as", _("In the documents as"), "texts", Many(fetch_parts), OrganisationRole.Role
)
PARTS_PLAYED = Cell(
    "roles",
    _("In the documents as"),
    "json",
    told_of(OrganisationRole, "organisation", part_played, lambda record: record.role),
    shape=PART_PLAYED,
)
