"""What the ground floor does when something of its own is written."""

from django.db import transaction
from django.utils.translation import gettext as _

from wiego_review.common import floors
from wiego_review.common.text import search_text

from . import anonymising, emails, merging
from .models import (
    Body,
    Contradiction,
    Membership,
    OrganisationName,
    Person,
    Pillar,
    Source,
    User,
)
from .workflow import end_access_of, refresh_search

BOARD = {"board", "chair"}
NAMED_IN = {OrganisationName: "organisation", Pillar: "plan"}


def find_by_its_words(act, record, *, moved=True, **values):
    """A contradiction is found by our words for it and by those of the documents."""
    if isinstance(record, Contradiction) and moved:
        said = Source.objects.of(record).order_by("pk").values_list("said_as", flat=True)
        found = search_text(record.text, *said)
        same = Contradiction.objects.filter(pk=record.pk)
        same.exclude(search_text=found).update(search_text=found)


def leave(act, record, **values):
    """An account that is closed ends at once, and does not come alive again by being reopened."""
    if isinstance(record, User) and not record.is_active:
        end_access_of(record)


def tell_the_board(act, user, *, new=False, groups=None, is_active=True, **values):
    """Who joins the Board here reads what is Board only: the others of it hear of it."""
    joins = user.held if groups is None else {each.name for each in groups}
    if not (is_active and BOARD & joins) or (BOARD & user.roles and not new):
        return
    others = User.objects.filter(groups__name__in=BOARD, is_active=True).exclude(pk=user.pk)
    for reader in others.distinct().select_related("person").order_by("email"):
        if not reader.is_stray:
            transaction.on_commit(emails.board_news(reader, user, act.by).send)


def find_by_its_parts(act, record, **values):
    """An organisation is found by its names over time, a plan by its pillars."""
    if owner := NAMED_IN.get(type(record)):
        refresh_search(getattr(record, owner))


def join_body(act, understanding):
    """Yes, they are in it: the person understood to be in a body becomes a member."""
    person, body = understanding.record, understanding.other
    if not (isinstance(person, Person) and isinstance(body, Body)):
        return
    if understanding.answer != understanding.Answer.YES:
        return
    made = understanding.memberships.first()
    if made:
        act.change(act.take(made), taken_back=False)
    else:
        act.create(Membership, person=person, body=body, understood_from=understanding)


def sign_in(viewer, one, *, into):
    """An account moves with its person: who signs in is then the other."""
    return [(_("Their sign-in, which becomes the other’s"), 1)] if merging.account_of(one) else []


def leave_body(act, understanding):
    """What followed from a yes is taken back with it."""
    for made in understanding.memberships.filter(taken_back=False):
        act.change(act.take(made), taken_back=True)


floors.consequences["answer"].append(join_body)
floors.consequences["reopen"].append(leave_body)
floors.consequences["written"] += [find_by_its_words, find_by_its_parts, leave]
floors.consequences["sourced"].append(find_by_its_words)
floors.consequences["before_edit_user"].append(tell_the_board)
floors.consequences["invite"].append(tell_the_board)
floors.consequences["merge"] += [
    merging.answer_what_is_one,
    merging.mover("programmes"),
    merging.move_what_is_told,
]
floors.previews["merge"].append(sign_in)
floors.previews["merge"].append(merging.previewer("programmes"))
floors.consequences["anonymise"].append(anonymising.sweeper("programmes"))
floors.previews["anonymise"].append(anonymising.previewer("programmes"))
floors.previews["before_anonymise"].append(anonymising.in_the_way)
