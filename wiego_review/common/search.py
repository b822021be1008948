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
from .words import contains_words

WHOLE = {"open", "all"}


@dataclass(frozen=True)
class Searchable:
    """How one noun is searched.

    `title` is the column that names a hit, `texts` those it is found in. `partly` are the columns
    read by those who do not see the noun whole, or `partly_column` a folded one. `homes` are
    `(noun, path)`: the pages a hit leads to, the first there is. `within` are the columns of what
    narrows the search, `of` the names of what a hit belongs to, the first there is.
    `names(ids, viewer)` gives `{id: [(label, text)]}` for words that stand in other records.
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
    names: Callable | None = None
    column: str = "search_text"
    in_lists_only: bool = False

    @property
    def noun(self) -> str:
        return self.model._meta.model_name

    def matching(self, queryset, viewer, question: str):
        """Those of a queryset that hold all the words, as far as the viewer reads them."""
        if self.column and WHOLE & viewer.grains(self.noun):
            return queryset.filter(self.whole(question))
        if self.partly_column:
            return queryset.filter(contains_words(self.partly_column, question))
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

    def text_label(self, path) -> str:
        return capfirst(str(self.model._meta.get_field(path.partition("__")[0]).verbose_name))

    @property
    def own_key(self) -> str:
        """The column of a hit's own slug, or of the number its ref is written from."""
        slugged = any(each.name == "slug" for each in self.model._meta.concrete_fields)
        return "slug" if slugged else "pk"


searchables: dict[str, Searchable] = {}
narrows: dict[str, type] = {}


def add(*nouns: Searchable) -> None:
    """Register the nouns of a floor."""
    for each in nouns:
        searchables[each.noun] = each


def every(viewer) -> list[Searchable]:
    """The nouns this viewer sees any rows of, in the order in which hits are shown."""
    found = [each for each in searchables.values() if not each.in_lists_only]
    found = [each for each in found if viewer.grains(each.noun)]
    return sorted(found, key=lambda each: (each.rank, each.kind))
