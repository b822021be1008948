"""A retreat's row in words: its days and its place."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from wiego_review.common.dates import between


def short_name(where, starts_on, ends_on) -> str:
    """`Bellagio, April 2017`: as people speak of it, by its town or else its name."""
    if not starts_on:
        return where
    last = ends_on or starts_on
    in_month = (starts_on.year, starts_on.month) == (last.year, last.month)
    when = date_format(starts_on, "F Y") if in_month else between(starts_on, last)
    return where if when in where else f"{where}, {when}"


def short_name_of(row) -> str:
    where = row["city"]["name"] if row["city"] else row["name"]
    return short_name(where, row["starts_on"], row["ends_on"])


def dates_of(row) -> str:
    """`24–28 Apr 2017`, or the words as said."""
    if not row["starts_on"]:
        return row["dates_text"]
    return between(row["starts_on"], row["ends_on"] or row["starts_on"])


def place_parts(row, town) -> list:
    """Venue, town and country, as far as they are known and each says something more."""
    country = "" if row["country"] in town else row["country"]
    return list(dict.fromkeys(part for part in (row["venue"], town, country) if part))


def place_of(row) -> str:
    """The place in plain words."""
    return ", ".join(place_parts(row, row["city"]["name"] if row["city"] else row["place"]))


def sum_of(told) -> int:
    """The sum of several `(capacity, number)` that count nobody twice, else 0.

    People whose capacity is not told may be of Board and Team, so these are not added to them.
    """
    capacities = {capacity for capacity, _number in told}
    twice = "" in capacities and capacities & {"board", "team"}
    return 0 if len(told) < 2 or twice else sum(number for _capacity, number in told)


def sum_words(together) -> str:
    return _("All together: %(n)s (our sum)") % {"n": together}


def number_of(count) -> str:
    if count.out_of:
        return _("%(number)s of %(all)s") % {"number": count.number, "all": count.out_of}
    return str(count.number)


def words_of(count) -> str:
    return count.get_capacity_display() or count.as_named or _("People")
