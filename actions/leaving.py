"""What the second floor does when somebody's name is taken out."""

from django.urls import reverse
from django.utils.translation import ngettext

from programmes import anonymising
from programmes.called import family
from wiego_review.common import floors
from wiego_review.common.errors import Refused
from wiego_review.common.viewer import Viewer

from .models import Assignment
from .sorting import GOING


def in_the_way(viewer, person):
    """`(words, address)` of what they still have, as far as the reader sees it."""
    number = Assignment.objects.visible_to(viewer).still_held_by(family(person)).count()
    if not number:
        return []
    address = f"{reverse('follow-ups-list')}?person={person.slug}&{GOING}"
    return [(told_of(number), address)]


def told_of(number) -> str:
    told = ngettext(
        "They still have %(number)s follow-up. Give it to somebody else first.",
        "They still have %(number)s follow-ups. Give them to somebody else first.",
        number,
    )
    return told % {"number": number}


def refuse_open(act, person):
    """What they still have is given to others first; what is Board only goes along silently."""
    held = Assignment.objects.visible_to(Viewer(act.by)) if act.by else Assignment.objects.all()
    if number := held.still_held_by(family(person)).count():
        raise Refused(told_of(number))


floors.previews["before_anonymise"].append(in_the_way)
floors.consequences["before_anonymise"].append(refuse_open)
floors.consequences["anonymise"].append(anonymising.sweeper("actions"))
floors.previews["anonymise"].append(anonymising.previewer("actions"))
