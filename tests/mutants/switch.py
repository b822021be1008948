"""What the mutated copy of the source asks: is this check taken out just now?"""

from django.db.models import Q

chosen = None
reached = set()


def on(number: int) -> bool:
    """Whether this is the check taken out. All that are asked for are remembered."""
    reached.add(number)
    return number == chosen


class Whole(set):
    """The grains of somebody who sees all of a noun."""

    def __init__(self):
        super().__init__({"open", "all"})


class Everybody(set):
    """The roles of somebody who has them all, whatever they are compared with."""

    def __and__(self, other):
        return set(other)

    __rand__ = __and__


def everything(viewer) -> Q:
    return Q(pk__isnull=False)


def anybody(pk) -> bool:
    return pk is not None


def rows_of(model):
    return model._default_manager.all()
