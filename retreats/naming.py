"""Verbs on who said a note or a suggestion that is told in words."""

from django.utils.translation import gettext as _

from programmes import naming
from programmes.models import Person
from programmes.recording import verb
from wiego_review.common.errors import Refused
from wiego_review.common.record import became


@verb
def say_who(act, said, *, people):
    """These people said it; the words stay as the document's."""
    said = act.take(said)
    naming.refuse_settled(said)
    if not people:
        raise Refused(_("Name those who said it."))
    return act.change(said, said_by=people)


@verb
def take_back_who(act, said):
    """It is told in words again, but for people somebody added since."""
    said = act.take(said)
    gone = people_of(naming.take_said(act, said_of(said)))
    return act.change(said, said_by=[each for each in said.known if each.pk not in gone])


@verb
def leave_in_words(act, said):
    return naming.leave(act, act.take(said))


@verb
def take_back_words(act, said):
    return naming.let_wait(act, act.take(said))


def said_of(said):
    """The change by which somebody said whose words these are, if that is what stands."""
    change = naming.last_said(said)
    stand = {each.pk for each in said.known}
    return change if change and people_of(change) <= stand else None


def people_of(change) -> set:
    """The keys of those a change named, as who they are now."""
    before, after = change.fields["said_by"]
    return {became(Person, key) for key in after if key not in (before or ())}
