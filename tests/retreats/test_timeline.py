"""The drawing of a review's steps."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from retreats.timeline import LEFT, RIGHT, timeline

DAYS = st.one_of(st.none(), st.dates(date(1997, 1, 1), date(2030, 12, 31)))


def steps(days, length=0):
    return [
        {"order": n, "starts_on": day, "ends_on": day and day + timedelta(length)}
        for n, day in enumerate(days, start=1)
    ]


def test_steps_without_a_day_have_a_line_and_no_bar():
    drawn = timeline(steps([None, date(2017, 4, 24)]))

    assert [("width" in mark) for mark in drawn["marks"]] == [False, True]
    assert [tick["month"] for tick in drawn["months"]] == [date(2017, 4, 1)]


def test_nothing_dated_has_no_months():
    assert timeline(steps([None, None]))["months"] == []


def test_at_most_six_months_are_named():
    drawn = timeline(steps([date(2017, 4, 24), date(2018, 1, 31)]))

    assert [f"{tick['month']:%Y-%m}" for tick in drawn["months"]] == [
        "2017-04", "2017-06", "2017-08", "2017-10", "2017-12",
    ]  # fmt: skip


@given(st.lists(DAYS, min_size=1, max_size=8), st.integers(0, 400))
def test_bars_stand_within_the_drawing_in_the_order_of_their_days(days, length):
    drawn = timeline(steps(days, length))
    bars = [(day, mark) for day, mark in zip(days, drawn["marks"], strict=True) if day]

    assert len(drawn["months"]) <= 6
    for _day, mark in bars:
        assert LEFT <= mark["left"] <= mark["left"] + mark["width"] <= RIGHT + 4
    lefts = [mark["left"] for _day, mark in sorted(bars, key=lambda pair: pair[0])]
    assert lefts == sorted(lefts)
