"""What a guest knows by having been there: people, and sessions by name."""

import pytest

from retreats.models import SessionPerson
from tests import factories as make
from tests.seen import given, taken_part
from tests.test_access import seen_of
from wiego_review.common.viewer import Viewer

pytestmark = pytest.mark.django_db
AUDIENCES = ("all", "team", "board")


def spoke(session):
    person = make.PersonFactory()
    return SessionPerson.objects.create(session=session, person=person, role="speaker")


def sessions_of(retreat):
    return {each: make.SessionFactory(retreat=retreat, audience=each) for each in AUDIENCES}


def test_guest_knows_who_may_have_been_there_and_who_spoke_to_all(guest):
    retreat = taken_part(guest.person)
    people = {
        attended: make.ParticipantFactory(retreat=retreat, attended=attended).person
        for attended in ("yes", "no", "")
    }
    people |= {name: spoke(session).person for name, session in sessions_of(retreat).items()}
    people["elsewhere"] = spoke(make.SessionFactory()).person

    assert seen_of(people, Viewer(guest)) == {"yes", "", "all"}


def test_guest_sees_who_spoke_in_sessions_for_all_alone(guest):
    roles = {name: spoke(each) for name, each in sessions_of(taken_part(guest.person)).items()}

    assert seen_of(roles, Viewer(guest)) == {"all"}


@pytest.mark.parametrize(("audience", "told"), [("all", True), ("team", False), ("board", False)])
def test_session_of_an_issue_is_named_to_a_guest_who_may_open_it(client_of, guest, audience, told):
    session = make.SessionFactory(retreat=taken_part(guest.person), audience=audience)
    follow_up = given(guest.person)
    follow_up.issue = make.IssueFactory(session=session)
    follow_up.save()

    row = client_of(guest).get(f"/issues/{follow_up.issue.ref}/").context["row"]

    assert row["session"] == ({"ref": session.ref, "title": session.title} if told else None)
