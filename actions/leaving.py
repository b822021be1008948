"""What the second floor does when somebody's name is taken out."""

from django.utils.translation import ngettext

from programmes import anonymising
from wiego_review.common import floors
from wiego_review.common.errors import Refused
from wiego_review.common.viewer import Viewer

from .models import Assignment


def refuse_open(act, person):
    """What they still have is given to others first; what is Board only goes along silently."""
    held = Assignment.objects.visible_to(Viewer(act.by)) if act.by else Assignment.objects.all()
    number = held.still_held_by(anonymising.family(person)).count()
    if number:
        told = ngettext(
            "They still have %(number)s follow-up. Give it to somebody else first.",
            "They still have %(number)s follow-ups. Give them to somebody else first.",
            number,
        )
        raise Refused(told % {"number": number})


floors.consequences["before_anonymise"].append(refuse_open)
floors.consequences["anonymise"].append(anonymising.sweeper("actions"))
floors.previews["anonymise"].append(anonymising.previewer("actions"))
