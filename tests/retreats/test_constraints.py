from datetime import date

import pytest

from retreats.models import HeadCount, SessionPerson
from tests.constraints import assert_database_holds, assert_told, named_constraints
from tests.factories import (
    BallotOptionFactory,
    DayFactory,
    IssueLinkFactory,
    NoteFactory,
    ParticipantFactory,
    PersonFactory,
    RetreatFactory,
    SessionFactory,
    StepFactory,
    SuggestionFactory,
)

pytestmark = pytest.mark.django_db


def two_days():
    first = DayFactory()
    return DayFactory(retreat=first.retreat), {"number": first.number}


def two_participants():
    first = ParticipantFactory()
    return ParticipantFactory(retreat=first.retreat), {"person": first.person}


def two_headcounts():
    retreat = RetreatFactory()
    HeadCount.objects.create(retreat=retreat, capacity="board", number=8)
    return HeadCount.objects.create(retreat=retreat, capacity="team", number=17), {
        "capacity": "board"
    }


def two_speakers():
    session, person = SessionFactory(), PersonFactory()
    SessionPerson.objects.create(session=session, person=person, role="speaker")
    return SessionPerson.objects.create(session=session, person=person, role="facilitator"), {
        "role": "speaker"
    }


def two_options():
    first = BallotOptionFactory()
    return BallotOptionFactory(ballot=first.ballot), first


def option_in_the_same_place():
    second, first = two_options()
    return second, {"announced_position": first.announced_position}


def option_of_the_same_text():
    second, first = two_options()
    return second, {"text": first.text}


def two_steps():
    first = StepFactory()
    return StepFactory(review=first.review), {"order": first.order}


def two_links():
    first = IssueLinkFactory()
    return IssueLinkFactory(issue=first.issue), {"other": first.other}


def link_to_itself():
    link = IssueLinkFactory()
    return link, {"other": link.issue}


CASES = {
    "note_matrix_kinds": lambda: (NoteFactory(kind="threat", matrix=True), {"kind": "point"}),
    "suggestion_said": lambda: (SuggestionFactory(), {"times": 0}),
    "option_position_once": option_in_the_same_place,
    "option_text_once": option_of_the_same_text,
    "step_when_days": lambda: (StepFactory(), {"when_until": date(2017, 4, 24)}),
    "step_order_once": two_steps,
    "issue_link_once": two_links,
    "issue_link_two": link_to_itself,
    "issue_link_answered": lambda: (IssueLinkFactory(), {"state": "confirmed"}),
    "retreat_days": lambda: (
        RetreatFactory(),
        {"starts_on": date(2017, 4, 28), "ends_on": date(2017, 4, 24)},
    ),
    "day_number_once": two_days,
    "note_stays_in_words": lambda: (NoteFactory(), {"stays_in_words": True}),
    "suggestion_stays_in_words": lambda: (SuggestionFactory(), {"stays_in_words": True}),
    "participant_once": two_participants,
    "headcount_once": two_headcounts,
    "session_moved_not_held": lambda: (SessionFactory(), {"moved_to": "Team Retreat"}),
    "session_person_once": two_speakers,
}
CONSTRAINTS = named_constraints("retreats")


def test_every_constraint_has_its_case():
    assert set(CASES) == set(CONSTRAINTS)


@pytest.mark.parametrize("name", CASES)
def test_constraint_is_held_by_the_database(name):
    assert_database_holds(*CASES[name]())


@pytest.mark.parametrize("name", CASES)
def test_constraint_is_told_in_words(name):
    constraint = CONSTRAINTS[name]

    assert constraint.violation_error_message != constraint.default_violation_error_message
    assert_told(*CASES[name](), constraint)
