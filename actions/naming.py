"""Verbs on names that stand on a follow-up in words: who it is, or nobody; and taken back."""

from django.contrib.contenttypes.models import ContentType

from programmes import naming
from programmes.merging import clear_answer, put_answer
from programmes.models import Person, Understanding
from programmes.recording import value_of, verb
from programmes.workflow import party_of
from wiego_review.common.record import became
from wiego_review.common.text import fold

from .models import FollowUp
from .workflow import (
    LEADS,
    current,
    refresh_follow_up,
    refuse_ended_assignment,
    target,
    tokens,
)


@verb
def say_who(act, assignment, *, party):
    """The name in words is this person's or group's; the words stay as the document's."""
    assignment = act.take(assignment)
    refuse_ended_assignment(assignment)
    naming.refuse_settled(assignment)
    answer_first_name(act, assignment, party)
    put_party(act, assignment, party)
    return assignment


@verb
def take_back_who(act, assignment):
    """The name stands in words again, where nothing was changed about it since."""
    assignment = act.take(assignment)
    refuse_ended_assignment(assignment)
    change = naming.take_said(act, said_of(assignment))
    put_words(act, assignment, change)
    take_back_answers(act, change.change_set)
    return assignment


@verb
def leave_in_words(act, assignment):
    assignment = act.take(assignment)
    refuse_ended_assignment(assignment)
    return naming.leave(act, assignment)


@verb
def take_back_words(act, assignment):
    assignment = act.take(assignment)
    refuse_ended_assignment(assignment)
    return naming.let_wait(act, assignment)


def is_first_name(assignment, person) -> bool:
    """Whether a name that waits in words is the first word of this person's."""
    if not assignment.text or assignment.stays_in_words:
        return False
    return [fold(assignment.text)] == fold(person.name).split()[:1]


def answer_first_name(act, assignment, party) -> None:
    """Who says that it is the one it was understood to be says yes to that."""
    if not (isinstance(party, Person) and is_first_name(assignment, party)):
        return
    of, to = map(ContentType.objects.get_for_model, (FollowUp, Person))
    meant = Understanding.objects.about(of, assignment.follow_up_id).about(to, party.pk)
    for understanding in meant.unanswered().order_by("pk"):
        put_answer(act, act.take(understanding), Understanding.Answer.YES)


def take_back_answers(act, change_set) -> None:
    """The answers given with a change, where they stand."""
    kind = ContentType.objects.get_for_model(Understanding)
    for change in change_set.changes.filter(content_type=kind).select_related("content_type"):
        understanding = act.take(change.record)
        if value_of(understanding, "answered_at") == change.fields["answered_at"][1]:
            clear_answer(act, understanding)


def put_party(act, assignment, party) -> None:
    """The words become a party, told on the follow-up as well."""
    told = {"text": "", party_of(party): party}
    if not assignment.as_named:
        told["as_named"] = assignment.text
    rewrite(act, assignment, told)


def put_words(act, assignment, change) -> None:
    """What a change made a party of is in words again."""
    was = {name: before or "" for name, (before, _after) in change.fields.items()}
    party = party_of(assignment.party)
    told = {name: was[name] for name in ("text", "as_named") if name in was}
    rewrite(act, assignment, {**told, party: None})


def rewrite(act, assignment, values) -> None:
    follow_up, role = act.take(assignment.follow_up), assignment.role
    before = tokens(target(each) for each in current(follow_up, role))
    act.change(assignment, **values)
    after = tokens(target(each) for each in current(follow_up, role))
    act.tell(follow_up, {LEADS[role]: [before, after]})
    refresh_follow_up(follow_up)


def said_of(assignment):
    """The change by which somebody said who the name is, if that is what stands."""
    change = naming.last_said(assignment)
    return change if change and makes(change, assignment) else None


def makes(change, assignment) -> bool:
    """Whether a change made of words the party that stands now."""
    party = assignment.party
    if party is None or "text" not in change.fields:
        return False
    made = change.fields.get(party_of(party), [None, None])[1]
    return made is not None and became(type(party), made) == party.pk
