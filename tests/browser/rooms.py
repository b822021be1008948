"""Every page there is, with the role that sees most of it."""

from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator

from actions.models import FollowUp
from retreats.models import Note
from tests import factories as make
from tests.conftest import make_user
from tests.routes import keys_of, make_missing, routes
from tests.signing_in import recovery_codes, with_app, with_password

from .conftest import DESK

# Asked in this order: the first who gets a page sees most of it.
SEE_MOST = ("coordinator", "chair", "administrator", None)
PARTIES = {
    "people": make.PersonFactory,
    "programmes": make.ProgrammeFactory,
    "bodies": make.BodyFactory,
    "organisations": make.OrganisationFactory,
    "issues": make.IssueFactory,
}
# What answers with another address, or is reached only on the way in (`test_pages_on_the_way_in`).
ELSEWHERE = {
    "who/<key>/",
    "sign-in/second-step/",
    "sign-in/code/enter/",
    "sign-in/passkey/",
    "admin/login/",
    "admin/logout/",
    "admin/password_change/",
    "admin/autocomplete/",
    "admin/r/<key>/<key>/",
    "admin/<key>",
}


@dataclass
class Rooms:
    """The pages of the house, and a window of each role to look at them through."""

    browse: Any
    addresses: dict
    users: dict
    windows: dict

    def window(self, role):
        if role not in self.windows:
            self.windows[role] = self.browse(
                role and self.users[role], DESK, board_open=role == "chair", bypass_csp=True
            )
        return self.windows[role]

    def open(self, address):
        """The page as who sees most of it; None where a GET gives no page, or all are refused."""
        answers = []
        for role in SEE_MOST:
            page = self.window(role)
            answer = page.request.get(address, max_redirects=0)
            if answer.status == 200 and answer.headers["content-type"].startswith("text/html"):
                page.goto(address)
                return page
            answers.append(answer.status)
        assert {200, 403, 405} & set(answers), f"Nobody gets {address}: {answers}"
        return None


def is_page(pattern) -> bool:
    """The admin's pages of deleting are refused to all, its bare numbers lead to the change."""
    if pattern.startswith("api/") and pattern != "api/v1/docs/":
        return False
    admin_number = pattern.startswith("admin/") and pattern.endswith("/<key>/")
    return not (pattern in ELSEWHERE or pattern.endswith("/delete/") or admin_number)


def rooms_of(browse):
    """The house with somebody in it, and a record of each kind that a page is about."""
    users = {role: make_user(role) for role in SEE_MOST if role}
    coordinator = with_password(users["coordinator"])
    recovery_codes(with_app(users["chair"]))
    make_missing(coordinator)
    keys = keys_of(coordinator)  # before one is made that is another's: it has no page
    special = special_addresses(users["administrator"])
    found = {
        each.pattern: special.get(each.pattern, each.address)
        for each in routes(keys)
        if is_page(each.pattern)
    }
    return Rooms(browse, found, users, {})


def special_addresses(owner) -> dict:
    """Of pages that only certain records have: `{pattern: address}`."""
    group = FollowUp.objects.filter(kind="working_group").first()
    wall = Note.objects.on_the_wall()[0].session
    passkey = Authenticator.objects.create(user=owner, type="webauthn", data={"name": "My phone"})
    found = {
        "follow-ups/<key>/next/": f"/follow-ups/{group.ref}/next/",
        "sessions/<key>/matrix/": f"/sessions/{wall.ref}/matrix/",
    }
    passkeys = "account/second-step/passkeys/"
    found[f"{passkeys}<key>/off/"] = f"/{passkeys}{passkey.pk}/off/"
    for name, factory in PARTIES.items():
        into = factory()
        one = factory(merged_into=into)
        found[f"{name}/<key>/apart/"] = f"/{name}/{getattr(one, 'slug', one.ref)}/apart/"
    return found
