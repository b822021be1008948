"""Answers from a mail, without signing in: each link does one thing to one record, once.

A link names its account, what it does, to which record, and its last day; it opens nothing else.
It does what its account may do at that moment, through the verb, as from a mail.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.models import ChangeSet, User
from wiego_review.common.middleware import speak_to
from wiego_review.common.signed_links import SignedLink
from wiego_review.common.viewer import Viewer

from . import forms, workflow
from .models import Assignment, FollowUp

LINK = SignedLink("answer")
LASTS = timedelta(days=14)


def say_on_track(follow_up, *, text="", **told):
    """An update that it is on track, with what there is to add."""
    text = ". ".join(filter(None, [_("On track"), text.strip()]))
    return workflow.update(follow_up, text=text, **told)


@dataclass(frozen=True)
class Way:
    """One answer: its words, what a press of it will do, the right it needs and its verb."""

    words: str
    effect: str
    form: type
    right: str
    verb: Callable
    model: type = FollowUp

    def may(self, user, record) -> bool:
        return user.has_perm(self.right, record)


WAYS = {
    "done": Way(
        gettext_lazy("Done"),
        gettext_lazy("It will be marked as done."),
        forms.CompleteForm,
        "actions.complete_followup",
        workflow.complete,
    ),
    "track": Way(
        gettext_lazy("On track"),
        gettext_lazy("An update will say that it is on track."),
        forms.OnTrackForm,
        "actions.update_followup",
        say_on_track,
    ),
    "time": Way(
        gettext_lazy("More time"),
        gettext_lazy("The date will be moved, with your reason."),
        forms.MoreTimeForm,
        "actions.move_due_followup",
        workflow.move_due,
    ),
    "help": Way(
        gettext_lazy("Needs help"),
        gettext_lazy("The coordinators will be told that it needs help."),
        forms.NeedsHelpForm,
        "actions.ask_help_followup",
        workflow.ask_help,
    ),
    "have": Way(
        gettext_lazy("OK, I have it"),
        gettext_lazy("Who gave it will see that you have it."),
        forms.VerbForm,
        "actions.accept_assignment",
        workflow.accept,
        Assignment,
    ),
    "not": Way(
        gettext_lazy("Not me"),
        gettext_lazy("It will no longer be with you, and who gave it will see that."),
        forms.VerbForm,
        "actions.decline_assignment",
        workflow.decline,
        Assignment,
    ),
}
OF_PARTS = {
    "late": ("done", "track", "time", "help", "not"),
    "soon": ("done", "track", "time", "help", "not"),
    "given": ("have", "not"),
}


def offered(part, item, viewer) -> list:
    """`(words, link)` of the answers this reader can give to an item of a mail."""
    until = viewer.today + LASTS
    own = item.assignment or own_assignment(item.follow_up, viewer)
    found = []
    for word in OF_PARTS.get(part, ()):
        way = WAYS[word]
        record = own if way.model is Assignment else item.follow_up
        if record and way.may(viewer.user, record):
            found.append((way.words, LINK.to(word, viewer.user.pk, record.pk, until.toordinal())))
    return found


def own_assignment(follow_up, viewer):
    """What the reader has of a follow-up (read for policies) by their own name."""
    standing = [each for each in follow_up.assignments.all() if each.ended_at is None]
    return next((each for each in standing if each.person_id == viewer.person_id), None)


@dataclass(frozen=True)
class Answer:
    """A link as it was opened: whose, what for, and whether it `state`s to be `open`."""

    user: User
    viewer: Viewer
    way: Way
    key: str
    state: str
    record: object = None

    @property
    def follow_up(self):
        return getattr(self.record, "follow_up", self.record)


def read(token) -> Answer:
    """The answer a link stands for. Raises Http404 for any that is not ours.

    From here on words and days are those of the link's account.
    """
    word, pk, key, until = LINK.read(token, 3)
    way, user = WAYS.get(word), User.objects.to_sign_in(pk)
    if way is None or user is None:
        raise Http404
    speak_to(user)
    viewer = Viewer(user, board_open=False, today=timezone.localdate())
    told = {"user": user, "viewer": viewer, "way": way, "key": f"mail {token.partition('.')[0]}"}
    if not user.may_read_mails:
        return Answer(**told, state="gone")
    record = rows_of(way.model).visible_to(viewer).filter(pk=key).first()
    if ChangeSet.objects.filter(by=user, key=told["key"]).exists():
        return Answer(**told, state="used", record=record)
    return Answer(**told, state=state_of(record, way, user, until, viewer.today), record=record)


def rows_of(model):
    if model is Assignment:
        return Assignment.objects.current().select_related("follow_up")
    return FollowUp.objects.for_policies()


def state_of(record, way, user, until, today) -> str:
    """Why it can be answered no more, or `open`."""
    if record is None or not way.may(user, record):
        return "gone"
    if today > date.fromordinal(until):
        return "old"
    return "closed" if getattr(record, "follow_up", record).is_ended else "open"
