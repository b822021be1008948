"""What is late, quiet, undated or nobody's: the questions a list asks of follow-ups."""

from datetime import date, timedelta

import pytest

from actions.models import FollowUp
from tests.factories import (
    AssignmentFactory,
    FollowUpFactory,
    ProgrammeFactory,
    RetreatFactory,
)

pytestmark = pytest.mark.django_db

WORD = date(2017, 5, 24)


def stands(follow_up, today):
    found = FollowUp.objects.with_quiet(today).get(pk=follow_up.pk)
    return {name for name in ("overdue", "quiet") if getattr(found, name)}


def made(**values):
    return FollowUpFactory(**{"last_word_on": WORD, **values})


@pytest.mark.parametrize(
    ("due", "last_good_day"),
    [
        ({"due_on": date(2017, 6, 7)}, date(2017, 6, 7)),
        (
            {
                "due_on": date(2017, 6, 1),
                "due_until": date(2017, 6, 7),
                "due_text": "first week of June",
            },
            date(2017, 6, 7),
        ),
        ({"due_on": date(2017, 11, 12)}, date(2017, 11, 12)),
    ],
)
def test_late_begins_the_day_after_the_last(due, last_good_day):
    follow_up = made(**due)

    assert stands(follow_up, last_good_day) == set()
    assert stands(follow_up, last_good_day + timedelta(days=1)) == {"overdue"}


def test_for_the_retreat_is_late_from_its_first_day():
    real = FollowUp.objects.get(title="Corporate sector engagement")

    assert real.due_anchor.starts_on == date(2017, 11, 13)
    assert stands(real, date(2017, 11, 12)) == set()
    assert stands(real, date(2017, 11, 13)) == {"overdue"}


def test_overdue_turns_quiet_after_twelve_months_without_a_word():
    follow_up = made(due_on=date(2017, 6, 7))

    assert stands(follow_up, date(2018, 5, 24)) == {"overdue"}
    assert stands(follow_up, date(2018, 5, 25)) == {"quiet"}


def test_a_word_makes_it_overdue_again():
    follow_up = made(due_on=date(2017, 6, 7), last_word_on=date(2018, 5, 25))

    assert stands(follow_up, date(2018, 6, 15)) == {"overdue"}


def test_never_a_word_is_overdue_and_not_quiet():
    follow_up = made(due_on=date(2017, 6, 7), last_word_on=None)

    assert stands(follow_up, date(2020, 1, 1)) == {"overdue"}


@pytest.mark.parametrize("state", ["done", "dropped"])
def test_ended_is_neither(state):
    assert stands(made(due_on=date(2017, 6, 7), state=state), date(2018, 1, 1)) == set()
    assert stands(made(due_on=date(2017, 6, 7), state=state), date(2020, 1, 1)) == set()


@pytest.mark.parametrize(
    ("state", "found"),
    [("under_way", {"quiet"}), ("needs_help", {"quiet"}), ("suggested", set()), ("done", set())],
)
def test_standing_group_goes_quiet(state, found):
    group = made(kind="working_group", state=state)

    assert stands(group, date(2018, 5, 24)) == set()
    assert stands(group, date(2018, 5, 25)) == found


@pytest.mark.parametrize("due", [{}, {"due_text": "soon"}, {"ongoing": True}])
def test_undated_task_is_never_quiet(due):
    assert stands(made(**due), date(2026, 1, 1)) == set()


def test_overdue_and_quiet_lists_part_the_late_ones():
    today = date(2018, 6, 15)
    late = FollowUp.objects.filter(due_sort__lt=today).not_ended()
    overdue, quiet = FollowUp.objects.overdue(today), FollowUp.objects.quiet(today).not_groups()

    assert set(overdue) | set(quiet) == set(late)
    assert not set(overdue) & set(quiet)


# --- undated, nobody's --------------------------------------------------------


@pytest.fixture
def named():
    """One of each kind of due and lead, by name."""
    rows = {
        "dated": FollowUpFactory(due_on=date(2017, 6, 7)),
        "worded": FollowUpFactory(due_text="soon"),
        "ongoing": FollowUpFactory(ongoing=True),
        "texted": FollowUpFactory(),
        "grouped": FollowUpFactory(),
        "both": FollowUpFactory(),
        "past": FollowUpFactory(),
        "with": FollowUpFactory(),
    }
    programme = ProgrammeFactory()
    AssignmentFactory(follow_up=rows["dated"])
    AssignmentFactory(follow_up=rows["texted"], person=None, text="Sofia")
    AssignmentFactory(follow_up=rows["grouped"], person=None, programme=programme)
    AssignmentFactory(follow_up=rows["both"], person=None, programme=programme)
    AssignmentFactory(follow_up=rows["both"])
    AssignmentFactory(follow_up=rows["past"], ended_at="2017-06-01T00:00Z")
    AssignmentFactory(follow_up=rows["with"], role="support")
    return rows


def among(named, queryset):
    keys = set(queryset.values_list("pk", flat=True))
    return {name for name, row in named.items() if row.pk in keys}


def test_no_due_is_no_day_and_not_ongoing(named):
    assert among(named, FollowUp.objects.no_due()) == named.keys() - {"dated", "ongoing"}
    assert among(named, FollowUp.objects.with_due()) == {"dated", "ongoing"}


def test_no_lead_is_nobody_known_who_leads(named):
    nobody = {"worded", "ongoing", "texted", "past", "with"}

    assert among(named, FollowUp.objects.no_lead()) == nobody
    assert among(named, FollowUp.objects.with_lead()) == named.keys() - nobody


def test_led_by_group_only(named):
    assert among(named, FollowUp.objects.led_by_group_only()) == {"grouped"}


def test_concerning_a_programme_is_filed_under_it_or_given_to_it(named):
    programme = named["grouped"].assignments.get().programme
    filed = FollowUpFactory()
    filed.programmes.add(programme)

    found = FollowUp.objects.concerning([programme])
    assert set(found) == {filed, named["grouped"], named["both"]}


def test_lists_of_a_person_leave_out_what_ended(named):
    person = named["past"].assignments.get().person

    assert list(FollowUp.objects.led_by([person])) == []
    assert list(FollowUp.objects.held_by([person])) == []
    assert named["past"] in FollowUp.objects.not_held_by([person])


def test_of_reviews_by_issue_or_retreat():
    from tests.factories import IssueFactory, ReviewFactory

    review = ReviewFactory()
    by_issue = FollowUpFactory(issue=IssueFactory(review=review))
    by_retreat = FollowUpFactory(retreat=RetreatFactory(review=review))
    FollowUpFactory(retreat=RetreatFactory(review=ReviewFactory()))

    assert set(FollowUp.objects.of_reviews([review])) == {by_issue, by_retreat}
