"""One question to all nouns: what was asked, the hits in order, the words they were found by."""

from dataclasses import dataclass, field
from functools import cached_property

from django.core.exceptions import EmptyResultSet, ValidationError
from django.db import connection
from django.db.models import Case, Value, When
from django.utils.translation import gettext as _

from . import search
from .hits import Hit, hits_of
from .listing import COUNT_CAP, PAGE_SIZE, PAGE_SIZE_MOST, WHOLE_SIZE, BadQuery, number_in
from .meant import in_other_words
from .search import every, is_ref, narrows
from .text import fold
from .words import (
    A_WORD,
    CARRY_LITTLE,
    MOST_WORDS,
    Question,
    asked_words,
    checked_question,
    checked_values,
    checked_year,
)

MOST_CHOICES = 200
MOST_KNOWN = 1_000


@dataclass(frozen=True)
class Found:
    """What one question found: `{noun: (searchable, rows)}`, how many, and the best of each."""

    question: Question
    rows: dict = field(default_factory=dict)
    counts: dict = field(default_factory=dict)
    weights: dict = field(default_factory=dict)


@dataclass
class Search:
    """One question of one viewer. `narrowed` is `{name: value}` of what else was asked.

    Where nothing holds all of its words, the hits are those that hold most of them.
    """

    viewer: object
    question: str
    kinds: tuple = ()
    narrowed: dict = field(default_factory=dict)

    @property
    def words(self) -> tuple:
        return asked_words(self.question)

    @cached_property
    def found(self) -> Found:
        question = Question.asked(self.question)
        found = self.find(question)
        if found.counts or len(question.words) < 2 or is_ref(self.question):
            return found
        known = self.known(question)
        return self.find(question.some(known, self.most_held(question, known))) if known else found

    @property
    def in_part(self) -> bool:
        """Whether nothing holds all of the words, so that hits hold only some."""
        return bool(self.counts) and self.found.question.in_part

    @property
    def told_in_part(self) -> str:
        """What stands above hits that do not hold all of the words, where they are `in_part`."""
        if self.mostly:
            return _("Nothing holds all of these words. These hold most of them:")
        return _("Nothing holds all of these words. These hold some of them:")

    @property
    def held(self) -> int:
        """How many of the words each hit holds."""
        return self.found.question.least if self.counts else 0

    @property
    def mostly(self) -> bool:
        """Whether hits hold more than half of the words."""
        return 2 * self.held > len(self.words)

    def known(self, question) -> dict:
        """`{word: how many hold it}`, in one query, of the longest words that any hit holds.

        Words that carry little count only where all are held.
        """
        longest = sorted(question.words, key=lambda word: -len(word.text))[:MOST_WORDS]
        longest = [w for w in longest if len(w.text) > 1 and w.text not in CARRY_LITTLE]
        words = [word for word in question.words if word in longest]
        rows = {}
        for word in words:
            alone = self.asked_rows(question.one(word))
            rows |= {(word, noun): found for noun, (_each, found) in alone.items()}
        found = dict.fromkeys(words, 0)
        for (word, _noun), (number, _weight) in counted(rows, MOST_KNOWN).items():
            found[word] += number
        return {word: number for word, number in found.items() if number}

    def most_held(self, question, known) -> int:
        """How many of the known words the hit holds that holds most, in one query."""
        question = question.some(known, 1)
        rows = {noun: found for noun, (_each, found) in self.asked_rows(question).items()}
        best = max((weight for _n, weight in counted(rows, None).values()), default=0)
        return max(best // A_WORD, question.held_by_hand())

    @cached_property
    def meant(self) -> list:
        """Who, or which other words, may have been meant where nothing holds all of them."""
        known = self.found.question.words if self.counts else ()
        unheld = [word.text for word in self.words if word not in known]
        whole = " ".join(word.text for word in self.words)
        found = self.named_like(whole) if len(self.words) < 4 else []
        found += in_other_words(self.viewer, self.question, unheld)
        found = found or self.named_like(" ".join(unheld))
        return list({fold(each.name): each for each in reversed(found)}.values())[::-1]

    def named_like(self, text) -> list:
        """Those with a name like this one."""
        return [each for near in search.near if text for each in near(self.viewer, text)]

    def find(self, question) -> Found:
        rows = self.asked_rows(question)
        told = counted({noun: each for noun, (_searchable, each) in rows.items()}, COUNT_CAP)
        counts = {noun: number for noun, (number, _weight) in told.items()}
        return Found(question, rows, counts, {noun: weight for noun, (_n, weight) in told.items()})

    def asked_rows(self, question) -> dict:
        """`{noun: (searchable, its rows that answer)}` of all that can be narrowed so."""
        return {
            each.key: (each, each.matching(rows, self.viewer, question))
            for each, rows in (self.seen if question.words else ())
        }

    @cached_property
    def seen(self) -> list:
        """`(searchable, its rows)` of all that can be narrowed so, asked again for each word."""
        found = []
        for each in every(self.viewer):
            if set(self.narrowed) <= set(each.within):
                narrowed = {each.within[name]: value for name, value in self.narrowed.items()}
                rows = each.model.objects.visible_to(self.viewer).listed().filter(**narrowed)
                found.append((each, rows.filter(each.only) if each.only else rows))
        return found

    @property
    def counts(self) -> dict:
        """`{noun: how many}`, each no further than a list counts."""
        return self.found.counts

    @property
    def ordered(self) -> list:
        """The nouns with a hit: what was called, the best hit, what was named, then by rank."""
        called = fold(self.question)

        def place(noun):
            each, asked = self.found.rows[noun][0], self.question
            known = self.label(noun) != called, not each.asked_in_full(asked), each.aside
            return *known, -self.found.weights[noun], not each.asked_for(asked)

        return sorted((noun for noun in self.found.rows if noun in self.counts), key=place)

    def label(self, noun) -> str:
        return fold(str(self.found.rows[noun][0].label))

    @cached_property
    def asked(self) -> list:
        """`(searchable, rows, how many)` of the kinds asked for that hold a hit."""
        found = [(*self.found.rows[noun], self.counts[noun]) for noun in self.ordered]
        return [told for told in found if not self.kinds or told[0].kind in self.kinds]

    @property
    def by_kind(self) -> list[dict]:
        """How many hits of each kind, for the page."""
        return [
            {
                "kind": each.kind,
                "label": each.label,
                "number": min(self.counts[noun], COUNT_CAP),
                "capped": self.counts[noun] > COUNT_CAP,
                "chosen": each.kind in self.kinds,
            }
            for noun in self.ordered
            for each in self.found.rows[noun][:1]
        ]

    def count(self) -> tuple[int, bool]:
        """`(count, capped)`: exact to 10,000."""
        found = sum(number for _each, _rows, number in self.asked)
        return min(found, COUNT_CAP), found > COUNT_CAP

    def page(self, start: int, size: int) -> list[Hit]:
        """The hits from `start` on: one query a kind, and one or two for names."""
        hits = []
        for each, rows, number in self.asked:
            if start < number and len(hits) < size:
                best = ("-weight",) if "weight" in rows.query.annotations else ()
                ordered = rows.order_by(*best, self.called_so(each), *each.order, "pk")
                found = ordered[start : start + size - len(hits)]
                told = hits_of(each, found, self.viewer, self.words, alone=True)
                hits += [hit for _row, hit in told]
            start = max(start - number, 0)
        return hits

    def called_so(self, each):
        """What is called as was asked stands before what only holds it."""
        return Case(When(**{f"{each.title}__iexact": self.question}, then=0), default=1)


def counted(rows: dict, most: int | None) -> dict:
    """`{key: (how many, the best weight)}` of those with any row, asked in one query.

    Each is counted no further than one more than `most`.
    """
    most = most and most + 1
    keys, parts, params = [], [], []
    for key, queryset in rows.items():
        if "weight" not in queryset.query.annotations:
            queryset = queryset.annotate(weight=Value(0))
        try:
            limited = queryset.order_by().values("pk", "weight")[:most]
            sql, values = limited.query.sql_with_params()
        except EmptyResultSet:
            continue
        parts.append(f"SELECT {len(keys)}, count(*), max(weight) FROM ({sql}) found_{len(keys)} ")
        keys.append(key)
        params += values
    if not parts:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)  # Django's own statements
        return {keys[n]: (number, weight) for n, number, weight in cursor.fetchall() if number}


def read(params, viewer) -> Search:
    """The search that parameters ask for. Raises BadQuery."""
    known = {"search", "kind", "year", "page", "page_size", "export", "whole", *narrows}
    problems = {name: [_("There is no such filter. Leave it out.")] for name in set(params) - known}
    several = {name for name, values in params.lists() if len(values) > 1} - {"search", "kind"}
    problems |= {name: [_("Give this once only.")] for name in several}
    question = kinds = ()
    try:
        question = checked_question(params.getlist("search"))
        kinds = checked_values(params.getlist("kind"))
    except ValidationError as wrong:
        problems["search"] = list(wrong.messages)
    codes = {each.kind for each in every(viewer)}
    if unknown := [kind for kind in kinds if kind not in codes]:
        problems["kind"] = [_("There is no “%(value)s” here.") % {"value": unknown[0]}]
    narrowed = narrowed_by(params, viewer, problems)
    if problems:
        raise BadQuery(problems)
    return Search(viewer, " ".join(question).strip(), tuple(kinds), narrowed)


def narrowed_by(params, viewer, problems) -> dict:
    narrowed = {}
    if year := params.get("year"):
        try:
            narrowed["year"] = checked_year(year)
        except ValidationError as wrong:
            problems["year"] = list(wrong.messages)
    for name, model in narrows.items():
        if slug := params.get(name):
            record = choices(model, viewer).filter(slug=slug.lower().replace("\x00", "")).first()
            narrowed[name] = record and record.pk
            if record is None:
                problems[name] = [_("There is no “%(value)s” here.") % {"value": slug}]
    return narrowed


def choices(model, viewer):
    """What a search can be narrowed to."""
    return model.objects.visible_to(viewer).listed()


def page_of(asked: Search, params) -> dict:
    """One page of hits by its number, the pages beside it, and how many there are."""
    size = number_in(params, "page_size", PAGE_SIZE, PAGE_SIZE_MOST)
    size = WHOLE_SIZE if params.get("whole") else size
    number = number_in(params, "page", 1, None)
    if number * size > COUNT_CAP + size:
        raise BadQuery({"page": [_("Pages go as far as 10,000 rows. Narrow the search instead.")]})
    count, capped = asked.count()
    return {
        "hits": asked.page((number - 1) * size, size),
        "meant": asked.meant if asked.in_part or not asked.counts else [],
        "count": count,
        "capped": capped,
        "count_words": (_("more than %(n)s found") if capped else _("%(n)s found")) % {"n": count},
        "previous": number - 1 or None,
        "next": number + 1 if number * size < count else None,
    }
