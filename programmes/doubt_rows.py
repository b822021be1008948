"""The list rows of what the documents do not agree on and of what was understood from them."""

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _

from wiego_review.common.cells import (
    Cell,
    Column,
    Linked,
    Many,
    Rows,
    Shape,
    grouped,
    ref_cell,
    url_cell,
)

from .doubts import named_records
from .models import Concern, Contradiction, Source, Understanding
from .places import sources_cell
from .rows import VERSION

RECORD = Shape("AnyRecord", {"kind": "text", "slug": "slug", "name": "text"})


def fetch_concerns(ids, viewer):
    rows = Concern.objects.filter(contradiction__in=ids).order_by("pk")
    rows = list(rows.values_list("contradiction_id", "content_type_id", "object_id"))
    return linked(rows, viewer)


def fetch_understood(ids, viewer):
    """The one record or two an understanding is about."""
    rows = Understanding.objects.filter(pk__in=ids)
    ones = list(rows.values_list("pk", "content_type_id", "object_id"))
    others = rows.filter(other_id__isnull=False).values_list("pk", "other_type_id", "other_id")
    return linked([*ones, *others], viewer)


def linked(rows, viewer):
    """`(id, type, key)` rows as `{id: [links]}`, as far as the viewer sees them."""
    links = named_records({(kind, key) for _pk, kind, key in rows}, viewer)
    return grouped((pk, links[kind, key]) for pk, kind, key in rows if (kind, key) in links)


def places(ids):
    """The places of contradictions, in the order of the documents."""
    kind = ContentType.objects.get_for_model(Contradiction)
    rows = Source.objects.filter(content_type=kind, object_id__in=ids)
    return rows.order_by("document__dated_on", "document", "first_line", "pk")


def fetch_said(ids, viewer):
    return grouped(places(ids).exclude(said_as="").values_list("object_id", "said_as"))


def fetch_documents(ids, viewer):
    rows = places(ids).values_list("object_id", "document__slug", "document__title")
    once = dict.fromkeys(rows)
    return grouped((pk, {"slug": slug, "name": title}) for pk, slug, title in once)


class ContradictionRows(Rows):
    model = Contradiction
    cells = (
        ref_cell("C"),
        Cell("title", _("What does not agree"), "text", Column("text")),
        Cell("said_as", _("In the documents' words"), "texts", Many(fetch_said)),
        Cell("kind", _("Kind"), "code", Column("kind"), Contradiction.Kind),
        Cell("concerns", _("Concerns"), "links", Many(fetch_concerns), shape=RECORD),
        Cell(
            "documents",
            _("Documents"),
            "links",
            Many(fetch_documents, noun="sourcedocument"),
        ),
        VERSION,
        url_cell("/contradictions/", "C"),
    )
    detail = (sources_cell(Contradiction),)


class UnderstandingRows(Rows):
    model = Understanding
    cells = (
        ref_cell("K"),
        Cell("title", _("Understood, not said"), "text", Column("text")),
        Cell("concerns", _("Concerns"), "links", Many(fetch_understood), shape=RECORD),
        Cell("answer", _("Answer"), "code", Column("answer"), Understanding.Answer),
        Cell("answered_by", _("Answered by"), "link", Linked("answered_by__person", "person")),
        Cell("answered_at", _("Answered"), "time", Column("answered_at")),
        VERSION,
        url_cell("/understood/", "K"),
    )
    detail = (sources_cell(Understanding),)
