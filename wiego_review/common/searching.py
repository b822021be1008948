"""One question to all nouns: what was asked, the hits in order, the words they were found by."""

from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlencode

from django.core.exceptions import EmptyResultSet, ValidationError
from django.db import connection
from django.urls import NoReverseMatch, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from . import refs
from .excerpts import best_sentence, pieces
from .listing import COUNT_CAP, PAGE_SIZE, PAGE_SIZE_MOST, BadQuery, listings, number_in
from .search import WHOLE, every, narrows
from .text import fold
from .words import checked_values

MOST_CHOICES = 200


@dataclass(frozen=True)
class Hit:
    """One record found: what it is, where it is, and the words it was found by."""

    kind: str
    label: str
    title: str
    of: str
    where: str
    text: str
    url: str
    ref: str | None
    slug: str | None
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
        """`{noun: (searchable, its rows that are found)}` of all that can be narrowed so."""
        found = {}
        for each in every(self.viewer) if self.words else ():
            if set(self.narrowed) <= set(each.within):
                found[each.noun] = (each, self.found(each))
        return found

    def found(self, each):
        narrowed = {each.within[name]: value for name, value in self.narrowed.items()}
        rows = each.model.objects.visible_to(self.viewer).listed().filter(**narrowed)
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
            for noun, (each, _rows) in self.rows.items()
            if noun in self.counts
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
                ordered = rows.order_by(*each.order, "pk")
                hits += self.read(each, ordered[start : start + size - len(hits)])
            start = max(start - number, 0)
        return hits

    def read(self, each, rows) -> list[Hit]:
        whole = WHOLE & self.viewer.grains(each.noun)
        readable = each.texts if whole else each.partly
        texts = [path for path in each.texts if path in readable]
        of = each.of if whole else ()
        keys = [path for _noun, path in each.homes]
        columns = ["pk", each.own_key, each.title, *keys, *of, *texts]
        found = [dict(zip(columns, row, strict=True)) for row in rows.values_list(*columns)]
        names = {}
        if each.names and whole and found:
            names = each.names([row["pk"] for row in found], self.viewer)
        return [self.hit(each, row, texts, of, names.get(row["pk"], ())) for row in found]

    def hit(self, each, row, texts, of, names) -> Hit:
        labelled = [(each.text_label(path), in_words(row[path])) for path in texts]
        own_title = "" if "__" in each.title else row[each.title]
        where, text = place(own_title, [*labelled, *names], self.words)
        slug = row["slug"] if each.own_key == "slug" else None
        prefix = each.model.ref_prefix
        ref = refs.to_ref(prefix, row["pk"]) if prefix and not slug else None
        return Hit(
            kind=each.kind,
            label=str(each.label),
            title=row[each.title] or str(each.label),
            of=next((str(row[path]) for path in of if row[path]), ""),
            where=where,
            text=text,
            url=home_of(each, row) or listed_at(each, ref),
            ref=ref,
            slug=slug,
            words=self.words,
        )


def in_words(value) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def place(title, texts, words) -> tuple[str, str]:
    """`(label, sentence)` of where the words stand that are not in the title."""
    title = fold(title)
    left = [word for word in words if word not in title]
    best, most = ("", ""), 0
    for label, text in texts:
        folded = fold(text)
        found = sum(word in folded for word in words)
        if found > most and any(word in folded for word in left):
            best, most = (label, best_sentence(text, words)), found
    return best


def home_of(each, row) -> str:
    """The address of the page a hit leads to."""
    for noun, path in each.homes:
        listing, key = listings.get(noun), row[path]
        if key is None or listing is None:
            continue
        if listing.lookup != "slug":
            key = refs.to_ref(listing.model.ref_prefix, key)
        try:
            return reverse(listing.page or f"{listing.name}-detail", args=[key])
        except NoReverseMatch:
            continue
    return ""


def listed_at(each, ref) -> str:
    """The list a hit stands in, narrowed to it, where it has no page."""
    listing = listings.get(each.noun)
    if not (listing and ref):
        return ""
    return f"{reverse(f'{listing.name}-list')}?{urlencode({'search': ref})}"


def read(params, viewer) -> Search:
    """The search that parameters ask for. Raises BadQuery."""
    known = {"search", "kind", "year", "page", "page_size", *narrows}
    problems = {name: [_("There is no such filter. Leave it out.")] for name in set(params) - known}
    several = {name for name, values in params.lists() if len(values) > 1} - {"search", "kind"}
    problems |= {name: [_("Give this once only.")] for name in several}
    question = kinds = ()
    try:
        question = checked_values(params.getlist("search"))
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
        if year.isascii() and year.isdigit() and 1900 <= int(year[:5]) <= 2200:
            narrowed["year"] = int(year)
        else:
            problems["year"] = [_("Write a year as 2017.")]
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
    number = number_in(params, "page", 1, None)
    if number * size > COUNT_CAP + size:
        raise BadQuery({"page": [_("Pages go as far as 10,000 rows. Narrow the search instead.")]})
    count, capped = asked.count()
    return {
        "hits": asked.page((number - 1) * size, size),
        "count": count,
        "capped": capped,
        "count_words": (_("more than %(n)s found") if capped else _("%(n)s found")) % {"n": count},
        "previous": number - 1 or None,
        "next": number + 1 if number * size < count else None,
    }
