"""What stands on the page of somebody, for those who see less than all of it."""

import pytest

from tests import factories as make
from tests.seen import taken_part

pytestmark = pytest.mark.django_db


def test_guest_reads_of_somebody_the_retreats_both_were_at(client_of, guest):
    own = taken_part(guest.person)
    person = make.ParticipantFactory(retreat=own).person
    make.ParticipantFactory(person=person)

    (panel,) = client_of(guest).get(f"/people/{person.slug}/").context["panels"]

    assert [row["retreat"]["slug"] for row in panel.context["rows"]] == [own.slug]
