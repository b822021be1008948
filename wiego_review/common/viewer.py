"""Who is looking: made once per request, handed to every `visible_to`."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from . import access, floors


class Scope(dict):
    """The viewer's lists of ids, each asked of its floor when first needed."""

    def __init__(self, viewer):
        self.viewer = viewer

    def __missing__(self, name):
        ask = floors.scope.get(name)
        self[name] = frozenset(ask(self.viewer)) if ask else frozenset()
        return self[name]


@dataclass(frozen=True, eq=False)
class Viewer:
    """A user as a reader: roles, person, today in their zone, and whether Board matter is open.

    `board_open` is true only on a page session with a fresh second step; tokens, feeds, mails
    and commands leave it false.
    """

    user: object
    board_open: bool = False
    today: date = field(default_factory=timezone.localdate)

    @cached_property
    def roles(self) -> frozenset:
        return self.user.roles

    @cached_property
    def person_id(self):
        return self.user.person_id

    @cached_property
    def scope(self) -> Scope:
        return Scope(self)

    def grains(self, noun: str) -> set[str]:
        return access.grains(noun, self.roles)

    def account(self, user) -> str:
        """Whose account it is, as far as the viewer may know: never by its address."""
        if user and user.pk == self.user.pk:
            return str(self.user.person or self.user.email)
        if user and user.person_id and self.names("person", user.person_id):
            return str(user.person)
        return str(_("Somebody"))

    def names(self, noun: str, pk) -> bool:
        """Whether a row of `noun` with this key may be named to the viewer (no query)."""
        return self.namer(noun)(pk)

    def namer(self, noun: str):
        """`names` for many keys of one noun; no key (None) is never named."""
        if "open" in self.grains(noun):
            return lambda pk: pk is not None
        return lambda pk: pk is not None and pk in self.scope[noun]
