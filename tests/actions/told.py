"""What a verb left behind, for the tests of verbs."""

from actions import workflow
from programmes.models import Change, ChangeSet


def fresh(record):
    return type(record)._base_manager.get(pk=record.pk)


def shown(follow_up, role="lead"):
    return [each.shown for each in workflow.current(follow_up, role)]


def told(record):
    return list(Change.objects.of(record).order_by("version").values_list("version", "fields"))


def verbs(by):
    return list(ChangeSet.objects.filter(by=by).order_by("at", "id").values_list("verb", flat=True))
