"""What the second floor does when something below it is written."""

from django.contrib.contenttypes.models import ContentType

from programmes.models import Alias, Change, ChangeSet, Person
from programmes.models.party import Party
from retreats.models import StrategicIssue
from wiego_review.common import floors

from .models import Assignment, FollowUp
from .naming import is_first_name, makes, put_party, put_words
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


def first_word_of_document(act, record, **values):
    """A follow-up from a document has had no word since that document's own date."""
    if isinstance(record, FollowUp) and record.last_word_on is None:
        dates = [date for date in values.get("documents", ()) if date]
        if dates:
            FollowUp.objects.filter(pk=record.pk).update(last_word_on=max(dates))


def link_first_name(act, understanding):
    """Yes, it is they: a first name alone on the follow-up becomes the person."""
    follow_up, person = understanding.record, understanding.other
    if not (isinstance(follow_up, FollowUp) and isinstance(person, Person)):
        return
    if understanding.answer != understanding.Answer.YES:
        return
    for assignment in follow_up.assignments.current():
        if is_first_name(assignment, person):
            put_party(act, act.take(assignment), person)


def unlink_first_name(act, understanding):
    """Take back what followed from a yes, where nobody changed it since."""
    for change in made_by_answer(understanding):
        assignment = act.take(change.record)
        if makes(change, assignment):
            put_words(act, assignment, change)


def made_by_answer(understanding):
    """The changes of assignments made when the last answer was given."""
    kind = ContentType.objects.get_for_model
    answers = ChangeSet.objects.filter(
        verb__in=("answer", "say_who"),
        changes__content_type=kind(understanding),
        changes__object_id=understanding.pk,
    )
    return Change.objects.filter(
        change_set=answers.first(), content_type=kind(Assignment)
    ).select_related("content_type")


floors.consequences["answer"].append(link_first_name)
floors.consequences["reopen"].append(unlink_first_name)
floors.consequences["written"].append(keep_search_true)
floors.consequences["sourced"].append(first_word_of_document)
