"""Due as people say it: "first week of June", "antes del retiro del equipo", "ongoing".

`read_due(text, on, anchors)` tells the days that are meant, as of the day `on`. The words are read
as signs (`due_lexicon`), the signs by a short grammar (`due_spans`); what it does not know whole
it does not understand. Days without a year are the next ones that are not over yet.
"""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from .due_lexicon import signs_of
from .due_spans import DAY, NotUnderstood, off, span_of

WRITTEN = re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})(?:\2(\d{4}))?(?![\d./-])")
MIDNIGHT = re.compile(r"[T ]00:00(:00)?$")


class Ambiguous(NotUnderstood):
    """A day in numbers that may be two."""


@dataclass(frozen=True)
class Anchor:
    """A retreat or meeting that words may mean: `words` are signs, its names and kind."""

    slug: str
    words: frozenset
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Due:
    """First day, last day (None: exact), the words; where it hangs on a retreat, its slug, which
    edge of it (`start`, `end`) and how many days off."""

    text: str = ""
    on: date | None = None
    until: date | None = None
    anchor: str = ""
    edge: str = ""
    offset: int | None = None
    ongoing: bool = False


def read_due(text: str, on: date, anchors=()) -> Due:
    """What the words mean on the day `on`. Raises NotUnderstood, or Ambiguous for 6/5/2017."""
    text = " ".join(text.split())
    said = signs_of(written_days(MIDNIGHT.sub("", text)))
    if said in ("", "undated"):
        return Due(text)
    if said == "ongoing":
        return Due(text, ongoing=True)
    if (found := anchored(said, on, anchors)) is not None:
        return Due(text, *found)
    return Due(text, *exact_or_span(*span_of(said, on)))


def exact_or_span(first, last):
    return first, (None if first == last else last)


def written_days(text) -> str:
    """12.6.2017 and 25/6 as days a reader cannot mistake."""
    return WRITTEN.sub(lambda found: written_day(*found.groups()), text, count=1)


def written_day(one, sign, two, year) -> str:
    day, month = int(one), int(two)
    if sign != "." and max(day, month) <= 12 and day != month:
        raise Ambiguous(_("This may be two days. Write the month in letters, as “12 June 2017”."))
    if month > 12:
        day, month = month, day
    if month > 12 or (sign == "-" and not year):
        raise NotUnderstood
    return f"{day} {date(2000, month, 1):%B} {year or ''}"


NEAR = re.compile(
    r"(?:by )?(?:(\d+)? ?(day|week|month) )?(before|after|for|at|by|in|end|early)? ?(.+)"
)
SPARE = {"next", "this", "in", "at", "for", "by", "to"}


def anchored(said, on, anchors):
    """`(first, last, slug, edge, offset)` where the words name a retreat or meeting, or None."""
    number, unit, side, name = NEAR.fullmatch(said).groups()
    words = {word for word in name.split() if word not in SPARE}
    meant = [each for each in anchors if words and words <= each.words]
    if not meant or not any(not re.fullmatch(r"m\d+|\d+", word) for word in words):
        return None
    ahead = side in ("at", "in", "end", "after")
    coming = [each for each in meant if (each.ends_on >= on if ahead else each.starts_on > on)]
    if not coming:
        raise NotUnderstood
    anchor = min(coming, key=lambda each: each.starts_on)
    if unit:
        return beside(anchor, int(number or 1), unit, side)
    if side in ("at", "in", "end"):
        first = anchor.ends_on if side == "end" else anchor.starts_on
        return *exact_or_span(first, anchor.ends_on), anchor.slug, "end", 0
    if side == "after":
        raise NotUnderstood
    return anchor.starts_on - DAY, None, anchor.slug, "start", -1


def beside(anchor, number, unit, side):
    """So many days, weeks or months before it begins or after it ends."""
    if side not in ("before", "after"):
        raise NotUnderstood
    edge = anchor.starts_on if side == "before" else anchor.ends_on
    day = off(edge, number, unit, side)
    return day, None, anchor.slug, "start" if side == "before" else "end", (day - edge).days


def anchor_words(*names) -> frozenset:
    """The signs of what a retreat is called, for an Anchor."""
    return frozenset(word for name in names for word in signs_of(name).split())
