"""What REST answers about one record, whatever became of it."""

from types import SimpleNamespace

import pytest
from django.http import Http404

from actions.api import FollowUpViewSet
from retreats.models import Retreat
from tests.factories import AssignmentFactory, FollowUpFactory, ParticipantFactory, PersonFactory
from wiego_review.common.api import ListingViewSet
from wiego_review.common.errors import Conflict

pytestmark = pytest.mark.django_db


def posted(api, address, data):
    return api.post(address, data, format="json")


def test_who_became_somebody_hidden_is_missing(api_of, guest):
    one, other = PersonFactory(name="Ama Boateng"), PersonFactory(name="Ama Owusu")
    retreat = Retreat.objects.filter(participants__person=guest.person).first()
    ParticipantFactory(retreat=retreat, person=one)
    api, address = api_of(guest), f"/api/v1/people/{one.slug}/"
    before = api.get(address).status_code

    type(one).objects.filter(pk=one.pk).update(merged_into=other)

    assert (before, api.get(address).status_code) == (200, 404)


def test_conflict_is_told_as_it_was_sent(db):
    person = PersonFactory()
    fields = {"title": {"mine": "a", "theirs": "b", "before": ""}}
    assert ListingViewSet().told(Conflict(person, fields)) == fields


def test_record_that_went_meanwhile_is_missing(team_member, viewer_of):
    view = FollowUpViewSet(request=SimpleNamespace(viewer=viewer_of(team_member)))
    with pytest.raises(Http404):
        view.answer(FollowUpFactory.build(pk=0))


def test_who_gives_it_back_is_told_that_it_was_done(api_of, guest):
    given = AssignmentFactory(follow_up=FollowUpFactory(), person=guest.person)

    answer = posted(api_of(guest), f"/api/v1/assignments/{given.ref}/decline/", {})

    given.refresh_from_db()
    assert (answer.status_code, given.answer) == (200, "declined")
