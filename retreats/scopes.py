"""What the first floor adds to a viewer: a guest's retreats, and whom they met there."""

from wiego_review.common import floors

from .models import Participant, Session, SessionPerson


def own_retreats(viewer):
    if not viewer.person_id:
        return ()
    taken_part = Participant.objects.filter(person_id=viewer.person_id).exclude(attended="no")
    return taken_part.values_list("retreat_id", flat=True)


def own_sessions(viewer):
    sessions = Session.objects.filter(retreat_id__in=viewer.scope["retreat"], audience="all")
    return sessions.values_list("pk", flat=True)


def people_met(viewer):
    """Participants of one's retreats and those named in the sessions one may see."""
    retreats = viewer.scope["retreat"]
    participants = Participant.objects.filter(retreat_id__in=retreats).exclude(attended="no")
    speakers = SessionPerson.objects.filter(
        session__retreat_id__in=retreats, session__audience="all"
    )
    return {
        *participants.values_list("person_id", flat=True),
        *speakers.values_list("person_id", flat=True),
        *([viewer.person_id] if viewer.person_id else []),
    }


floors.scope["retreat"] = own_retreats
floors.scope["session"] = own_sessions
floors.scope["person"] = people_met
