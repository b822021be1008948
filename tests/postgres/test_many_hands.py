"""Two hundred edits at once lose nothing; what happens once happens once."""

from functools import partial

import pytest
from django.apps import apps

from actions import workflow
from actions.models import Assignment, FollowUp, Update
from programmes.models import ChangeSet
from programmes.models.changeset import Change
from tests.factories import FollowUpFactory, PersonFactory, UserFactory
from wiego_review.common.errors import Conflict, Refused

# All apps, named: only then are the tables emptied with those that point at them and have no
# model here (the token table that ours takes the place of).
pytestmark = pytest.mark.django_db(
    transaction=True, available_apps=[config.name for config in apps.get_app_configs()]
)
HANDS = 100


def versions_of(record):
    return list(Change.objects.of(record).order_by("version").values_list("version", flat=True))


def test_hundred_edits_of_different_fields_are_all_kept(at_once):
    user = UserFactory()
    follow_up = FollowUpFactory(title="As found", note="", due_text="")
    fields = ("title", "note", "due_text", "kind")
    values = {"kind": "webinar"}
    edits = [
        partial(
            workflow.edit_follow_up,
            FollowUp(pk=follow_up.pk),
            by=user,
            version=1,
            **{name: values.get(name, f"{name} by hand")},
        )
        for name in fields
        for _ in range(HANDS // len(fields))
    ]

    answers = at_once(edits)

    assert [each for each in answers if isinstance(each, Exception)] == []
    follow_up.refresh_from_db()
    told = [getattr(follow_up, name) for name in fields]
    assert told == ["title by hand", "note by hand", "due_text by hand", "webinar"]
    assert follow_up.version == 1 + len(fields)
    assert versions_of(follow_up) == [2, 3, 4, 5]


def test_hundred_edits_of_one_field_lose_no_update(at_once):
    user = UserFactory()
    follow_up = FollowUpFactory(note="")

    def write(number):
        version = FollowUp.objects.get(pk=follow_up.pk).version
        record = FollowUp(pk=follow_up.pk)
        return workflow.edit_follow_up(record, by=user, version=version, note=f"Note {number}")

    answers = at_once([partial(write, number) for number in range(HANDS)])

    conflicts = [each for each in answers if isinstance(each, Conflict)]
    kept = [each for each in answers if isinstance(each, FollowUp)]
    assert len(kept) + len(conflicts) == HANDS
    assert conflicts
    follow_up.refresh_from_db()
    assert follow_up.version == 1 + len(kept)
    changes = Change.objects.of(follow_up).order_by("version")
    assert [change.version for change in changes] == list(range(2, 2 + len(kept)))
    steps = [change.fields["note"] for change in changes]
    assert [before for before, _after in steps] == ["", *(after for _before, after in steps[:-1])]
    assert follow_up.note == steps[-1][1]


def test_one_key_by_twenty_at_once_happens_once(at_once):
    user = UserFactory()
    add = partial(workflow.add_follow_up, title="Once only", by=user, key="the same key")

    answers = at_once([add] * 20)

    (added,) = FollowUp.objects.filter(title="Once only")
    assert answers == [added] * 20
    assert ChangeSet.objects.filter(by=user, key="the same key").count() == 1


def test_updates_at_once_are_all_written(at_once):
    user = UserFactory()
    follow_up = FollowUpFactory(state="not_started")
    write = [
        partial(workflow.update, FollowUp(pk=follow_up.pk), text=f"Word {number}", by=user)
        for number in range(40)
    ]

    answers = at_once(write)

    assert [each for each in answers if isinstance(each, Exception)] == []
    assert Update.objects.filter(follow_up=follow_up).count() == 40


def test_accept_and_decline_at_once_leave_one_answer(at_once):
    giver, taker = UserFactory(), UserFactory()
    follow_up = workflow.add_follow_up(title="Whose is it?", leads=[taker.person], by=giver)
    assignment = follow_up.assignments.get()

    def answer(verb):
        return verb(Assignment.objects.get(pk=assignment.pk), by=taker)

    answers = at_once([partial(answer, workflow.accept), partial(answer, workflow.decline)] * 10)

    refused = [each for each in answers if isinstance(each, Exception)]
    assert {type(each) for each in refused} <= {Refused}
    assignment.refresh_from_db()
    assert (assignment.answer, assignment.ended_at is None) == ("declined", False)
    told = versions_of(assignment)
    assert told == list(range(1, assignment.version + 1))


def test_the_same_person_given_twice_at_once_stands_once(at_once):
    user = UserFactory()
    person = PersonFactory()
    follow_up = FollowUpFactory()

    at_once([partial(workflow.assign, FollowUp(pk=follow_up.pk), party=person, by=user)] * 10)

    assert follow_up.assignments.current().filter(person=person).count() == 1
