"""A world to look for leaks in: rows of every noun and kind, each with words nobody else has."""

import re
from dataclasses import dataclass

from django.db import IntegrityError, models, transaction

from tests import factories
from tests.seen import ROWS, expected, roles_of
from wiego_review.common.access import nouns

# Long enough that nothing drawn at random, a cursor or a key, looks like one.
WORD = re.compile(rb"zq(?:%s|sealed|more)[a-z]{2,40}x" % "|".join(nouns).encode())
# Columns whose text is no words: codes, keys, digests and what pages must be able to read.
PLAIN = {"slug", "digest", "password", "timezone", "language", "sort_key", "email", "token_key"}
PLAIN |= {"stored_as"}


@dataclass(frozen=True)
class Known:
    """A row, the kind of it, and whether the reader may know of it."""

    noun: str
    kind: str
    row: object
    word: str
    seen: bool


class Absent:
    """What does not exist, to be asked for as if it did."""

    pk, ref, slug = 7, "X-00000007", "nobody-and-nothing"


def word_of(noun, kind) -> str:
    return f"zq{noun}{kind.replace('_', '')}x"


def world(role, user, board_open=False) -> list[Known]:
    """Rows of all nouns as `user` meets them, their words in every text they have."""
    held = roles_of(role)
    found = []
    for noun in nouns:
        seen = expected(noun, held, board_open) if user else set()
        made = ROWS[noun](user or factories.UserFactory(roles=[]))
        for kind, row in made.items():
            word = word_of(noun, kind)
            say(row, word)
            found.append(Known(noun, kind, row, word, kind in seen))
    return found


def say(row, word) -> None:
    """Put the word in every text column that takes it."""
    for each in row._meta.concrete_fields:
        plain = each.name in PLAIN or each.choices or each.primary_key
        if isinstance(each, models.CharField | models.TextField) and not plain:
            if not each.max_length or each.max_length >= len(word):
                put(row, each, word)
        elif isinstance(each, models.JSONField):
            put(row, each, [word])


def put(row, column, text):
    try:
        with transaction.atomic():
            rows = type(row)._base_manager.filter(pk=row.pk)
            rows.update(**{column.name: text})
        setattr(row, column.name, text)
    except IntegrityError:
        """A check forbids this text on this row: other columns hold the word."""


def words_in(body: bytes) -> set[str]:
    return {found.decode() for found in WORD.findall(body.lower())}
