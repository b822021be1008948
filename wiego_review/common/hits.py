"""What was found, told: what it is, where it leads, and the words it was found by."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils.text import capfirst

from . import refs
from .excerpts import best_sentence, pieces
from .listing import listings
from .search import WHOLE
from .text import fold


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
    year: int | None
    words: tuple

    @property
    def title_pieces(self):
        return pieces(capfirst(self.title), self.words)

    @property
    def of_pieces(self):
        return pieces(capfirst(self.of), self.words)

    @property
    def text_pieces(self):
        return pieces(self.text, self.words)


def hits_of(each, rows, viewer, words, more=()) -> list[tuple]:
    """`(row, hit)` of these rows of a noun: one query, and those of its names.

    `more` are further columns of the row.
    """
    whole = WHOLE & viewer.grains(each.noun)
    readable = each.texts if whole else each.partly
    texts = [path for path in each.texts if path in readable]
    of = each.of if whole else ()
    keys = [path for _noun, path in each.homes]
    line = [each.line] if each.line else []
    year = [each.within["year"]] if whole and "year" in each.within else []
    columns = ["pk", each.own_key, each.title, *keys, *line, *year, *of, *texts, *more]
    columns = list(dict.fromkeys(columns))
    found = [dict(zip(columns, row, strict=True)) for row in rows.values_list(*columns)]
    names = {}
    if each.names and whole:
        shown = [*of, *texts] if "__" in each.title else [each.title, *of, *texts]
        left = [row["pk"] for row in found if not explained(row, shown, words)]
        names = each.names(left, viewer) if left else {}
    return [(row, hit_of(each, row, texts, of, names.get(row["pk"], ()), words)) for row in found]


def explained(row, shown, words) -> bool:
    """Whether all the words stand in what a hit shows of itself."""
    told = fold(" | ".join(in_words(row[path]) for path in shown))
    return all(word.within(told) for word in words)


def hit_of(each, row, texts, of, names, words) -> Hit:
    labelled = [(each.text_label(path), in_words(row[path])) for path in texts]
    own_title = "" if "__" in each.title else row[each.title]
    where, text = place(own_title, [*labelled, *names], words)
    slug = row["slug"] if each.own_key == "slug" else None
    prefix = each.model.ref_prefix
    ref = refs.to_ref(prefix, row["pk"]) if prefix and not slug else None
    return Hit(
        kind=each.kind,
        label=str(each.label),
        title=title_of(each, row),
        of=next((str(row[path]) for path in of if row[path]), ""),
        where=where,
        text=text,
        url=(home_of(each, row) or listed_at(each, ref)) + at_line(each, row),
        ref=ref,
        slug=slug,
        year=row.get(each.within.get("year")),
        words=words,
    )


def title_of(each, row) -> str:
    """What a hit is called: a code in its words, what has no name by its kind."""
    named = row[each.title]
    if "__" not in each.title:
        named = dict(each.model._meta.get_field(each.title).flatchoices).get(named, named)
    return str(named or each.label)


def in_words(value) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def place(title, texts, words) -> tuple[str, str]:
    """`(label, sentence)` of where the words stand that are not in the title."""
    title = fold(title)
    left = [word for word in words if not word.within(title)]
    best, most = ("", ""), 0
    for label, text in texts:
        folded = fold(text)
        found = sum(word.within(folded) for word in words)
        if found > most and any(word.within(folded) for word in left):
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
            return listing.address_of(key)
        except NoReverseMatch:
            continue
    return ""


def at_line(each, row) -> str:
    return f"?line={row[each.line]}#line-{row[each.line]}" if each.line else ""


def listed_at(each, ref) -> str:
    """The list a hit stands in, narrowed to it, where it has no page."""
    listing = listings.get(each.noun)
    if not (listing and ref):
        return ""
    return f"{reverse(f'{listing.name}-list')}?{urlencode({'search': ref})}"
