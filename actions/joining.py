"""What the second floor does when two records below turn out to be one."""

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from programmes import merging
from programmes.models.party import Party
from programmes.workflow import party_of
from wiego_review.common import floors

from .models import Assignment, FollowUp
from .workflow import LEADS, current, target, tokens

move_pointers = merging.mover("actions")


def move_all(act, one, *, into):
    """All of the one's is the other's."""
    if isinstance(one, Party):
        move_assignments(act, one, into)
    else:
        move_pointers(act, one, into=into)


def move_assignments(act, one, into):
    """On a follow-up both have, the one that stays is once, and leads if one of them led."""
    kind = party_of(one)
    given = Assignment.objects.current().filter(**{kind: one}).select_related("follow_up")
    before = {each.follow_up: holders(each.follow_up) for each in given}
    for assignment in given:
        for other in assignment.follow_up.assignments.current().filter(**{kind: into}):
            weaker = other if (assignment.role, other.role) == ("lead", "support") else assignment
            act.change(act.take(weaker), ended_at=timezone.now())
    move_pointers(act, one, into=into)
    for follow_up, held in before.items():
        tell_holders(act, follow_up, held)


def give_back(act, one, *, done):
    """The follow-ups tell who has them again."""
    kind = ContentType.objects.get_for_model(FollowUp)
    for change in done.changes.filter(content_type=kind):
        held = {name: change.fields[name][1] for name in LEADS.values() if name in change.fields}
        tell_holders(act, change.record, held)


def holders(follow_up) -> dict:
    """`{"leads": [...], "supports": [...]}` as the history tells them."""
    return {
        name: tokens(target(each) for each in current(follow_up, role))
        for role, name in LEADS.items()
    }


def tell_holders(act, follow_up, before):
    now = holders(follow_up)
    told = {name: [held, now[name]] for name, held in before.items() if held != now[name]}
    if told:
        act.tell(act.take(follow_up), told)


floors.consequences["merge"].append(move_all)
floors.consequences["take_apart"].append(give_back)
floors.previews["merge"].append(merging.previewer("actions"))
