"""How somebody is called in a text: by whole spellings, or by a word that is nobody else's."""

import re
from functools import cached_property
from itertools import pairwise

from django.apps import apps
from django.db import models

from wiego_review.common.record import Record
from wiego_review.common.text import fold

from .models import Alias, Person, User
from .models.party import Slugged

TAKEN_OUT = "[name taken out]"
WORD = re.compile(r"[^\W_]+")
GAP = re.compile(r"[^\w\n]{0,3}|[^\S\n]*\n[^\S\n]*|_")
BESIDE = re.compile(r"[^\S\n]+")
HYPHENS = "-\u2010\u2011"
# A word in lower case that is none of an address, a path or a key.
LOWER = re.compile(r"(?<![\w@./\-])[^\W\d_A-Z][^\W\d_A-Z]+(?![\w@/]|\.\w)")
ADDRESSED = {"dame", "dr", "mme", "mr", "mrs", "ms", "prof", "professor", "sir"}
DERIVED = ("search_text", "sort_key", "key")
UNSPOKEN = {"password", "digest", "token_key", "timezone", "language", "email"}
UNSPOKEN |= {"sha256", "stored_as"}


class Names:
    """How a person is called: whole spellings, and the words that are nobody else's."""

    def __init__(self, person):
        self.people = family(person)
        told = [each.name for each in self.people]
        told += Alias.objects.filter(person__in=self.people).values_list("name", flat=True)
        self.spellings = [fold(name).split() for name in told if TAKEN_OUT not in name]
        self.emails = list(
            User.objects.filter(person__in=self.people).values_list("email", flat=True)
        )

    @cached_property
    def whole(self) -> list:
        return [words for words in self.spellings if len(words) > 1]

    @cached_property
    def runs(self) -> set:
        """Words in a row: each spelling, and with the last word first."""
        return {tuple(each) for words in self.whole for each in (words, words[-1:] + words[:-1])}

    @cached_property
    def lengths(self) -> list:
        """How many words a spelling has, the longest first; an initial may be one more."""
        return sorted({2, 3, *map(len, self.runs)}, reverse=True) if self.runs else []

    @cached_property
    def ends(self) -> set:
        """First and last word of each spelling, and its initial instead of the first."""
        full = {(words[0], words[-1]) for words in self.whole}
        return full | ({(first[0], last) for first, last in full} - self.initials_of_others)

    @cached_property
    def initials_of_others(self) -> set:
        parts = (fold(name).split() for name in self.others)
        return {(words[0][0], words[-1]) for words in parts if len(words) > 1}

    @cached_property
    def words(self) -> set:
        return {word for words in self.spellings for word in words if len(word) > 2}

    @cached_property
    def others(self) -> list:
        return names_of_others(self.people)

    @cached_property
    def words_of_others(self) -> set:
        return {word for name in self.others for word in fold(name).split()}

    @cached_property
    def own(self) -> set:
        """Words that stand in no other name, of people, groups or places, and are no others."""
        return self.words - self.words_of_others - self.ordinary

    @cached_property
    def ordinary(self) -> set:
        """The words that stand in lower case somewhere, other than in a whole spelling."""
        found = set()
        for text in all_texts():
            words = {fold(word) for word in LOWER.findall(text)}
            if words & self.words:
                words = {fold(word) for word in LOWER.findall(self.out_of_text(text, set()))}
            found |= words
        return found

    def out_of(self, value, linked=False, folded=False, stays=()):
        """A text, or what JSON holds, without the name.

        In a row that is `linked` to the person, a word of their name means them. Names begin
        with a capital, but in columns that are `folded`: there words alone go, unless the row
        holds them still (`stays`).
        """
        if isinstance(value, list):
            return [self.out_of(each, linked, folded, stays) for each in value]
        if isinstance(value, dict):
            return {key: self.out_of(each, linked, folded, stays) for key, each in value.items()}
        if not isinstance(value, str):
            return value
        alone = (self.words if linked else self.own).difference(stays if folded else ())
        return self.out_of_text(value, alone, linked, folded)

    def out_of_text(self, text, alone, linked=False, folded=False):
        for email in self.emails:
            text = re.sub(re.escape(email), TAKEN_OUT, text, flags=re.IGNORECASE)
        found = [(each.start(), each.end(), fold(each[0])) for each in WORD.finditer(text)]
        pieces, at, number = [], 0, 0
        while number < len(found):
            length = self.length_at(text, found, number, folded)
            start, _end, word = found[number]
            if not length and word in alone:
                length = int(folded or self.stands_alone(text, found, number, linked))
            if length:
                end = found[number + length - 1][1]
                pieces += [text[at:start], fold(TAKEN_OUT) if folded else TAKEN_OUT]
                at = end
            number += length or 1
        return "".join([*pieces, text[at:]])

    def length_at(self, text, found, number, folded) -> int:
        """How many words from here on are a spelling; 0 if none."""
        for length in self.lengths:
            part = found[number : number + length]
            if len(part) == length and self.is_spelling(text, part, folded):
                near = (GAP.fullmatch(text[one[1] : next_[0]]) for one, next_ in pairwise(part))
                if all(near):
                    return length
        return 0

    def is_spelling(self, text, part, folded) -> bool:
        """A whole spelling, or one with an initial instead of its first word or behind it."""
        words = tuple(word for _start, _end, word in part)
        if words in self.runs:
            return True
        if (words[0], words[-1]) not in self.ends or any(len(each) > 1 for each in words[1:-1]):
            return False
        initials = [text[start : end + 1] for start, end, word in part if len(word) == 1]
        if len(words[0]) == 1 and not initials[0].endswith("."):
            return False
        return folded or all(each[0].isupper() for each in initials)

    def stands_alone(self, text, found, number, linked) -> bool:
        """Whether a word stands as a name: no part of another word or of a longer name."""
        start, end, _word = found[number]
        before, after = text[:start][-2:], text[end : end + 2]
        if not text[start].isupper() or is_joined(before[::-1]) or is_joined(after):
            return False
        beside = ((number - 1, number, number - 1), (number, number + 1, number + 1))
        return not any(
            self.is_of_longer(text, found, other, linked)
            for one, next_, other in beside
            if one >= 0 and next_ < len(found)
            if BESIDE.fullmatch(text[found[one][1] : found[next_][0]])
        )

    def is_of_longer(self, text, found, number, linked) -> bool:
        """Whether a word beside one of theirs makes it the name of somebody or something else."""
        start, _end, word = found[number]
        if not text[start].isupper() or word in self.words or word in ADDRESSED:
            return False
        if linked:
            return word in self.words_of_others
        # A sentence begins with a capital too.
        begins = not number or not BESIDE.fullmatch(text[found[number - 1][1] : start])
        return not (begins and word in self.ordinary)


def is_joined(beside: str) -> bool:
    """Whether a hyphen and a letter come next."""
    return len(beside) == 2 and beside[0] in HYPHENS and beside[1].isalnum()


def family(person) -> list:
    """The person, and whoever was put together with them."""
    found, rest = [], [person]
    while rest:
        found += rest
        rest = list(Person._base_manager.filter(merged_into__in=rest))
    return found


def names_of_others(people) -> list:
    keys = [each.pk for each in people]
    names = list(Alias.objects.exclude(person__in=keys).values_list("name", flat=True))
    for model in apps.get_models():
        if issubclass(model, Slugged):
            rows = model._base_manager.exclude(pk__in=keys if model is Person else [])
            names += rows.values_list("name", flat=True)
    return [name for name in names if fold(name)]


def all_texts():
    """Every text as it is written now, each once."""
    for model in apps.get_models():
        for field in columns(model) if issubclass(model, Record) else ():
            if field.name not in DERIVED:
                rows = model._base_manager.order_by().values_list(field.name, flat=True)
                yield from texts_in(list(rows.distinct()))


def texts_in(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from texts_in(each)


def columns(model) -> list:
    """The columns of a model that may hold somebody's name."""
    kinds = (models.CharField, models.TextField, models.JSONField)
    return [
        each
        for each in model._meta.concrete_fields
        if isinstance(each, kinds)
        and not isinstance(each, models.SlugField)
        and not (each.choices or each.generated or each.name in UNSPOKEN)
    ]
