"""The declaration noun × role: who sees which rows, who may do which verb.

Each app declares its own nouns in `policies.py`; policies, `visible_to` and the tests read
them here. A *grain* names a set of rows (`open`, `sealed`, `own` …); what it means is said once,
in the noun's queryset (`GRAINS`).
"""

from dataclasses import dataclass, field

import rules

ROLES = ("guest", "team", "coordinator", "board", "chair", "administrator")
IMPLIED = {"chair": {"board"}}
STAFF = {"coordinator", "board", "chair", "administrator"}
NETWORK = ("team", "coordinator", "board")


@dataclass(frozen=True)
class Noun:
    """Who sees what (`{role: grains}`) and who does what (`{verb: {role: predicate}}`)."""

    app: str
    name: str
    sees: dict = field(default_factory=dict)
    does: dict = field(default_factory=dict)

    def permission(self, verb: str) -> str:
        return f"{self.app}.{verb}_{self.name}"


nouns: dict[str, Noun] = {}


def declare(app: str, name: str, *, sees: dict, does: dict | None = None) -> None:
    """Declare a noun (its model name in lower case) and register its policies with `rules`."""
    noun = nouns[name] = Noun(app, name, sees, does or {})
    for verb, allowed in noun.does.items():
        predicate = rules.predicates.always_false
        for role, condition in allowed.items():
            predicate = predicate | (has_role(role) & condition)
        rules.set_perm(noun.permission(verb), predicate)


def has_role(role: str):
    """Predicate: the user bears this role (implied roles are in `User.roles` already)."""
    return rules.predicate(lambda user: role in user.roles, name=f"is_{role}")


def grains(noun: str, roles) -> set[str]:
    """The grains of a noun that any of these roles see."""
    declared = nouns[noun].sees
    return {grain for role in roles for grain in declared.get(role, ())}


def may_ever(user, permission: str) -> bool:
    """Whether some role of the user may do this to at least some rows."""
    app, _, codename = permission.partition(".")
    verb, _, name = codename.rpartition("_")
    noun = nouns.get(name)
    return bool(noun and noun.app == app and set(noun.does.get(verb, ())) & user.roles)


def with_roles(*roles: str, then=rules.predicates.always_true) -> dict:
    """`{role: predicate}` for several roles that share one condition."""
    return dict.fromkeys(roles, then)
