"""What the second floor adds where retreats stand side by side."""

from django.db.models import Count
from django.utils.translation import gettext as _

from wiego_review.common import floors
from wiego_review.common.floors import Figure

from .models import Decision, FollowUp


def counted(model, field, title):
    """A line that counts the rows of a noun at each retreat by one of their codes."""

    def build(keys, viewer):
        seen = model.objects.visible_to(viewer).filter(retreat__in=keys).order_by()
        numbers = {
            (retreat, code): number
            for retreat, code, number in seen.values_list("retreat", field).annotate(n=Count("pk"))
        }
        cells = {key: [] for key in keys}
        for code, words in model._meta.get_field(field).choices:
            for key in keys:
                if number := numbers.get((key, code)):
                    cells[key].append(f"{words}: {number}")
        return Figure(title(), cells)

    return build


floors.figures["retreat"] += [
    counted(FollowUp, "state", lambda: _("Follow-ups")),
    counted(Decision, "outcome", lambda: _("Decisions")),
]
