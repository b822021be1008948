"""What a second look at a tally finds: pure functions, tried with any tally."""

from hypothesis import given
from hypothesis import strategies as st

from retreats.findings import Tally, findings, ranks

DOTS = st.lists(st.integers(0, 30), min_size=1, max_size=12)
BELLAGIO = [
    Tally("supply chains", 10, 7),
    Tally("sectors", 5, 4),
    Tally("location of WIEGO work", 6, 2),
    Tally("migration", 4, 4),
    Tally("enterprises", 2, 3),
    Tally("youth", 0),
    Tally("food security", 0),
]


def told(tallies, **known):
    return [(each.kind, each.text) for each in findings(tallies, **known)]


def kinds(tallies, **known):
    return [each.kind for each in findings(tallies, **known)]


def tallies(dots, reasons=1):
    return [Tally(f"issue {n}", number, reasons) for n, number in enumerate(dots)]


def test_findings_of_the_dot_vote_of_2017():
    assert told(BELLAGIO, dots_per_voter=1, announced=32) == [
        ("total", "The dots add up to 27."),
        ("order", "“sectors” (5) is announced before “location of WIEGO work” (6)."),
        ("tie", "“youth” and “food security” have 0 dots each."),
        ("voters", "At 1 for each, that is all the dots of 27 people."),
        ("entitled", "How many could vote is not said."),
        ("people", "32 people are announced for the whole retreat."),
        ("reasons", "No reason is told for “youth” and “food security”."),
    ]


def test_vote_without_issues_has_nothing_to_note():
    assert findings([], dots_per_voter=1, entitled=3, announced=9) == []


def test_dots_against_those_entitled():
    two = tallies([3, 2])

    assert [told(two, dots_per_voter=1, entitled=number)[-1] for number in (4, 5, 6)] == [
        ("entitled", "There were only 4 dots to give."),
        ("entitled", "All 5 dots were given."),
        ("entitled", "There were 6 dots to give; not given: 1."),
    ]


def test_dots_that_do_not_come_out_even():
    assert told(tallies([3, 2]), dots_per_voter=2, entitled=3)[1:] == [
        ("voters", "They do not come out even at 2 for each: somebody gave fewer."),
        ("entitled", "There were 6 dots to give; not given: 1."),
    ]


def test_nothing_is_said_of_voters_where_dots_for_each_are_not_told():
    assert kinds(tallies([3, 2]), entitled=9) == ["total"]


def test_reasons_are_missed_only_where_others_have_them():
    assert kinds(tallies([3, 2], reasons=0), entitled=9) == ["total"]


@given(DOTS)
def test_place_counts_those_with_more_dots(dots):
    places = ranks(dots)

    assert places == [1 + sorted(dots, reverse=True).index(mine) for mine in dots]


@given(DOTS)
def test_order_is_noted_only_where_it_is_not_by_dots(dots):
    noted = "order" in kinds(tallies(dots))

    assert noted == (dots != sorted(dots, reverse=True))


@given(DOTS)
def test_ties_are_noted_only_where_there_are_some(dots):
    noted = kinds(tallies(dots)).count("tie")

    assert noted == len({each for each in dots if dots.count(each) > 1})


@given(DOTS, st.integers(1, 5), st.integers(0, 40))
def test_count_is_held_against_what_could_be_given(dots, each, entitled):
    text = dict(told(tallies(dots), dots_per_voter=each, entitled=entitled))["entitled"]
    total, most = sum(dots), each * entitled

    words = {
        1: f"There were only {most} dots to give.",
        0: f"All {most} dots were given.",
        -1: f"There were {most} dots to give; not given: {most - total}.",
    }
    assert text == words[(total > most) - (total < most)]


@given(DOTS)
def test_tally_stays_as_announced(dots):
    given_in = tallies(dots)
    findings(given_in, dots_per_voter=1, entitled=3, announced=4)

    assert given_in == tallies(dots)
