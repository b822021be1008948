"""What the tally of a dot vote shows on a second look: computed, never stored or corrected."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass(frozen=True)
class Tally:
    """One issue of a vote, as announced: its dots, and how many reasons are told for it."""

    text: str
    dots: int
    reasons: int = 0


@dataclass(frozen=True)
class Finding:
    kind: str
    text: str


def ranks(dots: Sequence[int]) -> list[int]:
    """The place of each by its dots; those with as many dots share a place."""
    return [1 + sum(other > each for other in dots) for each in dots]


def findings(tallies, *, dots_per_voter=None, entitled=None, announced=None) -> list[Finding]:
    """All that is to be noted of tallies in the order announced.

    `announced` is the head-count of the whole retreat, where one is told.
    """
    if not tallies:
        return []
    total = sum(each.dots for each in tallies)
    return [
        Finding("total", _("The dots add up to %(total)s.") % {"total": total}),
        *out_of_order(tallies),
        *ties(tallies),
        *voters(total, dots_per_voter, entitled),
        *people(announced),
        *without_reason(tallies),
    ]


def out_of_order(tallies):
    """Neighbours of which the later one has more dots."""
    for first, second in pairwise(tallies):
        if second.dots > first.dots:
            told = _("“%(first)s” (%(few)s) is announced before “%(second)s” (%(many)s).") % {
                "first": first.text, "few": first.dots,
                "second": second.text, "many": second.dots,
            }  # fmt: skip
            yield Finding("order", told)


def ties(tallies):
    """Groups of issues with the same number of dots."""
    by_dots = {}
    for each in tallies:
        by_dots.setdefault(each.dots, []).append(each.text)
    for dots, texts in by_dots.items():
        if len(texts) > 1:
            words = ngettext(
                "%(names)s have %(dots)s dot each.", "%(names)s have %(dots)s dots each.", dots
            )
            yield Finding("tie", words % {"names": quoted(texts), "dots": dots})


def voters(total, dots_per_voter, entitled):
    """The dots given against those who could give them, as far as that is told."""
    if dots_per_voter:
        yield given(total, dots_per_voter)
    if entitled is None:
        yield Finding("entitled", _("How many could vote is not said."))
    elif dots_per_voter:
        yield held_against(total, entitled * dots_per_voter)


def given(total, dots_per_voter):
    number, rest = divmod(total, dots_per_voter)
    if rest:
        told = _("They do not come out even at %(each)s for each: somebody gave fewer.")
        return Finding("voters", told % {"each": dots_per_voter})
    words = ngettext(
        "At %(each)s for each, that is all the dots of %(number)s person.",
        "At %(each)s for each, that is all the dots of %(number)s people.",
        number,
    )
    return Finding("voters", words % {"each": dots_per_voter, "number": number})


def held_against(total, most):
    if total > most:
        told = _("There were only %(most)s dots to give.")
    elif total < most:
        told = _("There were %(most)s dots to give; not given: %(rest)s.")
    else:
        told = _("All %(most)s dots were given.")
    return Finding("entitled", told % {"most": most, "rest": most - total})


def people(announced):
    if announced:
        told = _("%(number)s people are announced for the whole retreat.")
        yield Finding("people", told % {"number": announced})


def without_reason(tallies):
    texts = [each.text for each in tallies if not each.reasons]
    if texts and len(texts) < len(tallies):
        told = _("No reason is told for %(names)s.") % {"names": quoted(texts)}
        yield Finding("reasons", told)


def quoted(texts) -> str:
    return get_text_list([f"“{text}”" for text in texts], _("and"))
