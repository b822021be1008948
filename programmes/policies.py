"""Who may see and do what on the ground floor. The declaration is the rule; see `access`."""

import rules

from wiego_review.common.access import NETWORK, declare, with_roles

OPEN = dict.fromkeys(NETWORK, ("open",))
# Of what may be told in words: who it is, or that it is nobody by name, each to be taken back.
NAMES = dict.fromkeys(
    ("say_who", "take_back_who", "leave_in_words", "take_back_words"), with_roles("coordinator")
)


@rules.predicate
def is_self(user, person):
    """The person behind the account."""
    return person is not None and person.pk == user.person_id


declare(
    "programmes",
    "person",
    sees={**OPEN, "administrator": ("name",), "guest": ("met",)},
    does={
        "add": with_roles("coordinator"),
        "edit": with_roles("coordinator"),
        "merge": with_roles("coordinator"),
        "take_apart": with_roles("coordinator"),
        "anonymise": with_roles("coordinator"),
        "rename": {**with_roles("team", "board", then=is_self), **with_roles("coordinator")},
    },
)
OF_THE_NETWORK = (
    "organisationname",
    "organisationrole",
    "sector",
    "region",
    "city",
    "membership",
    "fact",
    "commitment",
    "provision",
    "commitmentwork",
    "plan",
    "pillar",
    "planpoint",
    "contradiction",
)
for name in OF_THE_NETWORK:
    declare(
        "programmes",
        name,
        sees=OPEN,
        does={"add": with_roles("coordinator"), "edit": with_roles("coordinator")},
    )
for name in ("programme", "organisation", "body"):
    verbs = ("add", "edit", "merge", "take_apart")
    declare("programmes", name, sees=OPEN, does=dict.fromkeys(verbs, with_roles("coordinator")))
declare(
    "programmes",
    "alias",
    sees=dict.fromkeys(NETWORK, ("all",)),
    does=dict.fromkeys(("add", "edit", "split_off"), with_roles("coordinator")),
)
declare("programmes", "sourcedocument", sees=OPEN)
declare("programmes", "passage", sees=OPEN)
declare(
    "programmes",
    "understanding",
    sees=OPEN,
    does={"answer": with_roles("coordinator"), "reopen": with_roles("coordinator")},
)
declare(
    "programmes",
    "user",
    sees={
        **dict.fromkeys((*NETWORK, "guest", "chair"), ("own",)),
        "administrator": ("all",),
    },
    does={
        "add": with_roles("administrator"),
        "edit": with_roles("administrator"),
        "invite": with_roles("administrator"),
        "take_off_step": with_roles("administrator"),
    },
)
