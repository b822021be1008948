"""The list rows of dot votes: what was announced, and what a second look finds."""

from django.db.models import Sum
from django.db.models.functions import Coalesce
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
    url_cell,
)

from .findings import Tally, findings, ranks
from .models import Ballot, BallotOption, HeadCount, Note

OPTION = Shape(
    "BallotOption",
    {
        "text": "text",
        "announced_position": "number",
        "dots": "number",
        "rank": "number",
        "issue": "record",
        "reasons": "records",
    },
)
FINDING = Shape("Finding", {"kind": "text", "text": "text"})
PATHS = ("ballot_id", "pk", "text", "announced_position", "dots", "issue_id", "issue__title")


def reasons_of(options, viewer) -> dict:
    """The notes told as reasons for each issue voted on, in their order."""
    seen = Note.objects.visible_to(viewer)
    rows = BallotOption.reasons.through.objects.filter(ballotoption__in=options, note__in=seen)
    rows = rows.order_by("note__order", "note").values_list("ballotoption", "note", "note__text")
    return grouped(
        (option, {"ref": refs.to_ref("N", pk), "title": text}) for option, pk, text in rows
    )


def options_of(ballots, viewer) -> dict:
    """The issues of each vote in the order announced, each with its place by dots."""
    rows = BallotOption.objects.visible_to(viewer).filter(ballot__in=ballots)
    rows = list(rows.order_by("announced_position").values_list(*PATHS))
    reasons = reasons_of([pk for _ballot, pk, *_rest in rows], viewer)
    named = viewer.namer("strategicissue")
    found = grouped(
        (
            ballot,
            {
                "text": text,
                "announced_position": position,
                "dots": dots,
                "issue": {"ref": refs.to_ref("I", issue), "title": title} if named(issue) else None,
                "reasons": reasons.get(pk, []),
            },
        )
        for ballot, pk, text, position, dots, issue, title in rows
    )
    for options in found.values():
        places = ranks([each["dots"] for each in options])
        for option, place in zip(options, places, strict=True):
            option["rank"] = place
    return found


def heads_announced(retreats, viewer) -> dict:
    counts = HeadCount.objects.visible_to(viewer).filter(retreat__in=retreats).order_by()
    return dict(counts.values_list("retreat").annotate(all=Sum("number")))


def fetch_tallies(ids, viewer):
    """`{"options": …, "findings": …}` of each vote."""
    options = options_of(ids, viewer)
    ballots = Ballot.objects.filter(pk__in=ids)
    ballots = list(ballots.values_list("pk", "dots_per_voter", "entitled", "session__retreat"))
    heads = heads_announced([retreat for *_rest, retreat in ballots], viewer)
    found = {}
    for pk, each, entitled, retreat in ballots:
        tallies = [Tally(o["text"], o["dots"], len(o["reasons"])) for o in options.get(pk, [])]
        told = findings(
            tallies, dots_per_voter=each, entitled=entitled, announced=heads.get(retreat)
        )
        found[pk] = [{"kind": finding.kind, "text": finding.text} for finding in told]
    return {"options": options, "findings": found}


class BallotRows(Rows):
    model = Ballot
    cells = (
        ref_cell("B"),
        Cell("retreat", _("Retreat or meeting"), "link", Linked("session__retreat", "retreat")),
        Cell("session", _("Session"), "record", Referred("session", "session", "S")),
        Cell("title", _("Title"), "text", Column("title")),
        Cell("question", _("The question as put"), "text", Column("question")),
        Cell("dots_per_voter", _("Dots for each"), "number", Column("dots_per_voter")),
        Cell("entitled", _("How many could vote"), "number", Column("entitled")),
        Cell("order_text", _("Order, as announced"), "text", Column("order_text")),
        Cell("total_dots", _("Dots in all"), "number", Column("total_dots")),
        Cell("note", _("Note"), "text", Column("note")),
        VERSION,
        url_cell("/ballots/", "B"),
    )
    detail = (
        Cell("options", _("Issues"), "json", Many(fetch_tallies, part="options"), shape=OPTION),
        Cell(
            "findings",
            _("Note on the count"),
            "json",
            Many(fetch_tallies, part="findings"),
            shape=FINDING,
        ),
        sources_cell(Ballot),
    )

    def annotate(self, queryset, viewer):
        return queryset.annotate(total_dots=Coalesce(Sum("options__dots"), 0))
