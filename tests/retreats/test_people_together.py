"""Two people who are one and were both at a retreat, or in a session, are told of there once."""

import pytest
from django.contrib.contenttypes.models import ContentType

from programmes import workflow
from programmes.models import Person, Source, SourceDocument
from retreats.listings import LISTINGS
from retreats.models import Participant, SessionPerson
from tests import factories as make
from tests.everything import everything, settled
from wiego_review.common import floors
from wiego_review.common.viewer import Viewer

pytestmark = pytest.mark.django_db


def test_two_who_were_at_one_retreat_are_there_once_and_come_apart(coordinator):
    retreat = make.RetreatFactory(name="Accra 2003")
    first, second = (make.DayFactory(retreat=retreat, number=number) for number in (1, 2))
    row = make.ParticipantFactory(retreat=retreat, capacity="board", attended="yes")
    kept = make.ParticipantFactory(retreat=retreat, capacity="", attended="")
    row.days.set([first, second])
    kept.days_missed.set([second])
    source = Source.objects.create(
        content_type=ContentType.objects.get_for_model(row),
        object_id=row.pk,
        document=SourceDocument.objects.first(),
        first_line=1,
        last_line=2,
    )
    one, into, seen = row.person, kept.person, Viewer(coordinator)
    before = settled()
    preview = dict(floors.preview_of("merge", seen, one, into=into))

    workflow.merge(one, into=into, by=coordinator)

    (stands,) = Participant.objects.visible_to(seen).filter(retreat=retreat)
    assert (stands, stands.capacity, stands.attended) == (kept, "board", "yes")
    assert ([*stands.days.all()], [*stands.days_missed.all()]) == ([first], [second])
    source.refresh_from_db()
    assert source.record == kept
    assert preview["Where both were, once from then on"] == 1
    workflow.take_apart(Person.objects.get(pk=one.pk), by=coordinator)
    assert everything() == before


def test_what_is_told_otherwise_of_the_two_stays_with_the_one_that_stays(coordinator):
    retreat = make.RetreatFactory()
    row = make.ParticipantFactory(retreat=retreat, capacity="board", attended="yes")
    kept = make.ParticipantFactory(retreat=retreat, capacity="", attended="no")
    words = "Told otherwise of the two; what is told of the one you name stays"
    preview = floors.preview_of("merge", Viewer(coordinator), row.person, into=kept.person)

    workflow.merge(row.person, into=kept.person, by=coordinator)

    kept.refresh_from_db()
    assert (kept.capacity, kept.attended) == ("", "no")
    assert (words, 1) in preview


def test_two_who_spoke_in_one_session_spoke_there_once(coordinator):
    session, seen = make.SessionFactory(), Viewer(coordinator)
    one, into = make.PersonFactory(), make.PersonFactory()
    rows = [
        SessionPerson.objects.create(session=session, person=each, role="speaker")
        for each in (one, into)
    ]
    before = settled()

    workflow.merge(one, into=into, by=coordinator)

    assert [*SessionPerson.objects.visible_to(seen).filter(session=session)] == [rows[1]]
    (listing,) = [each for each in LISTINGS if each.name == "sessions"]
    (told,) = listing.rows.read([session.pk], seen)
    assert [each["slug"] for each in told["speakers"]] == [into.slug]
    workflow.take_apart(Person.objects.get(pk=one.pk), by=coordinator)
    assert everything() == before
