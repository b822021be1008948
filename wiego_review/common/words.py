"""What was asked, checked; and its words, in other forms too, in a folded column."""

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache, reduce
from itertools import pairwise
from operator import add, or_

from django.core.exceptions import ValidationError
from django.db.models import Case, Q, Value, When
from django.utils.translation import gettext as _

from .text import fold

MOST_VALUES = 100
MOST_CHARACTERS = 1_000
MOST_WORDS = 8
MOST_ASKED = 30
A_WORD = 100_000
SHORTEST = 4
WHOLE = 2

NOTHING = """
    a about all also always an and any are as at be became because become becomes been being
    both but by came can come comes could did do does doing each ever every for from had has
    have having he her him his how i if in into is it its just many me more most much my now of
    off on only or our people please really said say saying says shall she should so some still
    tell than that the their them then there these they this those to told too us very was we
    were what when where which while who whom whose why will with would yet you your
"""
CARRY_NOTHING = frozenset(NOTHING.split())
CARRY_LITTLE = frozenset(("held", "no", "nobody", "none", "not", "one"))
DECIDING = ("decide", "decided", "decides", "deciding", "decision", "decisions")
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
NUMBER_OF = {word: str(number) for number, word in enumerate(ORDINALS, start=1)}
IRREGULAR = {
    "led": "lead",
    "woman": "women",
    "women": "woman",
    **dict.fromkeys(DECIDING, "deci"),
}
NONE = Q(pk__in=[])
NUMBERED = re.compile(r"([a-z]+)(\d+)")
HISSING = ("sses", "xes", "zes", "ches", "shes")


def checked_values(values) -> list:
    """What was sent for one parameter, blanks left out. Raises ValidationError."""
    values = [value for value in values or () if value]
    if any("\x00" in value for value in values):
        raise ValidationError(_("This holds a character that cannot be searched."))
    if len(values) > MOST_VALUES or sum(map(len, values)) > MOST_CHARACTERS:
        raise ValidationError(_("This is too much at once. Ask for less."))
    return values


def checked_question(values) -> list:
    """What was asked in words. Raises ValidationError."""
    values = checked_values(values)
    if len(asked_words(" ".join(values))) > MOST_ASKED:
        told = _("This is too much at once. Search for at most %(n)s words.")
        raise ValidationError(told % {"n": MOST_ASKED})
    return values


def checked_year(text: str) -> int:
    """A year somebody wrote. Raises ValidationError."""
    if not (text.isascii() and text.isdigit() and 1900 <= int(text[:5]) <= 2200):
        raise ValidationError(_("Write a year as 2017."))
    return int(text)


def other_form(word: str) -> str:
    """An English word's plain form or its plural, of three letters or more; SDG11 as SDG 11.

    What is decided is a decision.
    """
    if word in IRREGULAR:
        return IRREGULAR[word]
    if numbered := NUMBERED.fullmatch(word):
        return " ".join(numbered.groups())
    if not word.isalpha():
        return ""
    form = ""
    if word.endswith("ies"):
        form = f"{word[:-3]}y"
    elif word.endswith(HISSING):
        form = word[:-2]
    elif (word.endswith("s") and not word.endswith(("ss", "us", "is"))) or word.endswith("ed"):
        form = word[:-1]
    elif word.endswith("y") and word[-2:-1] not in "aeiou":
        form = f"{word[:-1]}ies"
    return form if len(form) > WHOLE else ""


@dataclass(frozen=True)
class Written:
    """Letters that are looked for, each text as if a space stood around it.

    A short word is found where a word begins, or as a whole word: it stands within many others.
    """

    text: str
    begins: bool
    whole: bool

    def condition(self, column: str) -> Q:
        if not self.begins:
            return Q(**{f"{column}__contains": self.text})
        end = " " if self.whole else ""
        found = Q(**{f"{column}__startswith": f"{self.text}{end}"})
        found |= Q(**{f"{column}__contains": f" {self.text}{end}"})
        if self.whole:
            found |= Q(**{f"{column}__endswith": f" {self.text}"}) | Q(**{column: self.text})
        return found

    def starts(self, folded: str):
        """Where it stands in a folded text, none within another."""
        before, end = " " * self.begins, " " * self.whole
        padded, sought = f"{before}{folded}{end}", f"{before}{self.text}{end}"
        start = padded.find(sought)
        while start >= 0:
            yield start
            start = padded.find(sought, start + len(self.text))


@dataclass(frozen=True)
class Word:
    """A word that was asked: found anywhere as it is written, its form where a word begins.

    A word of three characters is found where a word begins; a shorter one, a number and a form
    that is short or ends in one only as a whole word.
    """

    text: str
    form: str = ""

    @property
    def year(self):
        """The year it is, if it is one."""
        return int(self.text) if re.fullmatch("(19|20|21)[0-9]{2}", self.text) else None

    @property
    def written(self):
        whole = len(self.text) <= WHOLE or self.text.isdecimal()
        return Written(self.text, whole or len(self.text) < SHORTEST, whole)

    @property
    def formed(self):
        whole = len(self.form) < SHORTEST or self.form[-1:].isdecimal()
        return Written(self.form, True, whole) if self.form else None

    def condition(self, column: str) -> Q:
        found = self.written.condition(column)
        return found | self.formed.condition(column) if self.form else found

    def within(self, folded: str) -> bool:
        return any(True for _span in self.spans(folded))

    def spans(self, folded: str):
        """Where it stands in a folded text; its form as far as that word goes."""
        for start in self.written.starts(folded):
            yield start, start + len(self.text)
        for start in self.formed.starts(folded) if self.form else ():
            yield start, f"{folded} ".find(" ", start + len(self.form))

    def names(self, label) -> bool:
        """Whether it is a word of a label on the screen, or begins one."""
        long = len(self.text) >= SHORTEST
        return any(
            each in (self.text, self.form) or (long and each.startswith(self.text))
            for each in words_of_label(str(label))
        )


@lru_cache(maxsize=1_000)
def words_of_label(label: str) -> tuple:
    """The words of a label, and their other forms."""
    words = fold(label).split()
    return (*words, *filter(None, map(other_form, words)))


def asked_words(question: str) -> tuple[Word, ...]:
    """The words of a question that carry something; where none does, all of them."""
    words = list(dict.fromkeys(put_together(fold(question).split())))
    days = {word: NUMBER_OF[word] for word, on in pairwise(words) if in_days(word, on)}
    carry = [word for word in words if word not in CARRY_NOTHING]
    return tuple(Word(word, days.get(word) or other_form(word)) for word in carry or words)


def in_days(word, following) -> bool:
    """Whether these two words count a day: the third day is also written day 3."""
    return word in NUMBER_OF and following in ("day", "days")


def put_together(words):
    """The words, a letter and the number behind it as one: C 189 as C189."""
    left = list(words)
    while left:
        word = left.pop(0)
        lettered = len(word) == 1 and word.isalpha() and word not in CARRY_NOTHING
        numbered = lettered and left and left[0].isdecimal()
        yield word + left.pop(0) if numbered else word


def contains_words(column: str, question: str) -> Q:
    """All the words of a question, in any order; a question of signs only finds nothing."""
    words = asked_words(question)
    if question.strip() and not words:
        return NONE
    return all_of(word.condition(column) for word in words)


def contains_name(column: str, name: str) -> Q:
    """All the words of a name as they are written: a name has no plural."""
    words = [Word(each) for each in fold(name).split()]
    return all_of(word.condition(column) for word in words) if words else NONE


def all_of(conditions) -> Q:
    found = Q()
    for condition in conditions:
        found &= condition
    return found


@dataclass(frozen=True)
class Question:
    """What was asked: all its words, or `least` of them where nothing holds all.

    `known` is then `{word: how many hold it}` of those it looks for. `read` keeps texts that
    were read to be compared one by one, `made` what a noun holds a word by.
    """

    text: str
    words: tuple = ()
    least: int = 0
    known: dict = field(default_factory=dict)
    read: dict = field(default_factory=dict)
    made: dict = field(default_factory=dict)

    @classmethod
    def asked(cls, text: str):
        words = asked_words(text)
        return cls(text, words, len(words))

    def one(self, word):
        return replace(self, text=word.text, words=(word,), least=1)

    def some(self, known: dict, least: int):
        """The same question, content with fewer words, those that few hold counting most."""
        return replace(self, words=tuple(known), known=known, least=least)

    @property
    def in_part(self) -> bool:
        return bool(self.known)

    @property
    def years(self) -> list:
        return [word.year for word in asked_words(self.text) if word.year]

    def of(self, queryset, holding, also=None):
        """The rows for which enough of `holding(word)` is true, or `also`."""
        if not self.words:
            return queryset.none()
        conditions = {word: holding(word) for word in self.words}
        if not self.in_part:
            found = all_of(conditions.values())
            return queryset.filter(found | also if also else found)
        # Whoever holds so many words holds one of the few that are left when these are taken.
        rarest = sorted(self.words, key=self.known.get)[: len(self.words) - self.least + 1]
        rows = queryset.filter(reduce(or_, (conditions[word] for word in rarest)))
        held = reduce(add, (when(condition, 1) for condition in conditions.values()))
        weight = reduce(add, (when(each, self.weight(word)) for word, each in conditions.items()))
        return rows.alias(held=held).filter(held__gte=self.least).annotate(weight=weight)

    def weight(self, word) -> int:
        return A_WORD + 1 + 10_000 // (10 + self.known[word])

    def held_by_hand(self) -> int:
        """The most of its words that one of the texts holds that were read."""
        texts = (text for read in self.read.values() for _pk, text in read)
        return max((self.held_in(text) for text in texts), default=0)

    def held_in(self, folded: str) -> int:
        return sum(word.within(folded) for word in self.words)

    def in_text(self, folded: str) -> bool:
        return bool(self.words) and self.held_in(folded) >= self.least


def when(condition: Q, value: int) -> Case:
    return Case(When(condition, then=Value(value)), default=Value(0))
