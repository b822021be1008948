"""What the first floor does when two records turn out to be one."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from programmes import anonymising, merging
from programmes.models import Person
from wiego_review.common import floors
from wiego_review.common.errors import Refused

from .models import StrategicIssue
from .models.note import Said


def refuse_other_words(act, one, *, into):
    """Issues are one in the same words only; likeness is a link."""
    if not one.has_words_of(into):
        raise Refused(_("These are other words: link them instead."))


def raise_where_both_were(act, one, *, into):
    """The issue that stays was raised at all retreats of both; what it lacks it takes over."""
    if not isinstance(one, StrategicIssue):
        return
    retreats = {*into.retreats.all(), *one.retreats.all()}
    lacking = {
        name: getattr(one, name)
        for name in ("review", "session")
        if getattr(into, name) is None and getattr(one, name) is not None
    }
    act.change(act.take(into), retreats=retreats, **lacking)


def raised(viewer, one, *, into):
    """Where an issue was raised, which the one that stays takes over."""
    if not isinstance(one, StrategicIssue):
        return []
    number = one.retreats.visible_to(viewer).count()
    return [(_("Where it was raised"), number)] if number else []


def both_at(one, into):
    """`(the one's, the other's)` participants of the convenings both were at."""
    if not isinstance(one, Person):
        return []
    kept = {row.retreat_id: row for row in into.participations.all()}
    rows = one.participations.filter(retreat__in=kept).order_by("pk")
    return [(row, kept[row.retreat_id]) for row in rows]


def otherwise(row, kept) -> bool:
    """Whether two participants are told to have been there and not, or as what they were not."""
    pairs = ((row.attended, kept.attended), (row.capacity, kept.capacity))
    return any(each and other and each != other for each, other in pairs)


def attend_once(act, one, *, into):
    """Of one convening both were at, the one that stays takes over what is not told of it."""
    for row, kept in both_at(one, into):
        if not otherwise(row, kept):
            act.change(act.take(kept), **filled(row, kept))
        merging.move_what_is_told(act, row, into=kept)


def filled(row, kept) -> dict:
    days, missed = {*kept.days.all()}, {*kept.days_missed.all()}
    return {
        "capacity": kept.capacity or row.capacity,
        "attended": kept.attended or row.attended,
        "days": days | ({*row.days.all()} - missed),
        "days_missed": missed | ({*row.days_missed.all()} - days),
    }


def at_both(viewer, one, *, into):
    """Where both are participants, and where that is told otherwise of the two."""
    pairs = both_at(one, into)
    told = {
        _("Where both were, once from then on"): len(pairs),
        _("Told otherwise of the two; what is told of the one you name stays"): len(
            [pair for pair in pairs if otherwise(*pair)]
        ),
    }
    return [(words, number) for words, number in told.items() if number]


def refuse_words_of_people(act, record, **values):
    """Words that stay are nobody's name; the people are in another table, where no check is."""
    if isinstance(record, Said) and record.stays_in_words and record.known:
        told = _("It is known who said it: then nothing stays in words. Choose one of the two.")
        raise ValidationError({"stays_in_words": told})


# A link both have to a third stays behind, and so does the one between the two. So does what
# both were at one convening or in one session: it is told once, of the one that stays.
merging.SAYS_THE_SAME |= {"issuelink", "participant", "sessionperson"}
floors.consequences["before_merge_strategicissue"].append(refuse_other_words)
floors.consequences["written"].append(refuse_words_of_people)
floors.consequences["merge"] += [attend_once, merging.mover("retreats"), raise_where_both_were]
floors.previews["merge"] += [raised, merging.previewer("retreats"), at_both]
floors.consequences["anonymise"].append(anonymising.sweeper("retreats"))
floors.previews["anonymise"].append(anonymising.previewer("retreats"))
