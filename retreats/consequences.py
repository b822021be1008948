"""What the first floor does when two records turn out to be one."""

from django.utils.translation import gettext as _

from programmes import merging
from wiego_review.common import floors
from wiego_review.common.errors import Refused

from .models import StrategicIssue


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


def raised(viewer, one):
    """Where an issue was raised, which the one that stays takes over."""
    if not isinstance(one, StrategicIssue):
        return []
    number = one.retreats.visible_to(viewer).count()
    return [(_("Where it was raised"), number)] if number else []


# A link both have to a third stays behind, and so does the one between the two.
merging.SAYS_THE_SAME.add("issuelink")
floors.consequences["before_merge_strategicissue"].append(refuse_other_words)
floors.consequences["merge"] += [merging.mover("retreats"), raise_where_both_were]
floors.previews["merge"] += [raised, merging.previewer("retreats")]
