"""Who may see and do what on the second floor. Predicates read the loaded rows only."""

import rules

from programmes.policies import NAMES
from wiego_review.common.access import NETWORK, declare, with_roles

SEES = {**dict.fromkeys(NETWORK, ("open",)), "board": ("open", "sealed")}
SEES_ASSIGNED = {**SEES, "guest": ("assigned",)}


def current(follow_up):
    return [each for each in follow_up.assignments.all() if each.ended_at is None]


@rules.predicate
def is_given(user, record):
    """Asked of one record, not of the noun."""
    return record is not None


@rules.predicate
def is_assigned(user, follow_up):
    """Leads it or is with those who do."""
    return bool(user.person_id) and any(
        each.person_id == user.person_id for each in current(follow_up)
    )


@rules.predicate
def is_recorder(user, follow_up):
    """Wrote it down."""
    return follow_up.created_by_id == user.pk


@rules.predicate
def is_of_programme(user, follow_up):
    """It is filed under a programme of theirs, or led by one."""
    programmes = {programme.pk for programme in follow_up.programmes.all()}
    programmes |= {each.programme_id for each in current(follow_up)}
    return bool(programmes & user.programme_ids)


@rules.predicate
def is_asked(user, assignment):
    """The assignment names them."""
    return bool(user.person_id) and assignment.person_id == user.person_id


concerned = is_given & (is_assigned | is_recorder | is_of_programme)
CHANGES = {**with_roles("team", "board", then=concerned), **with_roles("coordinator")}
ANSWERS = with_roles(*NETWORK, "guest", then=is_given & is_asked)

declare(
    "actions",
    "followup",
    sees=SEES_ASSIGNED,
    does={
        "add": with_roles(*NETWORK),
        "edit": CHANGES,
        "update": {**CHANGES, "guest": is_given & is_assigned},
        "complete": CHANGES,
        "ask_help": CHANGES,
        "move_due": CHANGES,
        "reopen": CHANGES,
        "assign": CHANGES,
        "unassign": CHANGES,
    },
)
declare(
    "actions",
    "assignment",
    sees=SEES_ASSIGNED,
    does={
        "accept": ANSWERS,
        "decline": ANSWERS,
        **NAMES,
    },
)
declare("actions", "update", sees=SEES_ASSIGNED)
# Whoever of the network sees a paper may bring a newer one or put its title right: nothing of it
# is lost, and the history tells who did.
declare(
    "actions",
    "output",
    sees=SEES_ASSIGNED,
    does=dict.fromkeys(("add", "add_version", "edit"), with_roles(*NETWORK)),
)
declare("actions", "outputversion", sees=SEES_ASSIGNED)
declare("actions", "decision", sees=SEES)
