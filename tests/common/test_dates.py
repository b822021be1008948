from datetime import date, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from wiego_review.common.dates import Span, between, day, months_before, next_month

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 12, 31))


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2017, 4, 24), date(2017, 4, 28), "24–28 Apr 2017"),
        (date(2016, 11, 1), date(2016, 11, 30), "Nov 2016"),
        (date(2016, 12, 1), date(2016, 12, 31), "Dec 2016"),
        (date(2016, 2, 1), date(2016, 2, 28), "1–28 Feb 2016"),
        (date(2018, 3, 30), date(2018, 4, 2), "30 Mar – 2 Apr 2018"),
        (date(2017, 12, 30), date(2018, 1, 2), "30 Dec 2017 – 2 Jan 2018"),
        (date(2008, 1, 1), date(2015, 12, 31), "2008–2015"),
        (date(2018, 4, 1), date(2023, 3, 31), "Apr 2018 – Mar 2023"),
    ],
)
def test_between_says_the_days_shortly(first, last, words):
    assert between(first, last) == words


def test_day_is_in_the_readers_language():
    assert day(date(2017, 6, 5)) == "5 Jun 2017"
    with translation.override("es"):
        assert day(date(2017, 6, 5)).lower() == "5 jun 2017"


@pytest.mark.parametrize(
    ("value", "months", "earlier"),
    [
        (date(2018, 6, 15), 12, date(2017, 6, 15)),
        (date(2016, 2, 29), 12, date(2015, 2, 28)),
        (date(2017, 1, 31), 2, date(2016, 11, 30)),
        (date(2017, 12, 31), 1, date(2017, 11, 30)),
        (date(2017, 5, 1), 0, date(2017, 5, 1)),
    ],
)
def test_months_before_keeps_the_day_where_there_is_one(value, months, earlier):
    assert months_before(value, months) == earlier


@given(DAYS, st.integers(min_value=0, max_value=60))
def test_months_before_goes_back_that_many_months(value, months):
    earlier = months_before(value, months)

    assert (value.year - earlier.year) * 12 + value.month - earlier.month == months
    assert earlier.day <= value.day


@given(DAYS)
def test_next_month_is_the_day_after_the_last(value):
    following = next_month(value)

    assert following.day == 1
    assert (following - timedelta(days=1)).month == value.month


def test_span_ends_on_its_last_day():
    june = date(2017, 6, 1)
    week = Span(june, date(2017, 6, 7), "first week of June")

    assert (week.last, str(week), bool(week)) == (date(2017, 6, 7), "1–7 Jun 2017", True)
    assert (Span(june, None, "").last, str(Span(june, june, ""))) == (june, "1 Jun 2017")
    assert (Span(None, None, "soon").last, str(Span(None, None, "soon"))) == (None, "soon")
    assert not Span(None, None, "")


def test_between_at_the_end_of_time_is_told():
    assert between(date(9999, 12, 1), date(9999, 12, 20)) == "1–20 Dec 9999"
