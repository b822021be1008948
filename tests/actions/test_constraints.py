from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from actions.models import FollowUp
from tests.constraints import assert_database_holds, assert_told, named_constraints
from tests.factories import (
    AssignmentFactory,
    BodyFactory,
    DecisionFactory,
    FollowUpFactory,
    OrganisationFactory,
    OutputFactory,
    OutputVersionFactory,
    PersonFactory,
    ProgrammeFactory,
    RetreatFactory,
    UpdateFactory,
)

pytestmark = pytest.mark.django_db

PARTIES = {
    "person": PersonFactory,
    "programme": ProgrammeFactory,
    "body": BodyFactory,
    "organisation": OrganisationFactory,
}
MAY, JUNE = date(2017, 5, 1), date(2017, 6, 1)


def own_step():
    follow_up = FollowUpFactory()
    return follow_up, {"parent": follow_up}


def two_assignments(party):
    def case():
        bearer, other = PARTIES[party](), PARTIES[party]()
        nobody = {"person": None}
        first = AssignmentFactory(**{**nobody, party: bearer})
        second = AssignmentFactory(follow_up=first.follow_up, **{**nobody, party: other})
        return second, {party: bearer}

    return case


def two_files():
    first = OutputVersionFactory()
    return OutputVersionFactory(output=first.output, number=2), {"number": 1}


def paper_with_file():
    paper = OutputVersionFactory().output
    paper.refresh_from_db()
    return paper


def two_numbers():
    DecisionFactory(number="BD-2017-99")
    return DecisionFactory(), {"number": "BD-2017-99"}


CASES = {
    "followup_due_days": lambda: (FollowUpFactory(), {"due_on": JUNE, "due_until": MAY}),
    "followup_original_due_days": lambda: (FollowUpFactory(), {"original_due_until": MAY}),
    "followup_anchor_whole": lambda: (FollowUpFactory(), {"due_anchor": RetreatFactory()}),
    "followup_ongoing_no_day": lambda: (FollowUpFactory(), {"ongoing": True, "due_on": JUNE}),
    "followup_cadence_ordered": lambda: (
        FollowUpFactory(kind="working_group"),
        {"cadence_min": 6, "cadence_max": 4},
    ),
    "followup_group_undated": lambda: (FollowUpFactory(kind="working_group"), {"due_text": "soon"}),
    "followup_not_its_own_step": own_step,
    "followup_title_given": lambda: (FollowUpFactory(), {"title": ""}),
    "assignment_one_target": lambda: (AssignmentFactory(), {"text": "Sofia"}),
    "assignment_stays_in_words": lambda: (AssignmentFactory(), {"stays_in_words": True}),
    "assignment_answer_dated": lambda: (AssignmentFactory(), {"answer": "accepted"}),
    "assignment_declined_ended": lambda: (
        AssignmentFactory(),
        {"answer": "declined", "answered_at": timezone.now()},
    ),
    **{f"assignment_once_{party}": two_assignments(party) for party in PARTIES},
    "update_text_given": lambda: (UpdateFactory(), {"text": ""}),
    "update_told_by_whom": lambda: (UpdateFactory(), {"told_how": "phone"}),
    "output_named_without_link": lambda: (
        OutputFactory(named_only=True),
        {"url": "https://example.org/paper"},
    ),
    "output_file_or_link": lambda: (paper_with_file(), {"url": "https://example.org/paper"}),
    "outputversion_number_once": two_files,
    "outputversion_counted_from_one": lambda: (OutputVersionFactory(), {"number": 0}),
    "outputversion_not_empty": lambda: (OutputVersionFactory(), {"size": 0}),
    "outputversion_type_taken": lambda: (OutputVersionFactory(), {"type": "text/html"}),
    "outputversion_told": lambda: (OutputVersionFactory(), {"sha256": ""}),
    "output_one_home": lambda: (OutputFactory(), {"retreat": RetreatFactory()}),
    "decision_decided_days": lambda: (DecisionFactory(), {"decided_until": MAY}),
    "decision_number_once": two_numbers,
    "decision_sealed_unnumbered": lambda: (
        DecisionFactory(number="BD-2017-98"),
        {"sealed": True},
    ),
}
CONSTRAINTS = named_constraints("actions")


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


@pytest.mark.parametrize("party", PARTIES)
def test_who_was_taken_off_may_be_given_it_again(party):
    bearer = PARTIES[party]()
    first = AssignmentFactory(**{"person": None, party: bearer, "ended_at": timezone.now()})
    AssignmentFactory(follow_up=first.follow_up, **{"person": None, party: bearer})

    assert first.follow_up.assignments.count() == 2


def test_assignment_to_nobody_is_refused():
    assert_told(AssignmentFactory(), {"person": None}, CONSTRAINTS["assignment_one_target"])


def test_follow_up_is_no_part_of_its_own_step():
    whole = FollowUpFactory()
    step = FollowUpFactory(parent=whole)
    whole.parent = step

    with pytest.raises(ValidationError) as refused:
        whole.full_clean()

    assert refused.value.message_dict == {"parent": ["It cannot be a part of itself."]}


def test_due_sort_is_the_last_day_or_never():
    exact = FollowUpFactory(due_on=MAY)
    span = FollowUpFactory(due_on=MAY, due_until=JUNE)
    loose = FollowUpFactory(due_text="soon")

    found = FollowUp.objects.filter(pk__in=[exact.pk, span.pk, loose.pk]).order_by("due_sort")
    assert list(found.values_list("due_sort", flat=True)) == [MAY, JUNE, date(9999, 12, 31)]
