"""What the verbs on names in words share: who it is, that it is nobody by name, and back.

A floor above has the four verbs of its nouns (`say_who`, `take_back_who`, `leave_in_words`,
`take_back_words`) and its own `said_of`.
"""

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _

from wiego_review.common.errors import Refused

from .models import ChangeSet


def refuse_settled(record) -> None:
    """Only words that wait can be answered: whatever was said before is taken back first."""
    if record.known:
        raise Refused(_("It is known who this is. Take that back first."))
    if record.stays_in_words:
        raise Refused(_("This stays in words. Take that back first."))
    if not record.told_as:
        raise Refused(_("Nobody is told of here in words."))


def leave(act, record):
    """The words are nobody's name: they stay, and wait for nobody."""
    refuse_settled(record)
    return act.change(record, stays_in_words=True)


def let_wait(act, record):
    """The words wait again for somebody to say who it is."""
    if not record.stays_in_words:
        raise Refused(_("Nobody left this in words."))
    act.change_set.undo_of = last_done(record, "leave_in_words")
    return act.change(record, stays_in_words=False)


def take_said(act, change):
    """The change by which somebody said who it is, which this undoes."""
    if change is None:
        raise Refused(_("Nobody said here who this is."))
    act.change_set.undo_of = change.change_set
    return change


def last_said(record):
    """The last change by which somebody said who it is, unless that was taken back."""
    last = last_done(record, "say_who")
    return last and last.changes.filter(content_type=kind_of(record), object_id=record.pk).first()


def last_done(record, verb):
    """The last time a verb was done to a record and not undone."""
    done = ChangeSet.objects.filter(verb=verb, content_type=kind_of(record), object_id=record.pk)
    return done.filter(changeset__isnull=True).first()


def kind_of(record):
    return ContentType.objects.get_for_model(record)
