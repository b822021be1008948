"""One search over all nouns. Each floor says how its own are searched; this knows none of them.

A noun that is registered is found by the same rule on `/search/`, on REST and in its own list:
those who see it whole by its folded column, the others only by the words they may read.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.text import capfirst

from . import refs
from .text import fold
from .words import asked_words

WHOLE = {"open", "all"}


@dataclass(frozen=True)
class When:
    """A time of a row: its first and last day and the words as said, or one moment, or a year.

    `label` says what day it is. Without `partly` those who do not see the noun whole don't read it.
    `where`, a column and its code, says of which rows it is a time.
    """

    code: str
    label: str
    on: str = ""
    until: str = ""
    text: str = ""
    year: str = ""
    partly: bool = False
    where: tuple = ()

    @property
    def paths(self):
        return tuple(filter(None, (self.on, self.until, self.text, self.year, *self.where[:1])))

    def is_of(self, row):
        return not self.where or row[self.where[0]] == self.where[1]


@dataclass(frozen=True)
class Searchable:
    """How one noun is searched.

    `title` is the column that names a hit, `texts` those it is found in. `partly` are the columns
    read by those who do not see the noun whole, or `partly_column` a folded one. `homes` are
    `(noun, path)`: the pages a hit leads to, the first there is. `within` are the columns of what
    narrows the search, `of` the names of what a hit belongs to, the first there is. `when` are
    the times of a row, the first there is. Of one day those of all nouns stand by `place`, where
    they are on the agenda, and those of one noun by `turn`, its own order.
    `names(ids, viewer)` gives `{id: [(label, text)]}` for words that stand in other records.
    `labels` are columns of choices, found by the choice's words on the screen, and `called` what
    the noun is called besides its label: a word of these is held by every row.
    `phrases` are what asks for its rows in several words. A year is held by the rows it is the
    year of where `dated`. What stands `aside` comes behind all others. `only` are the rows of
    the model that are its own in the search of everything, and `part` tells it from another
    Searchable of the model.
    `shows` are columns a hit shows always, each found by its label too; `beside(ids, viewer)`
    gives `{id: [(label, text)]}` of what else it shows. `title_of(row)` words the title from the
    columns `told`.
    `also` are paths to names it is found by besides. Where it is `kept`, its column holds the
    words of `title`, `texts`, `of` and `also`. `line` is the column of the line a hit stands in.
    Without a folded `column` the words are compared one by one: for nouns with few rows.
    """

    kind: str
    model: type
    label: str
    title: str
    texts: tuple = ()
    partly: tuple = ()
    partly_column: str = ""
    order: tuple = ("pk",)
    rank: int = 50
    homes: tuple = ()
    within: dict = field(default_factory=dict)
    of: tuple = ()
    when: tuple = ()
    place: object = None
    turn: str = ""
    names: Callable | None = None
    column: str = "search_text"
    in_lists_only: bool = False
    labels: tuple = ()
    called: tuple = ()
    phrases: tuple = ()
    dated: bool = False
    aside: bool = False
    only: Q | None = None
    part: str = ""
    shows: tuple = ()
    beside: Callable | None = None
    told: tuple = ()
    title_of: Callable | None = None
    also: tuple = ()
    kept: bool = False
    line: str = ""

    @property
    def noun(self) -> str:
        return self.model._meta.model_name

    @property
    def key(self) -> str:
        """What it is registered by: its noun, unless it is a part of it."""
        return f"{self.noun} {self.part}".strip()

    @property
    def held(self) -> tuple:
        """The paths to the words its column holds."""
        return tuple(dict.fromkeys((self.title, *self.texts, *self.of, *self.also)))

    def matching(self, queryset, viewer, question):
        """Those of a queryset that answer a `Question`, as far as the viewer reads them."""
        if self.column and WHOLE & viewer.grains(self.noun):
            return question.of(queryset, self.holding(question), self.named_by(question))
        if self.partly_column:
            return question.of(queryset, lambda word: word.condition(self.partly_column))
        return queryset.filter(pk__in=self.read_by_hand(queryset, question))

    def holding(self, question):
        """The rows that hold a word, as a condition, made once however often it is asked."""

        def holding(word):
            key = self.key, word
            if key not in question.made:
                question.made[key] = self.held_by(word, question.years)
            return question.made[key]

        return holding

    def held_by(self, word, years) -> Q:
        """A word in the folded column, in the label of a choice, or in what the noun is called.

        Of several years that are asked a row is of one.
        """
        if self.named(word):
            return Q(pk__isnull=False)
        found = word.condition(self.column)
        if self.dated and word.year:
            found |= self.whose({f"{self.within['year']}__in": years or [word.year]})
        for path in self.shows:
            if word.names(self.text_label(path)):
                found |= ~Q(**{path: self.model._meta.get_field(path).get_default()})
        for path in self.labels:
            choices = field_at(self.model, path).choices
            if codes := [code for code, label in choices if word.names(label)]:
                found |= self.whose({f"{path}__in": codes})
        return found

    def named(self, word) -> bool:
        """Whether this is a word of what the noun is called."""
        return any(word.names(name) for name in (self.label, *self.called))

    def asked_for(self, question) -> bool:
        """Whether a question names the noun by one of its words."""
        return any(self.named(word) for word in asked_words(question))

    def asked_in_full(self, question) -> bool:
        """Whether a question holds a phrase that asks for the noun."""
        text = f" {fold(question)} "
        return any(f" {fold(str(each))} " in text for each in self.phrases)

    def whose(self, chosen) -> Q:
        """The rows of these values, through another query where they stand in other records."""
        if not any("__" in path.removesuffix("__in") for path in chosen):
            return Q(**chosen)
        return Q(pk__in=self.model._base_manager.filter(**chosen).values("pk"))

    def named_by(self, question):
        """The record whose ref was asked, if it is one."""
        prefix = self.model.ref_prefix
        key = refs.from_ref(prefix, question.text) if prefix else None
        return Q(pk=key) if key else None

    def read_by_hand(self, queryset, question):
        """A reader in part sees few rows; their words are compared one by one, read once."""
        if self.key not in question.read:
            rows = queryset.values_list("pk", *self.partly) if self.partly else ()
            texts = [(pk, fold(" | ".join(filter(None, read)))) for pk, *read in rows]
            question.read[self.key] = texts
        return [pk for pk, text in question.read[self.key] if question.in_text(text)]

    def text_label(self, path) -> str:
        return capfirst(str(self.model._meta.get_field(path.partition("__")[0]).verbose_name))

    @property
    def own_key(self) -> str:
        """The column of a hit's own slug, or of the number its ref is written from."""
        slugged = any(each.name == "slug" for each in self.model._meta.concrete_fields)
        return "slug" if slugged else "pk"


def linked(model, *told_as):
    """`names` of a Searchable: what stands at the paths of each `(label, *paths)`, a query each."""

    def names(ids, viewer):
        found = {}
        for label, *paths in told_as:
            told = {}
            for path in paths:
                rows = model._base_manager.filter(pk__in=ids, **{f"{path}__isnull": False})
                for pk, said in rows.order_by("pk", path).values_list("pk", path).distinct():
                    told.setdefault(pk, []).extend(said if isinstance(said, list) else [said])
            for pk, said in told.items():
                found.setdefault(pk, []).append(
                    (str(label), ", ".join(dict.fromkeys(filter(None, said))))
                )
        return found

    return names


def field_at(model, path):
    """The field a lookup path ends in."""
    *steps, last = path.split("__")
    for step in steps:
        model = model._meta.get_field(step).related_model
    return model._meta.pk if last == "pk" else model._meta.get_field(last)


searchables: dict[str, Searchable] = {}
narrows: dict[str, type] = {}
near = []
"""Functions `(viewer, folded text) -> [Meant]` of those whose names are like it."""


def add(*nouns: Searchable) -> None:
    """Register the nouns of a floor."""
    for each in nouns:
        searchables[each.key] = each


def is_ref(text) -> bool:
    """Whether this is how a record is referred to, of whatever noun."""
    prefixes = {each.model.ref_prefix for each in searchables.values()} - {""}
    return any(refs.from_ref(prefix, text) for prefix in prefixes)


def every(viewer) -> list[Searchable]:
    """The nouns this viewer sees any rows of, in the order in which hits are shown."""
    found = [each for each in searchables.values() if not each.in_lists_only]
    found = [each for each in found if viewer.grains(each.noun)]
    return sorted(found, key=lambda each: (each.rank, each.kind))
