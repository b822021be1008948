"""The list rows of papers and files."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from programmes.rows import VERSION, sources_cell
from wiego_review.common import refs
from wiego_review.common.cells import (
    Cell,
    Column,
    Linked,
    Many,
    Referred,
    Rows,
    Shape,
    grouped,
    ref_cell,
)

from .models import Output, OutputVersion

PAPER = Shape(
    "Paper",
    {"ref": "ref", "title": "text", "url": "text", "named_only": "yes", "note": "text"},
)
VERSIONS = Shape(
    "OutputVersion",
    {
        "ref": "ref",
        "number": "number",
        "name": "text",
        "type": "text",
        "size": "number",
        "sha256": "text",
        "by": "link",
        "at": "time",
        "url": "text",
    },
)


def fetch_outputs(ids, viewer):
    rows = Output.objects.visible_to(viewer).filter(follow_up__in=ids).order_by("title", "pk")
    return grouped(
        (
            owner,
            {
                "ref": refs.to_ref("O", pk),
                "title": title,
                "url": url,
                "named_only": named_only,
                "note": note,
            },
        )
        for owner, pk, title, url, named_only, note in rows.values_list(
            "follow_up_id", "pk", "title", "url", "named_only", "note"
        )
    )


def fetch_versions(ids, viewer):
    """The files of papers, the newest first."""
    rows = OutputVersion.objects.visible_to(viewer).filter(output__in=ids).order_by("-number")
    named = viewer.namer("person")
    person = ("by__person_id", "by__person__slug", "by__person__name")
    told = ("pk", "number", "name", "type", "size", "sha256", "at")
    return grouped(
        (owner, version_cell(row, {"slug": slug, "name": name} if key and named(key) else None))
        for owner, key, slug, name, *row in rows.values_list("output_id", *person, *told)
    )


def version_cell(row, by) -> dict:
    pk, number, name, kind, size, sha256, at = row
    ref = refs.to_ref(OutputVersion.ref_prefix, pk)
    there = f"{settings.SITE_URL}{reverse('file', args=[ref])}"
    told = {"ref": ref, "number": number, "name": name, "type": kind, "size": size}
    return {**told, "sha256": sha256, "by": by, "at": at, "url": there}


class OutputRows(Rows):
    model = Output
    cells = (
        ref_cell("O"),
        Cell("title", _("Title"), "text", Column("title")),
        Cell("kind", _("Kind"), "code", Column("kind"), Output.Kind),
        Cell("language", _("Language"), "code", Column("language"), Output.Language),
        Cell("follow_up", _("Follow-up"), "record", Referred("follow_up", "followup", "F")),
        Cell("session", _("Session"), "record", Referred("session", "session", "S")),
        Cell("retreat", _("Retreat or meeting"), "link", Linked("retreat", "retreat")),
        Cell("issue", _("Strategic issue"), "record", Referred("issue", "strategicissue", "I")),
        Cell("binder", _("For the binder of"), "link", Linked("binder", "retreat")),
        Cell("named_only", _("Named, not in our files"), "yes", Column("named_only")),
        Cell("note", _("Note"), "text", Column("note")),
        Cell("url", _("Link"), "url", Column("url")),
        VERSION,
    )
    detail = (
        Cell("versions", _("Versions"), "json", Many(fetch_versions), shape=VERSIONS),
        sources_cell(Output),
    )
