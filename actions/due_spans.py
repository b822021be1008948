"""Days and spans of days in signs (`due_lexicon`): "o1 week m6" is the first week of June."""

import re
from calendar import monthrange
from datetime import date, timedelta

from wiego_review.common.dates import FIRST_YEAR, LAST_YEAR, months_before

DAY = timedelta(days=1)
UNIT = "(day|week|month|year)"
SPANS = {"week", "month", "quarter", "year"}
TOLD_YEAR = re.compile(r"\b(?:19|20|21)\d\d\b")


class NotUnderstood(ValueError):
    """These words name no day that is known."""


def span_of(said, on) -> tuple:
    """First and last day of what was said; without a year in it, not over yet."""
    if TOLD_YEAR.search(said):
        return read(said, on, on.year)
    first, last = read(said, on, on.year)
    return (first, last) if last >= on else read(said, on, on.year + 1)


def read(said, on, year) -> tuple:
    for pattern, rule in RULES:
        if found := pattern.fullmatch(said):
            try:
                first, last = rule(on, year, *found.groups())
            except (ValueError, OverflowError) as problem:
                raise NotUnderstood from problem
            if first.year >= FIRST_YEAR and last.year <= LAST_YEAR and first <= last:
                return first, last
    raise NotUnderstood


def exactly(day) -> tuple:
    return day, day


def in_month(on, year, month, told=None):
    year = int(told or year)
    return date(year, int(month), 1), date(year, int(month), monthrange(year, int(month))[1])


def month_of_next_year(on, year, month):
    return in_month(on, on.year + 1, month)


def on_day(on, year, day, month, told=None):
    return exactly(date(int(told or year), int(month), int(day)))


def on_day_after_month(on, year, month, day, told=None):
    return on_day(on, year, day, month, told)


def days_of_month(on, year, first, last, month, told=None):
    return on_day(on, year, first, month, told)[0], on_day(on, year, last, month, told)[1]


def iso(on, year, told, month, day):
    return on_day(on, year, day, month, told)


def on_weekday(on, year, which, number, after):
    ahead = (int(number) - on.weekday()) % 7 or 7
    if "next" in (which, after):
        ahead = 7 - on.weekday() + int(number)
    return exactly(on + ahead * DAY)


def on_number(on, year, one, other):
    """ "The 15th": of this month, or of the next one."""
    day = on.replace(day=int(one or other))
    return exactly(day if day >= on else later(day, 1, "month"))


def in_quarter(on, year, number, told=None):
    last = 3 * int(number)
    return in_month(on, year, last - 2, told)[0], in_month(on, year, last, told)[1]


def whole_year(on, year, told):
    return date(int(told), 1, 1), date(int(told), 12, 31)


def around(on, year, which, unit, after):
    """This or the next week, month, quarter or year."""
    steps = int("next" in (which, after))
    if unit == "week":
        monday = on + (7 * steps - on.weekday()) * DAY
        return monday, monday + 6 * DAY
    if unit == "year":
        return whole_year(on, year, on.year + steps)
    if unit == "month":
        there = later(on.replace(day=1), steps, "month")
        return in_month(on, there.year, there.month)
    there = later(on.replace(day=1), 3 * steps, "month")
    return in_quarter(on, there.year, (there.month + 2) // 3)


def week_of(on, year, day):
    first, _last = read(day, on, year)
    monday = first - first.weekday() * DAY
    return monday, monday + 6 * DAY


def nth_week(on, year, which, month):
    """The first week of June is 1 to 7 June; the last one its last seven days."""
    first, last = month_only(month, on, year)
    if which == "last":
        return last - 6 * DAY, last
    start = first + 7 * (int(which[1:]) - 1) * DAY
    return start, min(start + 6 * DAY, last)


def nth_half(on, year, which, whole):
    first, last = read(whole, on, year)
    if (first.year, first.month) == (last.year, last.month):
        middle = first.replace(day=15)
    elif (last - first).days > 360:
        middle = date(first.year, 6, 30)
    else:
        raise NotUnderstood
    return {"o1": (first, middle), "o2": (middle + DAY, last), "last": (middle + DAY, last)}[which]


def edge_day(on, year, which, whole):
    first, last = read(whole, on, year)
    return exactly(last if which == "last" else first)


def part(on, year, which, whole):
    """Early, mid or late in a month: its first ten days, the next ten, the rest."""
    first, last = read(f"this {whole}" if whole in SPANS else whole, on, year)
    length = (last - first).days + 1
    if which == "end":
        return exactly(last if length > 7 else first + 4 * DAY)
    return PARTS[7 if length <= 7 else 31 if length <= 31 else 92 if length <= 92 else 366][which](
        first, last
    )


PARTS = {
    7: {
        "early": lambda first, last: (first, first + DAY),
        "mid": lambda first, last: exactly(first + 2 * DAY),
        "late": lambda first, last: (first + 3 * DAY, first + 4 * DAY),
    },
    31: {
        "early": lambda first, last: (first, first.replace(day=10)),
        "mid": lambda first, last: (first.replace(day=11), first.replace(day=20)),
        "late": lambda first, last: (first.replace(day=21), last),
    },
    92: {
        "early": lambda first, last: month_at(first, 0),
        "mid": lambda first, last: month_at(first, 1),
        "late": lambda first, last: month_at(first, 2),
    },
    366: {
        "early": lambda first, last: (first, month_at(first, 2)[1]),
        "mid": lambda first, last: (month_at(first, 5)[0], month_at(first, 6)[1]),
        "late": lambda first, last: (month_at(first, 9)[0], last),
    },
}


def month_at(first, number):
    there = later(first, number, "month")
    return in_month(there, there.year, there.month)


def month_only(said, on, year):
    first, last = read(said, on, year)
    if first.day != 1 or (first.year, first.month) != (last.year, last.month) or first == last:
        raise NotUnderstood
    return first, last


def middle_of_month(on, year, month):
    return part(on, year, "mid", month)


def after_units(on, year, number, unit):
    return exactly(later(on, int(number or 1), unit))


def units_off(on, year, number, unit, side, day):
    first, last = read(day, on, year)
    return exactly(off(first if side == "before" else last, int(number or 1), unit, side))


def off(day, number, unit, side):
    return later(day, -number if side == "before" else number, unit)


def later(day, number, unit) -> date:
    """The day so many days, weeks, months or years later; negative: earlier."""
    if unit in ("day", "week"):
        return day + number * (7 if unit == "week" else 1) * DAY
    return months_before(day, -number * (12 if unit == "year" else 1))


def day_before(on, year, said):
    return exactly(read(said, on, year)[0] - DAY)


def from_to(on, year, one, two):
    told = TOLD_YEAR.search(two)
    last = read(two, on, year)[1]
    first = read(one, on, int(told[0]) if told else year)[0]
    if first > last and not told:
        last = read(two, on, year + 1)[1]
    return first, last


def two_months(on, year, one, two, told=None):
    return from_to(on, year, f"m{one} {told or ''}".strip(), f"m{two} {told or ''}".strip())


def plainly(on, year, said):
    return read(said, on, year)


YEAR = r"((?:19|20|21)\d\d)"
RULES = [
    (re.compile(pattern), rule)
    for pattern, rule in (
        (rf"{YEAR} (\d\d?) (\d\d?)", iso),
        (rf"(?:w\d )?o?(\d\d?) m(\d+)(?: {YEAR})?", on_day),
        (rf"(?:w\d )?m(\d+) o?(\d\d?)(?: {YEAR})?", on_day_after_month),
        (rf"o?(\d\d?) (?:to )?o?(\d\d?) m(\d+)(?: {YEAR})?", days_of_month),
        (r"(?:(this|next) )?w(\d)(?: (next))?", on_weekday),
        (r"(?:day )?o(\d\d?)|day (\d\d?)", on_number),
        (r"today()", lambda on, year, _none: exactly(on)),
        (r"tomorrow()", lambda on, year, _none: exactly(on + DAY)),
        (rf"m(\d+)(?: {YEAR})?", in_month),
        (r"m(\d+) next year", month_of_next_year),
        (rf"m(\d+) (?:to )?m(\d+)(?: {YEAR})?", two_months),
        (rf"quarter (\d)(?: {YEAR})?", in_quarter),
        (rf"o([1-4]) quarter(?: {YEAR}| year)?", in_quarter),
        (YEAR, whole_year),
        (r"(this|next) (week|month|quarter|year)()", around),
        (r"()(week|month|quarter|year) (this|next)", around),
        (rf"(?:by )?(\d+) {UNIT} (before|after) (.+)", units_off),
        (rf"(?:by )?(){UNIT} (before|after) (.+)", units_off),
        (r"week (.+)", week_of),
        (r"(o[1-5]|last) week (.+)", nth_week),
        (r"(o1|o2|last) half (.+)", nth_half),
        (r"half (m\d.*)", middle_of_month),
        (r"(o1|last) day (.+)", edge_day),
        (r"(early|mid|late|end) (.+)", part),
        (rf"(?:(?:by|in|for|next) )*(\d+) {UNIT}", after_units),
        (rf"in()  ?{UNIT}", after_units),
        (r"(?:by )?before (.+)", day_before),
        (r"(?:by|for|at|in|to) (.+)", plainly),
        (r"(.+) to (.+)", from_to),
    )
]
