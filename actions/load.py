"""Who has how much, and how it stands by programme: the numbers behind the bars."""

from programmes.models import Programme

from .models import Assignment, FollowUp
from .models.follow_up import ENDED


def per_person(selection) -> list[dict]:
    """`[{slug, name, lead, support, late, total}]` of who has something going on, most first."""
    going = selection.queryset.not_ended()
    held = Assignment.objects.current()
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


def with_ways(rows, ways, params) -> list[dict]:
    """The rows with `to`: for each number the query of the list that holds what it counts.

    `ways(slug)` are `{number: {parameter: values}}` of a row.
    """
    for row in rows:
        row["to"] = {name: behind(params, narrow) for name, narrow in ways(row["slug"]).items()}
    return rows


def behind(params, narrow) -> str:
    """The list's query, narrowed further; none where it takes two of a kind for "or"."""
    query = params.copy()
    for name, values in narrow.items():
        asked = query.getlist(name)
        if name == "state":
            values = [value for value in values if value in asked] if asked else values
        elif asked not in ([], values):
            return ""
        query.setlist(name, values)
    return query.urlencode()


def of_person(slug) -> dict:
    going = [state for state in FollowUp.State.values if state not in ENDED]
    return {
        "lead": {"lead": [slug], "state": going},
        "support": {"support": [slug], "state": going},
        "late": {"person": [slug], "overdue": ["true"], "state": going},
    }


def of_programme(slug) -> dict:
    return {state: {"programme": [slug], "state": [state]} for state in FollowUp.State.values}


def stacked(rows, parts) -> list[dict]:
    """The rows with `bars`: `{kind, start, number}` for each part that is not nothing."""
    for row in rows:
        row["bars"], start = [], 0
        for kind in parts:
            if number := row["counts"].get(kind, 0):
                row["bars"].append({"kind": kind, "start": start, "number": number})
                start += number
    return rows
