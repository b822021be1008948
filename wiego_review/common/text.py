"""Names and words made comparable, the same on both databases because Python does it."""

import re
import unicodedata

SPECIAL = str.maketrans({"ø": "o", "ł": "l", "ß": "ss", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"})
NOT_WORD = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """Text without accents, case and punctuation, words parted by one space."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return NOT_WORD.sub(" ", plain.translate(SPECIAL)).strip()


def person_sort_key(name: str) -> str:
    """Folded name, last word first, as lists of people are sorted."""
    words = fold(name).split()
    return " ".join(words[-1:] + words[:-1])


def search_text(*parts: str) -> str:
    """What `contains` looks through: the folded parts, each once, in a row."""
    folded = dict.fromkeys(fold(part) for part in parts if part)
    return " | ".join(part for part in folded if part)
