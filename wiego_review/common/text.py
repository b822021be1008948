"""Names and words made comparable, the same on both databases because Python does it."""

import re
import unicodedata

SPECIAL = str.maketrans({"ø": "o", "ł": "l", "ß": "ss", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"})
# Nobody sees them, but they part words, hide some, or turn the reading direction of others.
UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
BREAKS = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Joiners shape the letters of some scripts and pictures; behind Latin letters they only hide.
JOINERS = re.compile("[\u200c\u200d]+")
STRAY_JOINERS = re.compile("(?<![\u0250-\U0010ffff])[\u200c\u200d]+")
BLANK = re.compile("[\\s\u034f\u200c\u200d\u2800\ufe00-\ufe0f\U000e0100-\U000e01ef]*")
NOT_WORD = re.compile(r"[\W_]+")


def seen(text: str) -> str:
    """A text without what nobody sees; with nothing else in it, no text."""
    text = STRAY_JOINERS.sub("", UNSEEN.sub("", BREAKS.sub("\n", text)))
    return "" if BLANK.fullmatch(text) else text


def fold(text: str) -> str:
    """Text without accents, case and punctuation, words parted by one space."""
    text = JOINERS.sub("", UNSEEN.sub("", text))
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
