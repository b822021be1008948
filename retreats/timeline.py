"""The steps of a review as a picture: one line a step, a bar where its time is told."""

from datetime import date

from wiego_review.common.dates import next_month

LEFT, RIGHT, LINE, TOP = 34, 350, 24, 22


def timeline(steps) -> dict:
    """Where everything stands in the drawing; steps without a day have a place and no bar.

    `steps` are dictionaries with `order`, `starts_on` and `ends_on`.
    """
    days = [day for step in steps for day in (step["starts_on"], step["ends_on"]) if day]
    marks = [
        {"order": step["order"], "top": TOP + LINE * line, "middle": TOP + LINE * line + 10}
        for line, step in enumerate(steps)
    ]
    drawn = {"width": RIGHT + 10, "height": TOP + LINE * len(steps) + 6, "marks": marks}
    drawn |= {"left": LEFT, "bottom": TOP + LINE * len(steps), "months": []}
    if not days:
        return drawn
    first = min(days).replace(day=1)
    after = next_month(max(days))
    for mark, step in zip(marks, steps, strict=True):
        if step["starts_on"]:
            mark |= bar(step["starts_on"], step["ends_on"] or step["starts_on"], first, after)
    drawn["months"] = ticks(first, after)
    return drawn


def place(day: date, first: date, after: date) -> float:
    """How far to the right a day stands."""
    return round(LEFT + (RIGHT - LEFT) * (day - first).days / (after - first).days, 1)


def bar(start, end, first, after) -> dict:
    left = place(start, first, after)
    return {"left": left, "width": max(round(place(end, first, after) - left, 1), 4)}


def ticks(first, after) -> list[dict]:
    """The months that are named below the lines: at most six of them."""
    months, month = [], first
    while month < after:
        months.append(month)
        month = next_month(month)
    step = -(-len(months) // 6)
    return [{"at": place(month, first, after), "month": month} for month in months[::step]]
