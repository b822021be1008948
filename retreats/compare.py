"""Retreats side by side: who came, what it was about, what was said and what came of it."""

from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _

from wiego_review.common import floors, refs
from wiego_review.common.cells import grouped
from wiego_review.common.listing import BadQuery

from .filters import MOST, CompareFilterSet
from .models import HeadCount, Note, Participant, Retreat, StrategicIssue, Suggestion
from .row_words import dates_of, number_of, place_of, sum_of, sum_words, words_of
from .rows import RetreatRows

ROWS = RetreatRows()


@dataclass(frozen=True)
class Line:
    """One line of the comparison: a cell for each retreat, words or links of one noun."""

    title: str
    cells: list
    noun: str = ""


def worth_comparing(retreats, viewer):
    """Those of the retreats something was said at: what is compared if nobody asks."""
    return retreats.filter(pk__in=Note.objects.visible_to(viewer).values("retreat"))


def asked_for(params, viewer):
    """`(filterset, keys)` of the retreats to compare, the earliest first. Raises BadQuery."""
    seen = Retreat.objects.visible_to(viewer)
    filterset = CompareFilterSet(params, seen, viewer=viewer)
    if filterset.problems:
        raise BadQuery(filterset.problems)
    chosen = filterset.qs if params.get("retreat") else worth_comparing(seen, viewer)
    keys = chosen.order_by("date_sort", "pk").values_list("pk", flat=True)
    return filterset, list(keys)[-MOST:]


def side_by_side(keys, viewer) -> dict:
    """`{"retreats": rows, "lines": [Line]}` of the retreats with these keys, in this order."""
    rows = ROWS.read(keys, viewer, detail=True)
    by_key = dict(zip(keys, rows, strict=True))
    lines = [*of_rows(rows), *counts(keys, viewer)]
    lines += [
        Line(figure.title, figure.cells) for figure in floors.figures_of("retreat", keys, viewer)
    ]
    return {"retreats": list(by_key.values()), "lines": [each for each in lines if any(each.cells)]}


def of_rows(rows):
    """What the retreats' own rows tell."""
    yield Line(_("When"), [words_in(dates_of(row)) for row in rows])
    yield Line(_("Where"), [words_in(place_of(row)) for row in rows])
    yield Line(_("Kind"), [[kind_of(row)] for row in rows])
    yield Line(_("Organisations"), [row["organisations"] for row in rows], "organisation")
    yield Line(_("Countries"), [row["countries"] for row in rows])
    yield Line(_("Themes"), [[*filter(None, [row["theme"]]), *row["themes"]] for row in rows])


def words_in(text) -> list:
    return [text] if text else []


def kind_of(row) -> str:
    return str(Retreat.Kind(row["kind"]).label)


def counts(keys, viewer):
    """What is counted of each retreat."""
    yield Line(_("Announced"), announced(keys, viewer))
    named = Participant.objects.visible_to(viewer).exclude(attended="no")
    yield Line(_("Named"), by_code(named, keys, "capacity"))
    yield Line(_("Strategic issues"), issues(keys, viewer), "strategicissue")
    notes = Note.objects.visible_to(viewer)
    yield Line(_("What was said"), by_code(notes, keys, "kind"))
    suggested = Suggestion.objects.visible_to(viewer)
    yield Line(_("Suggestions"), by_code(suggested, keys, "taken_up"))


def announced(keys, viewer) -> list:
    """Head-counts as announced, by what people came as."""
    seen = HeadCount.objects.visible_to(viewer).filter(retreat__in=keys).order_by("capacity")
    found = grouped((count.retreat_id, count) for count in seen)
    return [in_all(found.get(key, [])) for key in keys]


def in_all(told) -> list:
    """Head-counts in words, and their sum, which no document has."""
    words = [f"{words_of(count)}: {number_of(count)}" for count in told]
    together = sum_of([(count.capacity, count.number) for count in told])
    return [*words, sum_words(together)] if together else words


def by_code(queryset, keys, field) -> list:
    """How many rows of each code every retreat has, in words."""
    rows = queryset.filter(retreat__in=keys).order_by()
    numbers = {
        (retreat, code): number
        for retreat, code, number in rows.values_list("retreat", field).annotate(n=Count("pk"))
    }
    codes = [*queryset.model._meta.get_field(field).choices, ("", _("Not stated"))]
    return [
        [f"{words}: {numbers[key, code]}" for code, words in codes if (key, code) in numbers]
        for key in keys
    ]


def issues(keys, viewer) -> list:
    seen = StrategicIssue.objects.visible_to(viewer).listed().filter(retreats__in=keys)
    rows = seen.order_by("title", "pk").values_list("retreats", "pk", "title")
    found = grouped(
        (retreat, {"ref": refs.to_ref("I", pk), "title": title})
        for retreat, pk, title in rows
        if retreat in keys
    )
    return [found.get(key, []) for key in keys]
