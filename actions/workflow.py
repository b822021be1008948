"""The verbs of the second floor: what happens to follow-ups and to who leads them."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from programmes.recording import value_of, verb
from programmes.workflow import party_of, search_parts, split_many
from wiego_review.common.dates import day
from wiego_review.common.errors import Refused
from wiego_review.common.text import search_text

from .models import Assignment, FollowUp, Update

LEADS = {"lead": "leads", "support": "supports"}


@verb
def add_follow_up(act, *, leads=(), supports=(), **values):
    """A new follow-up with who leads it and who is with them.

    `leads` and `supports` are parties (person, programme, body, organisation) or plain text for
    a name nobody knows yet; `values` are FollowUp's fields.
    """
    plain, many = split_many(FollowUp, values)
    for name in ("on", "until", "text"):
        plain[f"original_due_{name}"] = plain.get(f"due_{name}", "" if name == "text" else None)
    is_group = plain.get("kind") == FollowUp.Kind.WORKING_GROUP
    start = FollowUp.State.UNDER_WAY if is_group else FollowUp.State.NOT_STARTED
    follow_up = act.create(
        FollowUp,
        many=many,
        created_by=act.by,
        last_word_on=timezone.localdate(),
        **{"state": start, **plain},
    )
    put_parties(act, follow_up, "lead", leads)
    put_parties(act, follow_up, "support", supports)
    refresh_follow_up(follow_up)
    return follow_up


@verb
def edit_follow_up(act, follow_up, *, leads=None, supports=None, **values):
    """Change fields, and with `leads` or `supports` who has it. What is not given stays.

    A later last day is for `move_due`: here the first date given is set, or a slip of the pen
    put right without counting as moved.
    """
    follow_up = act.take(follow_up)
    refuse_ended(follow_up)
    wanted = {"leads": leads, "supports": supports}
    wanted = {name: parties for name, parties in wanted.items() if parties is not None}
    kept = merge_all(act, follow_up, values, wanted)
    values = {name: value for name, value in values.items() if name in kept}
    refuse_later(follow_up, values)
    act.version = None
    act.change(follow_up, **values)
    first_due(act, follow_up)
    replace_parties(act, follow_up, {n: wanted[n] for n in wanted if n in kept})
    refresh_follow_up(follow_up)
    return follow_up


@verb
def update(act, follow_up, *, text, sealed=False):
    """Write down what there is to report. The first update starts the follow-up.

    Returns the Update, told by whom the verb was told. A sealed one moves nothing of its open
    follow-up.
    """
    follow_up = act.take(follow_up)
    written = act.create(
        Update,
        follow_up=follow_up,
        text=text.strip(),
        by=act.by,
        as_told_by=act.change_set.as_told_by,
        told_how=act.change_set.told_how,
        sealed=sealed,
    )
    if written.sealed and not follow_up.sealed:
        return written
    start = {"state": "under_way"} if follow_up.state in ("not_started", "suggested") else {}
    act.version = None
    act.change(follow_up, derived={"last_word_on": timezone.localdate()}, **start)
    return written


@verb
def complete(act, follow_up, *, text=""):
    """Done; or, for a working group, closed with a reason. `text` becomes an update."""
    follow_up = act.take(follow_up)
    if follow_up.state == "done":
        return follow_up
    refuse_ended(follow_up)
    if follow_up.is_group and not text.strip():
        raise ValidationError({"text": _("Say why the group is closed.")})
    if text.strip():
        act.create(Update, follow_up=follow_up, text=text.strip(), by=act.by)
    act.change(follow_up, derived={"last_word_on": timezone.localdate()}, state="done")
    return follow_up


@verb
def ask_help(act, follow_up, *, text=""):
    """It needs help: the coordinators are told in their next mail. `text` becomes an update."""
    follow_up = act.take(follow_up)
    refuse_ended(follow_up)
    if text.strip():
        act.create(Update, follow_up=follow_up, text=text.strip(), by=act.by)
    act.version = None
    act.change(follow_up, derived={"last_word_on": timezone.localdate()}, state="needs_help")
    return follow_up


@verb
def reopen(act, follow_up):
    """Take back that it was done or dropped."""
    follow_up = act.take(follow_up)
    if not follow_up.is_ended:
        raise Refused(_("This is still open: there is nothing to take up again."))
    act.change(follow_up, state="under_way")
    return follow_up


@verb
def move_due(act, follow_up, *, due_on, due_until=None, due_text="", **anchor):
    """More time, with a reason (`why`). A later last day counts as moved once more."""
    follow_up = act.take(follow_up)
    refuse_ended(follow_up)
    if follow_up.is_group:
        raise Refused(_("A working group has no date. It stands until it is closed."))
    if not act.change_set.why.strip():
        raise ValidationError({"why": _("Say why it needs more time.")})
    if not (due_on or due_text.strip()):
        raise ValidationError({"due_on": _("Say until when: a day, or in words.")})
    before = last_promised(follow_up)
    refuse_earlier(follow_up, due_until or due_on)
    values = {"due_on": due_on, "due_until": due_until, "due_text": due_text, "ongoing": False}
    act.change(follow_up, **NO_ANCHOR | values | anchor)
    if before and follow_up.due.last and follow_up.due.last > before:
        act.change_derived(follow_up, slips=follow_up.slips + 1)
    first_due(act, follow_up)
    return follow_up


NO_ANCHOR = {"due_anchor": None, "due_edge": "", "due_offset": None}


@verb
def assign(act, follow_up, *, party, role="lead"):
    """Give it to one more person or group, or to a name in plain text.

    Returns the Assignment; its `follow_up` is the record as it now stands.
    """
    follow_up = act.take(follow_up)
    refuse_ended(follow_up)
    (assignment,) = put_parties(act, follow_up, role, [party], told=True)
    refresh_follow_up(follow_up)
    return assignment


@verb
def unassign(act, assignment):
    """End an assignment; it stays in the history."""
    follow_up = act.take(assignment.follow_up)
    assignment = act.take(assignment)
    refuse_ended_assignment(assignment)
    end_assignment(act, follow_up, assignment)
    return follow_up


@verb
def accept(act, assignment):
    """ "OK, I have it." """
    assignment = act.take(assignment)
    refuse_ended_assignment(assignment)
    if assignment.answer != "accepted":
        act.change(assignment, answer="accepted", answered_at=timezone.now())
    return assignment


@verb
def decline(act, assignment):
    """ "Not me": it ends, and whoever gave it sees that."""
    follow_up = act.take(assignment.follow_up)
    assignment = act.take(assignment)
    refuse_ended_assignment(assignment)
    end_assignment(act, follow_up, assignment, answer="declined", answered_at=timezone.now())
    return assignment


def refuse_ended(follow_up):
    if follow_up.is_ended:
        raise Refused(_("This is closed. Open it again first, then change it."))


def refuse_later(follow_up, values):
    """A later last day is a slip and wants its reason: that is what `move_due` is for."""
    last = values.get("due_until", follow_up.due_until) or values.get("due_on", follow_up.due_on)
    before = last_promised(follow_up)
    if last and before and last > before and values.keys() & DUE_DAYS:
        raise ValidationError({"due_on": _("For a later day ask for more time, with a reason.")})


def refuse_earlier(follow_up, last):
    """More time is never less: an earlier day is put right under Edit, and counts as no slip."""
    stands = follow_up.due.last
    if last and stands and last < stands:
        told = _("This is earlier than %(day)s. Choose a later day, or put the date right in Edit.")
        raise ValidationError({"due_on": told % {"day": day(stands)}})


DUE_DAYS = {"due_on", "due_until"}


def last_promised(follow_up):
    """The last day that stands, or where none does, the one first given."""
    return follow_up.due.last or follow_up.original_due.last


def refuse_ended_assignment(assignment):
    if assignment.ended_at is not None:
        raise Refused(_("This is no longer with them: nothing is left to answer."))


def first_due(act, follow_up):
    """The first date ever given is kept as the original one."""
    if follow_up.original_due or not follow_up.due:
        return
    act.change_derived(
        follow_up,
        original_due_on=follow_up.due_on,
        original_due_until=follow_up.due_until,
        original_due_text=follow_up.due_text,
    )


def token(party) -> str:
    """A party as it stands in a Change: `person:123`, or `text:Sofia`."""
    return f"text:{party}" if isinstance(party, str) else f"{party_of(party)}:{party.pk}"


def tokens(parties) -> list[str]:
    return sorted(token(party) for party in parties)


def target(assignment):
    return assignment.party or assignment.text


def current(follow_up, role):
    rows = follow_up.assignments.current().filter(role=role).order_by("order", "id")
    return rows.select_related("person", "programme", "body", "organisation")


def merge_all(act, follow_up, values, wanted):
    """What is still to be written of fields, leads and supports; one Conflict tells of all."""
    now = {name: value_of(follow_up, name) for name in values}
    for role, name in LEADS.items():
        now[name] = tokens(target(each) for each in current(follow_up, role))
    named = {name: tokens(parties) for name, parties in wanted.items()}
    return act.merge(follow_up, {**values, **named}, now)


def put_parties(act, follow_up, role, parties, told=False):
    """Add assignments at the end of a role's list; with `told`, say so on the follow-up."""
    before = tokens(target(each) for each in current(follow_up, role))
    added = []
    for number, party in enumerate(parties, start=follow_up.assignments.count() + 1):
        named = {"text": party} if isinstance(party, str) else {party_of(party): party}
        values = {"follow_up": follow_up, "role": role, "order": number, "given_by": act.by}
        added.append(act.create(Assignment, **values, **named))
    if told:
        after = tokens(target(each) for each in current(follow_up, role))
        act.tell(follow_up, {LEADS[role]: [before, after]})
    return added


def replace_parties(act, follow_up, wanted):
    """End those no longer wanted, add the new ones, keep the rest as they are.

    All who go, go first: somebody may move from lead to with.
    """
    told, missing = {}, {}
    for role, name in LEADS.items():
        if name not in wanted:
            continue
        by_token = {token(party): party for party in wanted[name]}
        before = end_others(act, follow_up, role, by_token)
        missing[role] = [party for key, party in by_token.items() if key not in before]
        if sorted(by_token) != before:
            told[name] = [before, sorted(by_token)]
    for role, parties in missing.items():
        put_parties(act, follow_up, role, parties)
    if told:
        act.tell(follow_up, told)


def end_others(act, follow_up, role, wanted) -> list[str]:
    """End the assignments of a role that are not wanted; tells who had it before."""
    standing = {token(target(each)): each for each in current(follow_up, role)}
    for key, assignment in standing.items():
        if key not in wanted:
            act.change(assignment, ended_at=timezone.now())
    return sorted(standing)


def end_assignment(act, follow_up, assignment, **answer):
    before = tokens(target(each) for each in current(follow_up, assignment.role))
    act.change(assignment, ended_at=timezone.now(), **answer)
    after = tokens(target(each) for each in current(follow_up, assignment.role))
    act.tell(follow_up, {LEADS[assignment.role]: [before, after]})
    refresh_follow_up(follow_up)


def refresh_follow_up(follow_up) -> None:
    """Store what the search looks through: words, names in every spelling, the issue."""
    parts = [follow_up.title, follow_up.note, follow_up.due_text]
    if follow_up.issue_id:
        parts.append(follow_up.issue.title)
    for assignment in follow_up.assignments.current():
        parts += [assignment.as_named, assignment.text]
        if assignment.party:
            parts += search_parts(assignment.party)
    for programme in follow_up.programmes.all():
        parts += search_parts(programme)
    found = search_text(*parts)
    FollowUp.objects.filter(pk=follow_up.pk).update(search_text=found)
    follow_up.search_text = found
