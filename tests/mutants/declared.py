"""Takes out what is declared of a noun (`access.declare`), and what the settings ask of a request.

The declaration is read, not its source: each right of each role is one check.
"""

import re

import rules
from django.apps import apps
from django.conf import settings
from rest_framework.views import APIView

from wiego_review.common import access

from .checks import Mutant

LOGIN = "wiego_review.common.middleware.SignInMiddleware"
STEP = "wiego_review.common.middleware.SecondStepMiddleware"


def widest(noun) -> list[tuple]:
    """Grains that open most of a noun, each alone."""
    known = apps.get_model(noun.app, noun.name).objects.all().GRAINS
    return [(grain,) for grain in ("open", "all", "sealed") if grain in known]


def declare_anew(noun, sees=None, does=None):
    def take_out():
        access.declare(noun.app, noun.name, sees=sees or noun.sees, does=does or noun.does)

    return take_out


def sees_more():
    """Each role sees what it does not: all that is open of a noun, or all that is sealed."""
    for noun in access.nouns.values():
        for role in access.ROLES:
            held = set(noun.sees.get(role, ()))
            for grain in widest(noun):
                if not held & set(grain) and not (role == "chair" and "board" in noun.sees):
                    sees = {**noun.sees, role: (*held, *grain)}
                    yield noun, f"{role} sees {grain[0]}", declare_anew(noun, sees=sees)


def does_more():
    """Each verb is for every role; and where it has a condition, without it."""
    everybody = access.with_roles(*access.ROLES)
    for noun in access.nouns.values():
        for verb, allowed in noun.does.items():
            does = {**noun.does, verb: everybody}
            yield noun, f"every role may {verb}", declare_anew(noun, does=does)
            for role, condition in allowed.items():
                if condition is not rules.predicates.always_true:
                    does = {**noun.does, verb: {**allowed, **access.with_roles(role)}}
                    yield noun, f"{role} may {verb} any", declare_anew(noun, does=does)


def without_middleware(path):
    assert path in settings.MIDDLEWARE

    def take_out():
        settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if each != path]

    return take_out


def without_rest_permissions():
    APIView.permission_classes = []


def declared(first: int):
    """`[(mutant, what takes it out in this process, what the name of a test has that tells)]`."""
    found = []
    for kind, more in (("declared sees", sees_more), ("declared does", does_more)):
        for noun, what, take_out in more():
            where = f"{noun.app}.policies:{noun.name}"
            rights = [re.escape(noun.permission(verb)) for verb in noun.does if verb in what]
            hints = rf"test_access.*[\[-]({'|'.join([noun.name, *rights])})[\]-]"
            found.append((kind, where, what, take_out, hints))
    for what, take_out, hints in (
        ("SignInMiddleware", without_middleware(LOGIN), "anonymous"),
        ("SecondStepMiddleware", without_middleware(STEP), "second_step_required"),
        ("DEFAULT_PERMISSION_CLASSES", without_rest_permissions, "anonymous"),
    ):
        found.append(("settings", "wiego_review.settings:-", what, take_out, hints))
    return [
        (Mutant(first + number, kind, where, what), take_out, hints)
        for number, (kind, where, what, take_out, hints) in enumerate(found)
    ]
