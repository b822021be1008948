"""What the second floor does when something below it is written."""

from django.contrib.contenttypes.models import ContentType
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from programmes.models import Alias, Change, ChangeSet, Person
from programmes.models.party import Party
from retreats.models import Retreat, StrategicIssue
from wiego_review.common import floors
from wiego_review.common.dates import Span, read_day

from .models import Assignment, FollowUp
from .naming import is_first_name, makes, put_party, put_words
from .workflow import current, refresh_follow_up


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


def move_dues(act, record, **values):
    """What hangs on a retreat moves with it. That is no later promise: nothing is counted."""
    if not isinstance(record, Retreat):
        return
    told = Change.objects.of(record).filter(change_set=act.change_set).first()
    days = (told.fields.get(name) if told else None for name in DAYS)
    then = [
        read_day(pair[0] or "") if pair else now
        for pair, now in zip(days, days_of(record), strict=True)
    ]
    for follow_up, first, last in moved_dues(FollowUp.objects, record, then, days_of(record)):
        act.change(act.take(follow_up), due_on=first, due_until=last)


def tell_moved(viewer, record, **values):
    """Which dates move with a retreat, from when to when, and who leads those follow-ups."""
    moved = moved_dues(
        FollowUp.objects.visible_to(viewer),
        record,
        days_of(record),
        [values[name] for name in DAYS],
    )
    return [
        (
            _("%(title)s: %(before)s → %(after)s")
            % {
                "title": capfirst(follow_up.title),
                "before": str(Span(follow_up.due_on, follow_up.due_until, "")),
                "after": str(Span(first, last, "")),
            },
            "; ".join(str(each.shown) for each in current(follow_up, "lead")),
        )
        for follow_up, first, last in moved
    ]


DAYS = ("starts_on", "ends_on")


def days_of(retreat) -> list:
    return [getattr(retreat, name) for name in DAYS]


def moved_dues(follow_ups, retreat, before, after):
    """`(follow-up, first day, last day)` of those that hang on an edge of a retreat that moves
    from the days `before` to those `after`, each `(first, last)`."""
    edges = {
        "start": (before[0], after[0]),
        "end": (before[1] or before[0], after[1] or after[0]),
    }
    for follow_up in follow_ups.hanging_on(retreat):
        then, now = edges[follow_up.due_edge]
        if then and now and then != now:
            until = follow_up.due_until and follow_up.due_until + (now - then)
            yield follow_up, follow_up.due_on + (now - then), until


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
floors.consequences["written"].append(move_dues)
floors.previews["move"].append(tell_moved)
