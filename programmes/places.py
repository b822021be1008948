"""Where records stand in the documents, as a cell of their rows."""

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _

from wiego_review.common.cells import Cell, Many, Shape, grouped

from .models import Source

PLACE = Shape(
    "Source",
    {
        "document": "link",
        "heading": "text",
        "first_line": "number",
        "last_line": "number",
        "said_as": "text",
    },
)
PLACE_PATHS = ("heading", "first_line", "last_line", "said_as")


def fetch_sources(model, ids, viewer):
    """Where records stand: `{id: [{document, heading, first_line, last_line, said_as}]}`."""
    if "open" not in viewer.grains("sourcedocument"):
        return {}
    kind = ContentType.objects.get_for_model(model)
    rows = Source.objects.filter(content_type=kind, object_id__in=ids)
    rows = rows.order_by("document__dated_on", "document", "first_line", "pk").values_list(
        "object_id", "document__slug", "document__title", *PLACE_PATHS
    )
    return grouped(
        (
            pk,
            {
                "document": {"slug": slug, "name": title},
                **dict(zip(PLACE_PATHS, place, strict=True)),
            },
        )
        for pk, slug, title, *place in rows
    )


def sources_cell(model) -> Cell:
    """Where a record stands in the documents."""

    def fetch(ids, viewer):
        return fetch_sources(model, ids, viewer)

    return Cell("sources", _("In the documents"), "json", Many(fetch), shape=PLACE)
