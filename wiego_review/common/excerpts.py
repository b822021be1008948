"""The sentence something was found in, and the found words within it. No markup: pieces."""

import re
import unicodedata

from .text import fold

LONGEST = 240
SHORT = 200
SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")


def best_sentence(text: str, words) -> str:
    """The sentence of a text that holds most of the words, cut around the first.

    A text that is short is told whole.
    """
    if len(text) <= SHORT and any(word.within(fold(text)) for word in words):
        return " ".join(text.split())
    best, most = "", 0
    for sentence in SENTENCE.split(text):
        folded = fold(sentence)
        found = sum(word.within(folded) for word in words)
        if found > most:
            best, most = sentence, found
        if most == len(words):
            break
    return cut(" ".join(best.split()), words)


def cut(sentence: str, words) -> str:
    """At most `LONGEST` characters, from before the found word that has most others behind it."""
    if len(sentence) <= LONGEST:
        return sentence
    starts = [start for start, _end in spans(sentence, words)]
    reach = LONGEST * 2 // 3
    first = max(starts, key=lambda at: sum(0 <= n - at < reach for n in starts), default=0)
    start = max(0, min(first - LONGEST // 3, len(sentence) - LONGEST))
    piece = sentence[start : start + LONGEST]
    if start:
        piece = f"… {piece.partition(' ')[2] or piece}"
    if start + LONGEST < len(sentence):
        piece = f"{piece.rpartition(' ')[0] or piece} …"
    return piece


def pieces(text: str, words) -> list[tuple[str, bool]]:
    """`(piece, whether it is a found word)` of a text, in a row; together they are the text."""
    found, place = [], 0
    for start, end in spans(text, words):
        found += [(text[place:start], False), (text[start:end], True)]
        place = end
    found.append((text[place:], False))
    return [(piece, marked) for piece, marked in found if piece]


def spans(text: str, words) -> list[tuple[int, int]]:
    """Where the words stand in the text as it is written, ordered, none within another."""
    folded, places = folded_places(text)
    found = []
    for word in words:
        for start, end in word.spans(folded):
            found.append((places[start], end_of(text, places[end - 1])))
    return joined(sorted(found))


def end_of(text: str, last: int) -> int:
    """Behind a letter and the accents that follow it as signs of their own."""
    end = last + 1
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end


def folded_places(text: str) -> tuple[str, list[int]]:
    """A text folded letter by letter, and for each folded letter where it came from."""
    letters, places = [], []
    for place, letter in enumerate(text):
        for each in fold(f"a{letter}a")[1:-1]:
            if each == " " and (not letters or letters[-1] == " "):
                continue
            letters.append(each)
            places.append(place)
    return "".join(letters), places


def joined(found) -> list[tuple[int, int]]:
    """Spans that touch or overlap, as one."""
    whole = []
    for start, end in found:
        if whole and start <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        else:
            whole.append((start, end))
    return whole
