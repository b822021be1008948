"""Every door there is, taken from the resolver, and whom it answers how.

Lists, records and verbs of REST and the admin are derived; pages of verbs and single pages are
told by name. `doors()` raises for a route nobody told what to expect of.
"""

import re
from dataclasses import dataclass, field

from django.apps import apps
from django.urls import reverse

from tests.routes import walk
from wiego_review.common.access import nouns
from wiego_review.common.listing import listings

READ = {"GET": "", "HEAD": ""}
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
OF_LISTS = {"list": False, "detail": True, "all": True}
# Verbs whose right is asked of what the record hangs on, or is called otherwise.
RIGHTS = {
    ("assignment", "create"): "actions.assign_followup",
    ("assignment", "unassign"): "actions.unassign_followup",
    ("update", "create"): "actions.update_followup",
    ("issuelink", "answer_link"): "retreats.answer_issuelink",
    ("suggestion", "follow_up"): "actions.add_followup",
    ("followup", "parse"): "actions.add_followup",
    **{(noun, "paper"): "actions.add_output" for noun in ("followup", "session", "retreat")},
}
ON_PARENT = ("actions.unassign_followup",)
# Pages of one verb: `name of the route: (noun, verb)`; a form to look at and to send.
FORMS = {
    **{
        f"followup-{name}": ("followup", verb)
        for name, verb in {
            "edit": "edit",
            "update": "update",
            "complete": "complete",
            "help": "ask_help",
            "move-due": "move_due",
            "assign": "assign",
        }.items()
    },
    **{f"{noun}-who": (noun, "say_who") for noun in ("assignment", "note", "suggestion")},
    "person-rename": ("person", "rename"),
    "retreats-move": ("retreat", "move"),
    "person-anonymise": ("person", "anonymise"),
    "issues-link": ("strategicissue", "link"),
    "followup-next": ("followup", "edit"),
    "suggestion-follow-up": ("suggestion", "follow_up"),
    **{f"{noun}-paper": (noun, "paper") for noun in ("followup", "session", "retreat")},
    "output-edit": ("output", "edit"),
    "output-version": ("output", "add_version"),
}
# Of these some records that may be changed have no such page all the same: no group meets next, and
# not every paper has a file.
NOT_ALL = {"followup-next", "api-outputs-file"}
# Verbs of one press, and nothing to look at.
PRESSES = {
    "followup-reopen": ("followup", "reopen"),
    "assignment-accept": ("assignment", "accept"),
    "assignment-decline": ("assignment", "decline"),
    "assignment-unassign": ("assignment", "unassign"),
    **{
        f"{noun}-{name}": (noun, verb)
        for noun in ("assignment", "note", "suggestion")
        for name, verb in {
            "nobody": "take_back_who",
            "in-words": "leave_in_words",
            "waiting": "take_back_words",
        }.items()
    },
    "issue-link": ("issuelink", "answer_link"),
    "understood-answer": ("understanding", "answer"),
    "understood-reopen": ("understanding", "reopen"),
}
TOGETHER = {"same": "merge", "apart": "take_apart", "spellings": "edit"}
# Lists under a second name, and pages of records beside `<list>-detail`.
ALSO = {
    "papers": ("output", False),
    "followup-detail": ("followup", True),
}
# What is read of a record without a list of its own.
READS = {"file": "outputversion", "file-in-place": "outputversion"}


@dataclass(frozen=True)
class Door:
    """A route: its kind (page, rest, admin), the noun behind it and what each method needs.

    `needs` is `{method: right}`, "" where it is enough to see; other methods are not allowed.
    `single` doors are told by name and tried by hand elsewhere.
    """

    kind: str
    name: str
    noun: str = ""
    of_record: bool = False
    needs: dict = field(default_factory=dict)
    lookup: str = ""
    single: bool = False


def address_of(door, record) -> str:
    """The address of a record behind a door."""
    return reverse(door.name, args=[getattr(record, door.lookup)])


def doors() -> list[Door]:
    found = [door_of(*route) for route in walk()]
    lost = [pattern for pattern, door in found if door is None]
    assert lost == [], "Say in tests/proofs/doors.py what these routes answer to whom."
    return [door for _pattern, door in found]


def door_of(pattern, name, view):
    for kind in (rest, of_admin, of_list, of_verb, single):
        if door := kind(pattern, name, view):
            return pattern, door
    return pattern, None


def right(noun, verb) -> str:
    return RIGHTS.get((noun, verb)) or nouns[noun].permission({"create": "add"}.get(verb, verb))


def rest(pattern, name, view):
    listing = getattr(getattr(view, "cls", None), "listing", None)
    if listing is None:
        return None
    noun = listing.model._meta.model_name
    reads = {"list", "retrieve", "everything", "file"}
    needs = {
        method.upper(): "" if action in reads else right(noun, edits(action))
        for method, action in view.actions.items()
    }
    if "GET" in needs:
        needs["HEAD"] = needs["GET"]
    return Door("rest", name, noun, "key" in pattern, needs, listing.lookup)


def edits(action):
    return {"partial_update": "edit"}.get(action, action)


ADMIN = re.compile(
    r"admin:(?:programmes|retreats|actions)_(\w+)_(changelist|add|change|history|delete)"
)


def of_admin(pattern, name, view):
    told = ADMIN.fullmatch(name)
    if told is None:
        return None
    noun, screen = told.groups()
    needs = {
        "changelist": READ,
        "add": dict.fromkeys(("GET", "POST"), nouns[noun].permission("add")),
        "change": {"GET": "", "POST": nouns[noun].permission("edit")},
        "history": READ,
        "delete": dict.fromkeys(("GET", "POST"), "nobody"),
    }[screen]
    return Door("admin", name, noun, screen in ("change", "history", "delete"), needs, "pk")


def of_list(pattern, name, view):
    for noun, listing in listings.items():
        for ending, of_record in OF_LISTS.items():
            if name == f"{listing.name}-{ending}":
                return Door("page", name, noun, of_record, READ, listing.lookup)
    if name in ALSO:
        noun, of_record = ALSO[name]
        return Door("page", name, noun, of_record, READ, listings[noun].lookup)
    if name in READS:
        return Door("page", name, READS[name], True, READ, lookup_of(READS[name]))
    return None


def of_verb(pattern, name, view):
    for table, methods in ((FORMS, ("GET", "HEAD", "POST")), (PRESSES, ("POST",))):
        if name in table:
            noun, verb = table[name]
            needs = dict.fromkeys(methods, right(noun, verb))
            return Door("page", name, noun, True, needs, lookup_of(noun))
    listing, _dash, ending = name.rpartition("-")
    noun = next((noun for noun, each in listings.items() if each.name == listing), "")
    if noun and ending in TOGETHER:
        needs = dict.fromkeys(("GET", "HEAD", "POST"), right(noun, TOGETHER[ending]))
        return Door("page", name, noun, True, needs, lookup_of(noun))
    return None


def lookup_of(noun) -> str:
    if noun in listings:
        return listings[noun].lookup
    return "ref" if apps.get_model(nouns[noun].app, noun).ref_prefix else "slug"


EVERYBODY = {"anonymous", "stranger", "guest", "team", "coordinator", "board", "administrator"}
SIGNED_IN = EVERYBODY - {"anonymous"}
STAFF = {"coordinator", "board", "administrator"}
# Single pages: `{name or pattern: who gets 200}`; others are led to sign in, or find nothing.
SINGLES = {
    "home": SIGNED_IN,
    "search": SIGNED_IN,
    "to-sort-out": {"coordinator"},
    "followup-add": {"team", "coordinator", "board"},
    "followup-lines": {"team", "coordinator", "board"},
    "follow-ups-load": {"team", "coordinator", "board"},
    "retreats-compare": SIGNED_IN,
    "account": SIGNED_IN,
    "tokens": SIGNED_IN,
    "mails": SIGNED_IN,
    "board-open": {"board"},
    "api-search": SIGNED_IN,
    "api-compare-retreats": SIGNED_IN,
    "api-who-has-how-much": {"team", "coordinator", "board"},
    "api-how-it-stands-by-programme": {"team", "coordinator", "board"},
    "api-schema": SIGNED_IN,
    "api-docs": SIGNED_IN,
    "api/v1/": SIGNED_IN,
    "healthz": EVERYBODY,
    "readyz": EVERYBODY,
    "admin:index": STAFF,
    "admin:jsi18n": STAFF,
    "signed-in": SIGNED_IN,
    "account_login": {"anonymous"},
    "account_request_login_code": {"anonymous"},
    "account_reset_password": EVERYBODY,
    "account_reset_password_done": EVERYBODY,
    "account_reset_password_from_key_done": EVERYBODY,
    "account_inactive": EVERYBODY,
    "account_logout": SIGNED_IN,
}
# What takes more than its address, leads on, or is there for a press only: tried beside.
ELSEWHERE = {
    "session-matrix",
    "token-end",
    "mails-off",
    "answer",
    "sign-out-there",
    "account_reauthenticate",
    "account_confirm_login_code",
    "mfa_index",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_remove_webauthn",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "board-close",
    "party",
    "account_reset_password_from_key",
    "account_change_password",
    "account_set_password",
    "admin:login",
    "admin:logout",
    "admin:password_change",
    "admin:password_change_done",
    "admin:autocomplete",
    "admin:view_on_site",
    "admin:app_list",
    "demo-mail",
}
NOWHERE = re.compile(r"\^api/\(\?:|admin/\(\?P<url>|admin/\w+/\w+/<path:object_id>/$")


def single(pattern, name, view):
    if name in SINGLES or pattern in SINGLES:
        return Door("single", name or pattern, needs=READ, single=True)
    if name in ELSEWHERE or NOWHERE.match(pattern):
        return Door("elsewhere", name, single=True)
    return None
