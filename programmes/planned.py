"""What is planned and worked on, nested in the rows of what it concerns."""

from django.utils.translation import gettext_lazy as _

from wiego_review.common.cells import Cell, Many, Shape, grouped, through

from .models import Commitment, CommitmentWork, Pillar, Plan, PlanPoint, Provision
from .places import PLACE
from .told import in_order, items, link, links, said, told_of

WHO = ("people", "programmes", "bodies", "organisations")
PROVISION = Shape("Provision", {"text": "text", "said_as": "text", "sources": PLACE})
WORK = Shape(
    "CommitmentWork",
    {"text": "text", "commitments": "links", **dict.fromkeys(WHO, "links"), "sources": PLACE},
)
PILLAR = Shape("Pillar", {"name": "text", "note": "text", "sources": PLACE})
POINT = Shape(
    "PlanPoint",
    {
        "plan": "link",
        "pillar": "text",
        "kind": "text",
        "text": "text",
        "said_as": "text",
        "sectors": "links",
        "cities": "links",
        "sources": PLACE,
    },
)


def provision(record):
    return said(record, "text", "said_as")


def work(record):
    return {
        "text": record.text,
        "commitments": links(record.commitments),
        **{name: links(getattr(record, name)) for name in WHO},
    }


def works_cell(through_field: str) -> Cell:
    """Who is working on what, of the works that name a record in this field."""
    model, key, other = through(CommitmentWork, through_field)

    def fetch(ids, viewer):
        pairs = list(model._base_manager.filter(**{f"{other}__in": ids}).values_list(key, other))
        rows = CommitmentWork.objects.visible_to(viewer).filter(pk__in=[pk for pk, _to in pairs])
        records = sorted(rows.prefetch_related("commitments", *WHO), key=in_order)
        owners = grouped(pairs)
        told = items(records, work, viewer)
        return grouped((owner, item) for record, item in told for owner in owners[record.pk])

    return Cell("works", _("Who works on what"), "json", Many(fetch), shape=WORK)


def pillar(record):
    return said(record, "name", "note")


def point(record):
    return {
        "plan": link(record.plan),
        "pillar": record.pillar.name if record.pillar else "",
        **said(record, "kind", "text", "said_as"),
        "sectors": links(record.sectors),
        "cities": links(record.cities),
    }


def points(rows):
    records = rows.select_related("plan", "pillar").prefetch_related("sectors", "cities")
    return sorted(records, key=lambda each: (each.plan.sort_key, *in_order(each)))


def fetch_points(ids, viewer):
    records = points(PlanPoint.objects.visible_to(viewer).filter(plan__in=ids))
    return grouped((each.plan_id, item) for each, item in items(records, point, viewer))


def points_naming(field: str) -> Cell:
    """The points of plans that name a city or a sector, the long-term changes among them."""
    model, key, other = through(PlanPoint, field)

    def fetch(ids, viewer):
        pairs = list(model._base_manager.filter(**{f"{other}__in": ids}).values_list(key, other))
        owners = grouped(pairs)
        records = points(PlanPoint.objects.visible_to(viewer).filter(pk__in=list(owners)))
        told = items(records, point, viewer)
        return grouped((owner, item) for record, item in told for owner in owners[record.pk])

    return Cell("plan_points", _("In plans"), "json", Many(fetch), shape=POINT)


def plans_of(owner: str) -> Cell:
    """The plans of a programme, body or organisation."""

    def fetch(ids, viewer):
        rows = Plan.objects.visible_to(viewer).filter(**{f"{owner}__in": ids})
        return grouped(
            (getattr(each, f"{owner}_id"), link(each)) for each in rows.order_by("sort_key", "pk")
        )

    return Cell("plans", _("Plans"), "links", Many(fetch, noun="plan"))


def commitments_at(path: str) -> Cell:
    """The commitments and laws that name a city or a sector."""

    def fetch(ids, viewer):
        rows = Commitment.objects.visible_to(viewer).filter(**{f"{path}__in": ids})
        rows = rows.order_by("sort_key", "pk").values_list(path, "slug", "name")
        return grouped((pk, {"slug": slug, "name": name}) for pk, slug, name in rows)

    return Cell("commitments", _("Commitments and laws"), "links", Many(fetch, noun="commitment"))


PROVISIONS = Cell(
    "provisions",
    _("Provisions"),
    "json",
    told_of(Provision, "commitment", provision, in_order),
    shape=PROVISION,
)
PILLARS = Cell(
    "pillars", _("Pillars"), "json", told_of(Pillar, "plan", pillar, in_order), shape=PILLAR
)
POINTS = Cell("points", _("Points"), "json", Many(fetch_points), shape=POINT)
