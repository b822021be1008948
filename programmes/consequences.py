"""What the ground floor does when something of its own is written."""

from wiego_review.common import floors
from wiego_review.common.text import search_text

from . import merging
from .models import Contradiction, Source


def find_by_its_words(act, record, *, moved=True, **values):
    """A contradiction is found by our words for it and by those of the documents."""
    if isinstance(record, Contradiction) and moved:
        said = Source.objects.of(record).order_by("pk").values_list("said_as", flat=True)
        found = search_text(record.text, *said)
        same = Contradiction.objects.filter(pk=record.pk)
        same.exclude(search_text=found).update(search_text=found)


floors.consequences["written"].append(find_by_its_words)
floors.consequences["sourced"].append(find_by_its_words)
floors.consequences["merge"] += [merging.mover("programmes"), merging.move_what_is_told]
floors.previews["merge"].append(merging.previewer("programmes"))
