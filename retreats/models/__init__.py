from .ballot import Ballot, BallotOption
from .issue import IssueLink, StrategicIssue
from .note import Note, Suggestion
from .retreat import Day, HeadCount, Participant, Retreat
from .review import ReviewInput, StrategicReview
from .session import Session, SessionPerson
from .step import ReviewStep

__all__ = [
    "Ballot",
    "BallotOption",
    "Day",
    "HeadCount",
    "IssueLink",
    "Note",
    "Participant",
    "Retreat",
    "ReviewInput",
    "ReviewStep",
    "Session",
    "SessionPerson",
    "StrategicIssue",
    "StrategicReview",
    "Suggestion",
]
