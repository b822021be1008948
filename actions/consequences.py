"""What the second floor does when something below it is written."""

from programmes.models import Alias
from programmes.models.party import Party
from retreats.models import StrategicIssue
from wiego_review.common import floors
from wiego_review.common.text import search_text

from .models import Assignment, Decision, FollowUp
from .workflow import refresh_follow_up


def keep_search_true(act, record, **values):
    """New words of a name or an issue are found in the follow-ups that name it."""
    owner = record.owner if isinstance(record, Alias) else record
    if isinstance(owner, Party | StrategicIssue):
        for follow_up in FollowUp.objects.naming(owner):
            refresh_follow_up(follow_up)
    elif isinstance(record, FollowUp):
        refresh_follow_up(record)
    elif isinstance(record, Assignment):
        refresh_follow_up(record.follow_up)
    elif isinstance(record, Decision):
        refresh_decision(record)


def refresh_decision(decision):
    found = search_text(decision.number, decision.title, decision.said_as)
    Decision.objects.filter(pk=decision.pk).update(search_text=found)


def first_word_of_document(act, record, **values):
    """A follow-up from a document has had no word since that document's own date."""
    if isinstance(record, FollowUp) and record.last_word_on is None:
        dates = [date for date in values.get("documents", ()) if date]
        if dates:
            FollowUp.objects.filter(pk=record.pk).update(last_word_on=max(dates))


floors.consequences["written"].append(keep_search_true)
floors.consequences["sourced"].append(first_word_of_document)
