"""One identity for a record: a random 40-bit number, and its written form, the ref."""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LOOKALIKES = str.maketrans("OIL", "011")
LENGTH = 8
PAIRS = [first + second for first in ALPHABET for second in ALPHABET]


def draw() -> int:
    """A fresh primary key: 1 to 2**40 - 1, so that nothing can be counted from it."""
    return 1 + secrets.randbelow(2**40 - 1)


def to_ref(prefix: str, number: int) -> str:
    """`("F", 40-bit int)` to `"F-7Q2K9MXT"` (Crockford's base 32, eight characters)."""
    high, low = divmod(number, 1 << 20)
    return f"{prefix}-{PAIRS[high >> 10]}{PAIRS[high & 1023]}{PAIRS[low >> 10]}{PAIRS[low & 1023]}"


def from_ref(prefix: str, text: str) -> int | None:
    """The number behind a ref as somebody may type it, or None where it is no such ref."""
    head, _, body = text.strip().upper().partition("-") if text.isascii() else ("", "", "")
    body = body.translate(LOOKALIKES)
    if head != prefix or len(body) != LENGTH or any(letter not in ALPHABET for letter in body):
        return None
    number = 0
    for letter in body:
        number = number * 32 + ALPHABET.index(letter)
    return number
