"""What a search found, as a file: the hits of its pages in their order, to 10,000."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import exports
from .cells import Cell
from .listing import COUNT_CAP, NUMBER
from .pages import file_answer, file_kind
from .search import narrows, searchables
from .touch_rows import Codes

CHUNK = 1_000


def cells() -> list:
    kinds = Codes((each.kind, each.label) for each in searchables.values())
    return [
        Cell("kind", gettext_lazy("What it is"), "code", None, kinds),
        Cell("title", gettext_lazy("Name"), "text", None),
        Cell("of", gettext_lazy("Of"), "text", None),
        Cell("found_in", gettext_lazy("Found in"), "text", None),
        Cell("text", gettext_lazy("Sentence"), "text", None),
        Cell("beside", gettext_lazy("Date and what else is shown"), "text", None),
        Cell("year", gettext_lazy("Year"), "number", None),
        Cell("url", gettext_lazy("Link"), "url", None),
        Cell("ref", gettext_lazy("Reference"), "ref", None),
    ]


def search_file(request, asked):
    """The download `?export=` asks for. Raises BadQuery."""
    kind, columns, found = file_kind(request), cells(), chunks(asked)
    if kind == "xlsx":
        columns, found = [NUMBER, *columns], exports.numbered(found)
    name = "search-first-10000" if asked.count()[1] else "search"
    return file_answer(name, kind, columns, found, about(asked))


def chunks(asked):
    """The hits, so many at a time: `{name: column}`."""
    for start in range(0, asked.count()[0], CHUNK):
        rows = [row_of(hit) for hit in asked.page(start, min(CHUNK, COUNT_CAP - start))]
        yield {cell.name: [row[cell.name] for row in rows] for cell in cells()}


def row_of(hit) -> dict:
    return {
        "kind": hit.kind,
        "title": hit.title,
        "of": hit.of,
        "found_in": hit.where,
        "text": hit.text,
        "beside": hit.beside_words,
        "year": hit.year,
        "url": f"{settings.SITE_URL}{hit.url}" if hit.url else "",
        "ref": hit.ref or "",
    }


def about(asked) -> list[tuple]:
    """What the last sheet says: what was asked, how it was narrowed, and what is left out."""
    told = [(_("List"), _("Search")), (_("Words"), asked.question)]
    labels = [str(each.label) for each in searchables.values() if each.kind in asked.kinds]
    told += [(_("What it is"), "; ".join(labels))] if labels else []
    told += [(_("Year"), asked.narrowed["year"])] if "year" in asked.narrowed else []
    for name, model in narrows.items():
        if name in asked.narrowed:
            record = model.objects.get(pk=asked.narrowed[name])  # found among those they see
            told.append((model._meta.verbose_name.capitalize(), str(record)))
    if asked.in_part:
        told.append((_("What was found"), asked.told_in_part))
    if asked.count()[1]:
        left = _("The first 10,000 are in this file. Narrow the search to have the rest.")
        told.append((_("Left out"), left))
    return [*told, *exports.made_for(asked.viewer)]
