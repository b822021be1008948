"""A row of the list of all that touches a record, as its page shows it."""

from django import template
from django.conf import settings
from django.utils.text import capfirst

from wiego_review.common.excerpts import pieces

register = template.Library()
# What is the day of a retreat, said there in full.
OF_A_RETREAT = ("held", "agreed", "suggested")


@register.filter
def pieces_in(text, words) -> list:
    """A text in pieces, the found words marked."""
    return pieces(capfirst(text), words)


@register.filter
def codes_of(codes, cell) -> list:
    return [str(cell.choices(code).label) for code in codes]


@register.filter
def here(url) -> str:
    """The address of a page of ours, from this one."""
    return url.removeprefix(settings.SITE_URL)


@register.filter
def has_words_of_its_own(row) -> bool:
    """Whether the words as said tell more than the days beside them."""
    return bool(row["date_text"]) and row["date_is"] not in OF_A_RETREAT
