"""What the documents do not agree on and what was understood from them, beside any record."""

from django.contrib.contenttypes.models import ContentType

from wiego_review.common.cells import grouped

from .models import Concern, Contradiction, Understanding
from .places import fetch_sources


def named_records(pairs, viewer) -> dict:
    """Records of any noun by `(type, id)`, as links; those the viewer may not see are missing."""
    wanted = {}
    for type_id, pk in pairs:
        wanted.setdefault(type_id, set()).add(pk)
    found = {}
    for type_id, keys in wanted.items():
        model = ContentType.objects.get_for_id(type_id).model_class()
        for record in model.objects.visible_to(viewer).filter(pk__among=keys):
            found[type_id, record.pk] = link_to(record)
    return found


def link_to(record) -> dict:
    """A record of any noun as the rows name it: its slug or ref, name and kind."""
    return {
        "kind": record._meta.model_name,
        "slug": getattr(record, "slug", "") or record.ref,
        "name": str(record),
    }


def contradictions_beside(record, viewer) -> list[dict]:
    """What does not agree and concerns this record: `[{ref, text, sources}]`."""
    concerned = Concern.objects.of(record).values("contradiction")
    seen = Contradiction.objects.visible_to(viewer).filter(pk__in=concerned)
    told = list(seen.order_by("kind", "text"))
    places = places_of(told, viewer)
    return [
        {"ref": each.ref, "text": each.text, "sources": places.get(each.pk, [])} for each in told
    ]


def remarks_on(model):
    """A fetch of what does not agree and concerns records of a model: `{id: [text]}`."""

    def fetch(ids, viewer):
        seen = Contradiction.objects.visible_to(viewer)
        kind = ContentType.objects.get_for_model(model)
        rows = Concern.objects.filter(content_type=kind, object_id__in=ids, contradiction__in=seen)
        rows = rows.order_by("contradiction__kind", "contradiction__text")
        told = rows.values_list("object_id", "contradiction__text")
        return grouped((pk, text.removesuffix(".")) for pk, text in told)

    return fetch


def places_of(records, viewer) -> dict:
    """The places of records of one noun, as their rows have them."""
    return fetch_sources(type(records[0]), [each.pk for each in records], viewer) if records else {}


def understandings_of(record, viewer) -> list:
    """What was understood and not said of this record, or of another and this one."""
    kind = ContentType.objects.get_for_model(record)
    itself = isinstance(record, Understanding)
    seen = Understanding.objects.visible_to(viewer)
    seen = seen.filter(pk=record.pk) if itself else seen.about(kind, record.pk)
    found = list(seen.select_related("answered_by__person"))
    links = named_records({key for each in found for key in each.keys}, viewer)
    for each in found:
        each.who = viewer.account(each.answered_by)
        each.may_answer, each.may_reopen = (
            viewer.user.has_perm(f"programmes.{verb}_understanding", each)
            for verb in ("answer", "reopen")
        )
        others = [key for key in each.keys if key != (kind.pk, record.pk)]
        each.others = [links[key] for key in others if key in links]
    return found
