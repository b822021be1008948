"""The one way up: what an upper floor adds to a lower noun. Filled in `AppConfig.ready()`.

panels        noun -> functions `(record, viewer) -> Panel | None`, shown on the record's page
consequences  verb -> functions `(act, record, **values)`, in the verb's own transaction
scope         name -> function `(viewer) -> iterable of ids`, one of the viewer's lists
previews      verb -> functions `(viewer, record, **values) -> [(what, how many or whom)]`, of what
              is seen
figures       noun -> functions `(keys, viewer) -> Figure`, a line where records stand side by side
"""

from collections import defaultdict
from dataclasses import dataclass

panels = defaultdict(list)
consequences = defaultdict(list)
previews = defaultdict(list)
figures = defaultdict(list)
scope = {}


@dataclass(frozen=True)
class Panel:
    """One block of a page: its heading, the fragment that draws it and what that needs."""

    title: str
    template: str
    context: dict


@dataclass(frozen=True)
class Figure:
    """One line of a comparison: its name, and the words of each record, in their order."""

    title: str
    cells: list


def figures_of(noun: str, keys, viewer) -> list[Figure]:
    """The lines the floors above add where these records stand side by side."""
    return [build(keys, viewer) for build in figures[noun]]


def panels_of(noun: str, record, viewer) -> list[Panel]:
    """The panels the floors above add to this record, for this viewer, in order of adding."""
    return [panel for build in panels[noun] if (panel := build(record, viewer))]


def preview_of(verb: str, viewer, record, **values) -> list[tuple]:
    """What a verb would move on all floors, as far as the viewer sees it."""
    return [line for preview in previews[verb] for line in preview(viewer, record, **values)]


def follow_through(verb: str, act, record, **values) -> None:
    """Let the floors above do their part of a lower verb, or refuse it."""
    for consequence in consequences[verb]:
        consequence(act, record, **values)
