"""What the second floor adds where retreats stand side by side."""

from django.utils.translation import gettext as _

from retreats.compare import by_code
from wiego_review.common import floors
from wiego_review.common.floors import Figure

from .models import Decision, FollowUp


def follow_ups(keys, viewer):
    return Figure(_("Follow-ups"), by_code(FollowUp.objects.visible_to(viewer), keys, "state"))


def decisions(keys, viewer):
    return Figure(_("Decisions"), by_code(Decision.objects.visible_to(viewer), keys, "outcome"))


floors.figures["retreat"] += [follow_ups, decisions]
