"""What was found, told: what it is, where it leads, and the words it was found by."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone
from django.utils.text import capfirst

from . import refs
from .dates import Span
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
    beside: tuple = ()

    @property
    def title_pieces(self):
        return pieces(capfirst(self.title), self.words)

    @property
    def of_pieces(self):
        return pieces(capfirst(self.of), self.words)

    @property
    def text_pieces(self):
        return pieces(self.text, self.words)

    @property
    def beside_pieces(self):
        """What stands beside it: `[(label, pieces)]`."""
        return [(label, pieces(text, self.words)) for label, text in self.beside]

    @property
    def beside_words(self) -> str:
        """The same in one line."""
        return " · ".join(f"{label}: {text}" for label, text in self.beside)


def hits_of(each, rows, viewer, words, more=(), alone=False) -> list[tuple]:
    """`(row, hit)` of these rows of a noun: one query, and those of its names.

    `more` are further columns of the row. A hit that stands `alone`, not in a list in time
    order, tells its time and what else stands beside it.
    """
    whole = WHOLE & viewer.grains(each.noun)
    readable = each.texts if whole else each.partly
    texts = [path for path in each.texts if path in readable]
    of = each.of if whole else ()
    keys = [path for _noun, path in each.homes]
    line = [each.line] if each.line else []
    year = [each.within["year"]] if whole and "year" in each.within else []
    whens = [when for when in each.when if alone and (whole or when.partly)]
    times = [path for when in whens for path in when.paths]
    told = [each.title, *each.told]
    columns = ["pk", each.own_key, *told, *keys, *line, *year, *of, *texts, *times, *more]
    columns = list(dict.fromkeys(columns))
    found = [dict(zip(columns, row, strict=True)) for row in rows.values_list(*columns)]
    names = {}
    if each.names and whole:
        shown = [*of, *texts] if "__" in each.title else [each.title, *of, *texts]
        left = [row["pk"] for row in found if not explained(row, shown, words)]
        names = each.names(left, viewer) if left else {}
    hits = [(row, hit_of(each, row, texts, of, names.get(row["pk"], ()), words)) for row in found]
    return beside(each, hits, viewer, whole, whens) if alone else hits


def beside(each, hits, viewer, whole, whens) -> list[tuple]:
    """The hits with their times and what else each shows, but for what it shows already."""
    more = {}
    if each.beside and whole and hits:
        more = each.beside([row["pk"] for row, _hit in hits], viewer)
    found = []
    for row, hit in hits:
        shown = [(each.text_label(path), in_words(row[path])) for path in each.shows if path in row]
        when, span = time_of(whens, row)
        told = [*shown, (str(when.label), span.in_full)] if when else shown
        told += more.get(row["pk"], ())
        told = tuple((label, text) for label, text in told if text and label != hit.where)
        found.append((row, replace(hit, beside=told)))
    return found


def time_of(whens, row):
    """`(when, span)`: the first time with a day, else the first with words, else none."""
    spans = [(when, span_of(when, row)) for when in whens if when.is_of(row)]
    dated = [each for each in spans if each[1].on] or [each for each in spans if each[1]]
    return dated[0] if dated else (None, Span(None, None, ""))


def span_of(when, row) -> Span:
    if when.year:
        year = row[when.year]
        return Span(year and date(year, 1, 1), year and date(year, 12, 31), "")
    on = row[when.on]
    if hasattr(on, "hour"):
        on = timezone.localtime(on).date()
    until = row[when.until] if when.until else None
    return Span(on, until, row[when.text] if when.text else "")


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
        url=home_of(each, row) + at_line(each, row),
        ref=ref,
        slug=slug,
        year=row.get(each.within.get("year")),
        words=words,
    )


def title_of(each, row) -> str:
    """What a hit is called: a code in its words, what has no name by its kind."""
    if each.title_of:
        return str(each.title_of(row))
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
        return listing.address_of(key)
    return ""


def at_line(each, row) -> str:
    return f"?line={row[each.line]}#line-{row[each.line]}" if each.line else ""
