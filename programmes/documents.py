"""The text of a document an operator attached: which document it is, its lines, its passages."""

import hashlib
import re

from .models import SourceDocument

MASK = "••••"
# What opens something else, as papers print it: the word, perhaps a sign, and the word after it.
SECRET = re.compile(
    r"""\b(pass[ -]?(?:word|phrase|code)|passwd|pwd)(\s*(?:is\b|[:=–-])?\s*['"“”‘’`*]*)"""
    r"""([^\s'"“”‘’`*,;()]+)""",
    re.I,
)


def masked(text: str) -> str:
    """The text without the secrets printed in it; its lines stay where they are."""
    return SECRET.sub(rf"\1\2{MASK}", text)


def document_of(data: bytes):
    """The known document these bytes are, or None."""
    return SourceDocument.objects.filter(digest=hashlib.sha256(data).hexdigest()).first()


def numbered(text: str, first=1, last=None) -> list[tuple]:
    """`(number, line)` of a text, or of a part of it, without signs for bold. They count from 1."""
    lines = text.replace("**", "").split("\n")
    return list(enumerate(lines, start=1))[first - 1 : last]


PART = 120


def parts_of(text: str) -> list[tuple]:
    """`(first, last)` line of each part a text is shown in; a short text has one."""
    count = len(text.split("\n")) if text else 0
    return [(first, min(first + PART - 1, count)) for first in range(1, count + 1, PART)]


def part_with(text: str, line: str) -> list[tuple]:
    """The part that holds a line, as it was asked for in an address; else the first."""
    parts = parts_of(text)
    asked = int(line) if line.isascii() and line.isdigit() and len(line) < 8 else 1
    held = [part for part in parts if part[0] <= asked <= part[1]] or parts[:1]
    return numbered(text, *held[0]) if held else []


def add_passages(places, viewer) -> None:
    """Give each place its passage, `[(number, line)]`, where its document is attached."""
    slugs = {place["document"]["slug"] for place in places}
    if not slugs:
        return
    attached = SourceDocument.objects.visible_to(viewer).filter(slug__in=slugs).exclude(text="")
    texts = dict(attached.values_list("slug", "text"))
    for place in places:
        if text := texts.get(place["document"]["slug"]):
            place["passage"] = numbered(text, place["first_line"], place["last_line"])
