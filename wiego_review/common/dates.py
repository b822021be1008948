"""A stated time: first day, last day (empty = exact), and the words as said."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from .record import ordered_days

NEVER = date(9999, 12, 31)
FIRST_YEAR, LAST_YEAR = 1900, 2199
WRITTEN = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True)
class Span:
    """First day, last day and words; all three may be empty."""

    on: date | None
    until: date | None
    text: str

    @property
    def last(self) -> date | None:
        return self.until or self.on

    def __bool__(self):
        return bool(self.on or self.text)

    @property
    def in_full(self) -> str:
        """The days, and the words as said where they say something else."""
        days = str(self)
        return f"{days} (“{self.text}”)" if self.on and self.text not in ("", days) else days

    def __str__(self):
        if not self.on:
            return self.text
        if not self.until or self.until == self.on:
            return day(self.on)
        return between(self.on, self.until)


def day(value: date) -> str:
    """`5 Jun 2017`, in the reader's language."""
    return date_format(value, "j M Y")


def between(first: date, last: date) -> str:
    """`24–28 Apr 2017`, `30 Mar – 2 Apr 2018`; a whole month is `Nov 2016`, a year `2012`.

    Of several whole ones the first and the last: `2008–2015`, `Apr 2018 – Mar 2023`.
    """
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    if (first.year, first.month) == (last.year, last.month):
        whole = (first.day, last.day) == (1, monthrange(last.year, last.month)[1])
        return date_format(first, "M Y") if whole else f"{first.day}–{day(last)}"
    if (first.day, last.day) == (1, monthrange(last.year, last.month)[1]):
        return f"{date_format(first, 'M Y')} – {date_format(last, 'M Y')}"
    if first.year == last.year:
        return f"{date_format(first, 'j M')} – {day(last)}"
    return f"{day(first)} – {day(last)}"


def next_month(value: date) -> date:
    return date(value.year + value.month // 12, value.month % 12 + 1, 1)


def months_before(value: date, months: int) -> date:
    """The same day so many months earlier, or the last day of that month."""
    year, month = divmod(value.year * 12 + value.month - 1 - months, 12)
    first = date(year, month + 1, 1)
    return first.replace(day=min(value.day, monthrange(year, month + 1)[1]))


def read_day(text: str) -> date | None:
    """A day written as 2017-11-13, and in no other way."""
    try:
        return date.fromisoformat(text) if WRITTEN.fullmatch(text) else None
    except ValueError:
        return None


def known_day(value: date) -> None:
    """Refuse days no review can mean: a slip of the finger, not a date."""
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValidationError(_("Write a year between 1900 and 2199."))


def day_field(label, **kwargs) -> models.DateField:
    return models.DateField(label, null=True, blank=True, validators=[known_day], **kwargs)


def span_fields(name: str, label) -> dict:
    """The three columns of a stated time, for a model's class body."""
    return {
        f"{name}_on": day_field(label),
        f"{name}_until": day_field(_("last day")),
        f"{name}_text": models.CharField(_("as said"), max_length=200, blank=True),
    }


def span_constraint(model: str, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=ordered_days(f"{name}_on", f"{name}_until"),
        name=f"{model}_{name}_days",
        violation_error_message=_("The last day comes before the first. Change one of the two."),
    )
