"""What a word may have meant that nothing holds: the words near it that the reader may see."""

import re
from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.urls import reverse
from rapidfuzz import fuzz, process

from .search import WHOLE, every
from .text import fold

NEAR = 80
NEAR_IN_A_NAME = 75
WRITTEN_ALIKE = 50
SHORTEST = 4
MOST_ROWS = 1_000  # of each noun
NEAREST = 20
SOUNDS = str.maketrans({"c": "k", "q": "k", "w": "v", "z": "s", "y": "i"})
TWICE = re.compile(r"(.)\1+")


@dataclass(frozen=True)
class Meant:
    """A name, or a question in other words, and where it leads."""

    name: str
    path: str
    slug: str | None = None


def sound(word: str) -> str:
    """A folded word as it sounds, more or less: Akkra and Accra are the same."""
    return TWICE.sub(r"\1", word.replace("ph", "f").translate(SOUNDS))


def likeness(word: str, other: str) -> float:
    return max(fuzz.ratio(word, other), fuzz.ratio(sound(word), sound(other)))


def like_name(text: str, name: str) -> bool:
    """Whether each word of a text is near one of a name; both are folded."""
    words = name.split()
    return all(
        word in words or (len(word) >= SHORTEST and likeness(word, other) >= NEAR_IN_A_NAME)
        for word in text.split()
        for other in [max(words, key=lambda each: likeness(word, each), default="")]
    )


def in_other_words(viewer, question: str, unheld) -> list[Meant]:
    """The question with the words that nothing holds as those that are nearest, if any is."""
    sought = [word for word in unheld if len(word) >= SHORTEST and word.isalpha()]
    known = vocabulary(viewer) if sought else {}
    found = {word: nearest(word, known) for word in sought}
    found = {word: other for word, other in found.items() if other}
    if not found:
        return []
    words = [put_right(word, found) for word in question.split()]
    told = " ".join(words)
    return [Meant(told, f"{reverse('search')}?{urlencode({'search': told})}")]


def put_right(word, found) -> str:
    other = found.get(fold(word), word)
    return other.capitalize() if other != word and word[:1].isupper() else other


def nearest(word: str, known) -> str:
    """The known word that begins alike and is most like this one, of several the most frequent."""
    begun = sound(word)[0]
    sounds = {each: sound(each) for each in known}
    sounds = {each: told for each, told in sounds.items() if told[0] == begun}
    near = process.extract(sound(word), sounds, scorer=fuzz.ratio, score_cutoff=NEAR, limit=NEAREST)
    best = [(score, fuzz.ratio(word, each), known[each], each) for _sound, score, each in near]
    best = [
        (score + written, n, each) for score, written, n, each in best if written >= WRITTEN_ALIKE
    ]
    return max(best)[-1] if best else ""


def vocabulary(viewer) -> Counter:
    """How often each word stands in what the viewer reads whole, in one query."""
    parts, params = [], []
    for each in every(viewer):
        if not (each.column and WHOLE & viewer.grains(each.noun)):
            continue
        rows = each.model.objects.visible_to(viewer).listed().order_by()
        try:
            sql, values = rows.values(each.column)[:MOST_ROWS].query.sql_with_params()
        except EmptyResultSet:
            continue
        parts.append(f"SELECT * FROM ({sql}) words_{len(parts)} ")
        params += values
    if not parts:
        return Counter()
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)  # of statements the ORM wrote
        read = Counter(word for (text,) in cursor.fetchall() for word in text.split())
    return Counter({word: n for word, n in read.items() if len(word) >= SHORTEST})
