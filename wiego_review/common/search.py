"""One search over all nouns. Each floor says how its own are searched; this knows none of them.

A noun that is registered is found by the same rule on `/search/`, on REST and in its own list:
those who see it whole by its folded column, the others only by the words they may read.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlencode

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils.text import capfirst
from django.utils.translation import ngettext

from . import refs
from .excerpts import best_sentence, pieces
from .listing import COUNT_CAP, listings
from .text import fold
from .words import contains_words

WHOLE = {"open", "all"}


@dataclass(frozen=True)
class Searchable:
    """How one noun is searched.

    `title` is the column that names a hit, `texts` those it is found in. `partly` are the columns
    read by those who do not see the noun whole: names of columns to look through, or one folded
    column. `homes` are `(noun, path)`: the pages a hit leads to, the first there is. `within`
    are the columns of what narrows the search; `names(ids, viewer)` gives `{id: [(label, text)]}`
    for words that stand in other records.
    """

    kind: str
    model: type
    label: str
    title: str
    texts: tuple = ()
    partly: str | tuple = ()
    order: tuple = ("pk",)
    rank: int = 50
    homes: tuple = ()
    within: dict = field(default_factory=dict)
    names: Callable | None = None
    column: str = "search_text"

    @property
    def noun(self) -> str:
        return self.model._meta.model_name

    def matching(self, queryset, viewer, question: str):
        """Those of a queryset that hold all the words, as far as the viewer reads them."""
        if WHOLE & viewer.grains(self.noun):
            return queryset.filter(self.whole(question))
        if isinstance(self.partly, str):
            return queryset.filter(contains_words(self.partly, question) if self.partly else none())
        return queryset.filter(pk__in=self.read_by_hand(queryset, question))

    def whole(self, question):
        found = contains_words(self.column, question)
        if self.model.ref_prefix and (key := refs.from_ref(self.model.ref_prefix, question)):
            found |= Q(pk=key)
        return found

    def read_by_hand(self, queryset, question):
        """A reader in part sees few rows; their words are compared one by one."""
        words = fold(question).split()
        rows = queryset.values_list("pk", *self.partly) if self.partly and words else ()
        texts = ((pk, fold(" | ".join(filter(None, read)))) for pk, *read in rows)
        return [pk for pk, text in texts if all(word in text for word in words)]

    @cached_property
    def listing(self):
        return listings.get(self.noun)

    def text_label(self, path) -> str:
        model = self.model
        *steps, last = path.split("__")
        for step in steps:
            model = model._meta.get_field(step).related_model
        return capfirst(str(model._meta.get_field(last).verbose_name))


def none() -> Q:
    return Q(pk__in=[])


searchables: dict[str, Searchable] = {}
narrows: dict[str, type] = {}


def add(*nouns: Searchable) -> None:
    """Register the nouns of a floor."""
    for each in nouns:
        searchables[each.noun] = each


def every(viewer) -> list[Searchable]:
    """The nouns this viewer sees any rows of, in the order in which hits are shown."""
    found = [each for each in searchables.values() if viewer.grains(each.noun)]
    return sorted(found, key=lambda each: (each.rank, each.kind))


@dataclass(frozen=True)
class Hit:
    """One record found: what it is, where it is, and the words it was found by."""

    kind: str
    label: str
    title: str
    url: str
    key: str
    by_slug: bool
    where: str
    text: str
    words: tuple

    @property
    def title_pieces(self):
        return pieces(capfirst(self.title), self.words)

    @property
    def text_pieces(self):
        return pieces(self.text, self.words)


@dataclass
class Search:
    """One question of one viewer. `narrowed` is `{name: value}` of what else was asked."""

    viewer: object
    question: str
    kinds: tuple = ()
    narrowed: dict = field(default_factory=dict)

    @property
    def words(self) -> tuple:
        return tuple(fold(self.question).split())

    @cached_property
    def rows(self) -> dict:
        """`{noun: (searchable, its rows that are found)}`, all kinds."""
        nouns = every(self.viewer) if self.words else ()
        asked = ((each, self.found(each)) for each in nouns)
        return {each.noun: (each, found) for each, found in asked if found is not None}

    def found(self, each):
        rows = each.model.objects.visible_to(self.viewer).listed()
        for name, value in self.narrowed.items():
            if name not in each.within:
                return None
            rows = rows.filter(**{each.within[name]: value})
        return each.matching(rows, self.viewer, self.question)

    @cached_property
    def counts(self) -> dict:
        """`{noun: how many}`, each no further than a list counts, asked in one query."""
        nouns, parts, params = [], [], []
        for noun, (_each, rows) in self.rows.items():
            try:
                limited = rows.order_by().values("pk")[: COUNT_CAP + 1]
                sql, values = limited.query.sql_with_params()
            except EmptyResultSet:
                continue
            nouns.append(noun)
            parts.append(f"(SELECT count(*) FROM ({sql}) found_{len(nouns)})")
            params += values
        if not parts:
            return {}
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(parts)}", params)
            counted = zip(nouns, cursor.fetchone(), strict=True)
        return {noun: number for noun, number in counted if number}

    @cached_property
    def asked(self) -> list:
        """`(searchable, rows, how many)` of the kinds asked for that hold a hit."""
        return [
            (each, rows, self.counts[noun])
            for noun, (each, rows) in self.rows.items()
            if noun in self.counts and (not self.kinds or each.kind in self.kinds)
        ]

    def count(self) -> tuple[int, bool]:
        """`(count, capped)`: exact to 10,000."""
        found = sum(number for _each, _rows, number in self.asked)
        return min(found, COUNT_CAP), found > COUNT_CAP

    def page(self, start: int, size: int) -> list[Hit]:
        """The hits from `start` on, one query a kind and those for names."""
        hits = []
        for each, rows, number in self.asked:
            if len(hits) == size:
                break
            if start < number:
                ordered = rows.order_by(*each.order, "pk")
                hits += self.read(each, ordered[start : start + size - len(hits)])
            start = max(start - number, 0)
        return hits

    def read(self, each, rows) -> list[Hit]:
        partly = not WHOLE & self.viewer.grains(each.noun)
        texts = [path for path in each.texts if not partly or path in each.partly]
        homes = [path for _noun, path in each.homes]
        found = list(rows.values_list("pk", each.title, *homes, *texts))
        names = {}
        if each.names and not partly and found:
            names = each.names([row[0] for row in found], self.viewer)
        return [self.hit(each, row, texts, names.get(row[0], ()), len(homes)) for row in found]

    def hit(self, each, row, texts, names, homes) -> Hit:
        pk, title, *rest = row
        keys, told = rest[:homes], rest[homes:]
        labelled = [(each.text_label(path), text) for path, text in zip(texts, told, strict=True)]
        where, text = place(title, [*labelled, *names], self.words)
        url, key, by_slug = home_of(each, keys)
        return Hit(each.kind, each.label, title, url, key, by_slug, where, text, self.words)


def place(title, texts, words) -> tuple[str, str]:
    """`(label, sentence)` of where the words stand, if that is not in the title alone."""
    left = [word for word in words if word not in fold(title)]
    best = ("", "")
    most = 0
    for label, text in texts:
        folded = fold(text or "")
        found = sum(word in folded for word in words)
        telling = any(word in folded for word in left) or (not left and found)
        if telling and found > most:
            best, most = (label, best_sentence(text, words)), found
    return best


def home_of(each, keys) -> tuple[str, str, bool]:
    """`(address, slug or ref, whether it is a slug)` of the page a hit leads to."""
    for (noun, _path), key in zip(each.homes, keys, strict=True):
        listing = listings.get(noun)
        if key is None or listing is None:
            continue
        by_slug = listing.lookup == "slug"
        key = key if by_slug else refs.to_ref(listing.model.ref_prefix, key)
        try:
            address = reverse(listing.page or f"{listing.name}-detail", args=[key])
        except NoReverseMatch:
            continue
        return address, key, by_slug
    return "", "", False


def count_words(count, capped) -> str:
    if capped:
        return ngettext("more than %(count)s", "more than %(count)s", count) % {"count": count}
    return ngettext("%(count)s hit", "%(count)s hits", count) % {"count": count}


def search_address(question) -> str:
    return f"{reverse('search')}?{urlencode({'search': question})}"
