"""All the words of a question in a folded column."""

from django.db.models import Q

from .text import fold


def contains_words(field_name: str, question: str) -> Q:
    """All the words of a question, in any order; a question of signs only finds nothing."""
    words = fold(question).split()
    if question.strip() and not words:
        return Q(pk__in=[])
    found = Q()
    for word in words:
        found &= Q(**{f"{field_name}__contains": word})
    return found
