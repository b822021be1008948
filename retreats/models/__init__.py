from .issue import StrategicIssue
from .retreat import Day, HeadCount, Participant, Retreat
from .review import StrategicReview
from .session import Session, SessionPerson

__all__ = [
    "Day",
    "HeadCount",
    "Participant",
    "Retreat",
    "Session",
    "SessionPerson",
    "StrategicIssue",
    "StrategicReview",
]
