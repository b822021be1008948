"""What was asked, checked; and all its words in a folded column."""

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from .text import fold

MOST_VALUES = 100
MOST_CHARACTERS = 1_000


def checked_values(values) -> list:
    """What was sent for one parameter, blanks left out. Raises ValidationError."""
    values = [value for value in values or () if value]
    if any("\x00" in value for value in values):
        raise ValidationError(_("This holds a character that cannot be searched."))
    if len(values) > MOST_VALUES or sum(map(len, values)) > MOST_CHARACTERS:
        raise ValidationError(_("This is too much at once. Ask for less."))
    return values


def contains_words(field_name: str, question: str) -> Q:
    """All the words of a question, in any order; a question of signs only finds nothing."""
    words = fold(question).split()
    if question.strip() and not words:
        return Q(pk__in=[])
    found = Q()
    for word in words:
        found &= Q(**{f"{field_name}__contains": word})
    return found
