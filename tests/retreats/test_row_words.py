"""A retreat in few words."""

from datetime import date

import pytest

from retreats.row_words import short_name


@pytest.mark.parametrize(
    ("where", "starts_on", "ends_on", "told"),
    [
        ("Bellagio", date(2017, 4, 24), date(2017, 4, 28), "Bellagio, April 2017"),
        ("Bellagio", date(2017, 4, 24), None, "Bellagio, April 2017"),
        ("Durban", date(2006, 1, 1), date(2006, 12, 31), "Durban, 2006"),
        ("Lima", date(2018, 3, 30), date(2018, 4, 2), "Lima, 30 Mar – 2 Apr 2018"),
        ("Team Retreat, November 2017", date(2017, 11, 13), date(2017, 11, 16),
         "Team Retreat, November 2017"),
        ("General Assembly 2018", date(2018, 1, 1), date(2018, 12, 31), "General Assembly 2018"),
        ("First meeting", None, None, "First meeting"),
    ],
)  # fmt: skip
def test_short_name_tells_where_and_when_no_more_closely_than_is_known(
    where, starts_on, ends_on, told
):
    assert short_name(where, starts_on, ends_on) == told
