"""Who has how much, and how it stands by programme: the numbers behind the bars."""

from programmes.models import Programme

from .models import Assignment


def per_person(selection) -> list[dict]:
    """`[{slug, name, lead, support, late, total}]` of who has something going on, most first."""
    going = selection.queryset.not_ended()
    held = Assignment.objects.visible_to(selection.viewer).current()
    return list(held.counted_by_person(going, selection.viewer.today))


def per_programme(selection) -> list[dict]:
    """`[{slug, name, counts: {state: number}, total}]`, each follow-up once for a programme."""
    counts = {}
    for rows in selection.queryset.order_by().counted_by_programme():
        for programme, state, number in rows:
            found = counts.setdefault(programme, {})
            found[state] = found.get(state, 0) + number
    named = Programme.objects.visible_to(selection.viewer).filter(pk__in=counts)
    return [
        {"slug": slug, "name": name, "counts": counts[pk], "total": sum(counts[pk].values())}
        for pk, slug, name in named.order_by("sort_key").values_list("pk", "slug", "name")
    ]


def stacked(rows, parts) -> list[dict]:
    """The rows with `bars`: `{kind, start, number}` for each part that is not nothing."""
    for row in rows:
        row["bars"], start = [], 0
        for kind in parts:
            if number := row["counts"].get(kind, 0):
                row["bars"].append({"kind": kind, "start": start, "number": number})
                start += number
    return rows
