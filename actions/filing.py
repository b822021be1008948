"""What a word such as #law files a follow-up under."""

from programmes.models import City, Commitment, Programme, Region, Sector
from retreats.models import StrategicIssue
from wiego_review.common.text import fold

FILED = {
    "programmes": Programme,
    "sectors": Sector,
    "regions": Region,
    "cities": City,
    "commitments": Commitment,
}


def file_under(viewer, word):
    """`(field, record)` of the one record a word names, or begins the name of; else None."""
    said = fold(word)
    for whole in (True, False):
        found = [
            (name, record)
            for name, model in FILED.items()
            for record in model.objects.visible_to(viewer).listed()
            if is_called(record, said, whole)
        ]
        if len(found) == 1:
            return found[0]
    issues = StrategicIssue.objects.visible_to(viewer).listed()
    found = [issue for issue in issues if fold(issue.title) == said]
    return ("issue", found[0]) if len(found) == 1 else None


def is_called(record, said, whole) -> bool:
    names = [fold(record.name), fold(record.slug)]
    return said in names if whole else any(said in name.split() for name in names)
