"""The list of all that touches a record: its cells, its filters, its listing."""

from dataclasses import dataclass
from functools import cache, cached_property

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .cells import Cell, Rows
from .filters import CodeFilter, ReviewFilterSet, SearchFilter, SlugFilter
from .hits import hits_of, time_of
from .listing import Listing
from .search import narrows
from .touching import Touching, parts_of, touches
from .value_filters import YearFilter

LABELS = {"kind": gettext_lazy("Kind"), "how": gettext_lazy("How")}


@dataclass(frozen=True)
class Code:
    value: str
    label: str


class Codes:
    """Codes with their words, as cells and filters want them."""

    def __init__(self, pairs):
        self.choices = list(dict(pairs).items())
        self.values = [code for code, _label in self.choices]

    def __call__(self, code):
        return Code(code, dict(self.choices)[code])


@cache
def codes_of(noun="") -> dict:
    """The kinds, ways and times that are in the list of a noun, or in any."""
    nouns = [noun] if noun else list(touches)
    parts = [part for each in nouns for part in parts_of(each)]
    whens = [when for part in parts for when in part.each.when]
    return {
        "kind": Codes((part.each.kind, part.each.label) for part in parts),
        "how": Codes((touch.how, touch.label) for part in parts for touch in part.touches),
        "date_is": Codes((when.code, when.label) for when in whens),
    }


@cache
def cells() -> tuple:
    codes = codes_of()
    return (
        Cell("date_on", gettext_lazy("Date"), "date", None),
        Cell("date_until", gettext_lazy("Last day"), "date", None),
        Cell("date_text", gettext_lazy("As said"), "text", None),
        Cell("date_is", gettext_lazy("What date"), "code", None, codes["date_is"]),
        Cell("kind", LABELS["kind"], "code", None, codes["kind"]),
        Cell("how", LABELS["how"], "texts", None, codes["how"]),
        Cell("title", gettext_lazy("What"), "text", None),
        Cell("of", gettext_lazy("Of"), "text", None),
        Cell("found_in", gettext_lazy("Found in"), "text", None),
        Cell("text", gettext_lazy("Sentence"), "text", None),
        Cell("slug", gettext_lazy("Name in addresses"), "slug", None),
        Cell("url", gettext_lazy("Link"), "url", None),
        Cell("ref", gettext_lazy("Reference"), "ref", None),
    )


class TouchRows(Rows):
    """The rows of one record's list; what they are read by is `(part, key)`."""

    def __init__(self, model, record=None, parts=(), words=()):
        self.model, self.record, self.parts, self.words = model, record, parts, words

    @property
    def cells(self):
        return cells()

    def read(self, ids, viewer, *, detail=False, without=()):
        """The rows in this order: for each part one query, and one for its ways."""
        ids, wanted, found = list(ids), {}, {}
        for number, pk in ids:
            wanted.setdefault(number, []).append(pk)
        for number, pks in wanted.items():
            for pk, row in self.of_part(self.parts[number], pks, viewer):
                found.setdefault((number, pk), row)
        return [found[each] for each in ids if each in found]

    def columns(self, ids, viewer, cells, named=False):
        rows = self.read(ids, viewer)
        return {cell.name: [row[cell.name] for row in rows] for cell in cells}

    def of_part(self, part, pks, viewer):
        each, whens = part.each, part.whens(viewer)
        columns = [path for when in whens for path in when.paths]
        rows = each.model.objects.listed().filter(pk__among=pks).order_by(*each.order)
        hows = part.hows(pks, self.record, viewer)
        for row, hit in hits_of(each, rows, viewer, self.words, columns):
            yield row["pk"], told(hit, hows.get(row["pk"], []), *time_of(whens, row))


def told(hit, hows, when, span) -> dict:
    return {
        "date_on": span.on,
        "date_until": span.until,
        "date_text": span.text,
        "date_is": when.code if when else "",
        "kind": hit.kind,
        "how": hows,
        "title": hit.title,
        "of": hit.of,
        "found_in": hit.where,
        "text": hit.text,
        "url": f"{settings.SITE_URL}{hit.url}" if hit.url else "",
        "slug": hit.slug,
        "ref": hit.ref or "",
    }


@cache
def filterset_of(model) -> type:
    """The filters of the list of a noun."""
    noun = model._meta.model_name
    codes = codes_of(noun)
    found = {name: CodeFilter(codes[name], label=LABELS[name]) for name in LABELS}
    found["year"] = YearFilter(label=gettext_lazy("Year"))
    for name, other in narrows.items():
        if other is not model:
            found[name] = SlugFilter(other, label=other._meta.verbose_name.capitalize())
    return type(f"{model.__name__}Touches", (ReviewFilterSet,), {"search": SearchFilter(), **found})


@dataclass(frozen=True)
class TouchListing(Listing):
    """The list of all that touches a record; without one, the form of such lists."""

    record: object = None
    of: Listing | None = None

    def __post_init__(self):
        """It is no noun's list: nothing leads to it by its model."""

    @cached_property
    def parts(self):
        return parts_of(self.model._meta.model_name)

    @property
    def back(self):
        """The page of the record."""
        return self.of.page_of(self.record)

    @property
    def record_name(self) -> str:
        return str(self.record)

    def seen(self, viewer):
        return self.model.objects.none()

    def selected(self, viewer, filterset, ordering):
        found = Touching(self, viewer, filterset, ordering)
        self.rows.words = found.words
        return found


def listing_of(listing, record=None) -> TouchListing:
    """The list of all that touches a record of this noun."""
    model = listing.model
    named = _("%(name)s: everything, in time order") % {"name": record} if record else ""
    return TouchListing(
        f"{listing.name}-all",
        named,
        TouchRows(model, record, parts_of(model._meta.model_name)),
        filterset_of(model),
        {"date": ("date_on",)},
        "components/touch_list.html",
        columns=tuple(cell.name for cell in cells() if cell.name != "slug"),
        lookup=listing.lookup,
        record=record,
        of=listing,
    )
