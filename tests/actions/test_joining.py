"""What putting together, parting and naming leave behind in history and in what was understood."""

import pytest
from django.contrib.contenttypes.models import ContentType

from actions import naming
from actions import workflow as actions
from actions.models import Assignment
from actions.sorting import to_sort
from programmes import workflow
from programmes.models import ChangeSet, Person, Understanding
from tests import factories as make
from tests.actions.told import fresh, shown, told
from wiego_review.common.errors import Refused

pytestmark = pytest.mark.django_db


def test_follow_up_tells_who_has_it_when_two_become_one_and_come_apart(coordinator):
    one, into = make.PersonFactory(), make.PersonFactory()
    follow_up = actions.add_follow_up(title="Count", leads=[one], by=coordinator)
    workflow.merge(one, into=into, by=coordinator)
    workflow.take_apart(fresh(one), by=coordinator)

    there, back = [fields for _version, fields in told(follow_up)][-2:]
    words = [[f"person:{one.pk}"], [f"person:{into.pk}"]]
    assert (there, back) == ({"leads": words}, {"leads": words[::-1]})


def test_taking_back_is_the_undo_of_what_was_said(coordinator):
    one, into, third = (make.PersonFactory() for _ in range(3))
    sofia = Assignment.objects.filter(text="Sofia").first()
    workflow.merge(one, into=into, by=coordinator)
    workflow.take_apart(fresh(one), by=coordinator)
    naming.say_who(sofia, party=third, by=coordinator)
    naming.take_back_who(fresh(sofia), by=coordinator)

    undone = ChangeSet.objects.filter(by=coordinator).exclude(undo_of=None)
    pairs = undone.order_by("at", "id").values_list("verb", "undo_of__verb")
    assert list(pairs) == [("take_apart", "merge"), ("take_back_who", "say_who")]


def test_name_that_ended_is_not_taken_back(coordinator):
    sofia = Assignment.objects.filter(text="Sofia").first()
    naming.say_who(sofia, party=make.PersonFactory(), by=coordinator)
    actions.unassign(fresh(sofia), by=coordinator)

    with pytest.raises(Refused, match="no longer with them"):
        naming.take_back_who(fresh(sofia), by=coordinator)


def test_name_that_ended_waits_for_nobody(coordinator, viewer_of):
    before = to_sort(viewer_of(coordinator))["names"]["count"]
    actions.unassign(Assignment.objects.filter(text="Sofia").first(), by=coordinator)

    assert to_sort(viewer_of(coordinator))["names"]["count"] == before - 1


def test_what_was_understood_of_two_goes_on_naming_both(coordinator):
    one, into = make.PersonFactory(), make.PersonFactory()
    kind = ContentType.objects.get_for_model(Person)
    both = {"content_type": kind, "object_id": one.pk, "other_type": kind, "other_id": into.pk}
    understood = Understanding.objects.create(text="They are one", **both)

    workflow.merge(one, into=into, by=coordinator)

    assert fresh(understood).keys == [(kind.pk, one.pk), (kind.pk, into.pk)]


def test_yes_links_no_other_first_name(coordinator):
    person, follow_up = make.PersonFactory(name="Ana Lima"), make.FollowUpFactory()
    actions.assign(follow_up, party="Sofia", by=coordinator)
    understood = make.UnderstandingFactory(record=follow_up, other=person)

    workflow.answer(understood, answer="yes", by=coordinator)

    assert shown(follow_up) == ["Sofia"]


def test_spelling_given_away_is_told_on_both_and_never_to_its_owner(coordinator):
    owner, other = make.PersonFactory(), make.PersonFactory()
    alias = make.AliasFactory(person=owner)
    with pytest.raises(Refused, match="This is the same one"):
        workflow.split_off(alias, to=owner, by=coordinator)

    workflow.split_off(alias, to=other, by=coordinator)

    moved = [[alias.pk], []]
    assert [told(each)[-1][1] for each in (owner, other)] == [
        {"aliases": moved}, {"aliases": moved[::-1]},
    ]  # fmt: skip


def test_spelling_both_had_is_shared_with_nobody_once_they_are_one(coordinator, viewer_of):
    one, into = make.PersonFactory(), make.PersonFactory()
    for each in (one, into):
        make.AliasFactory(name="Ana", person=each)
    assert to_sort(viewer_of(coordinator))["shared_people"]["count"] == 2

    workflow.merge(one, into=into, by=coordinator)

    assert "shared_people" not in to_sort(viewer_of(coordinator))
