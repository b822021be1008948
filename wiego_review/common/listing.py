"""One list, through every door: visible -> filter -> order -> page or whole."""

from array import array
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .cells import Cell
from .search import field_at

COUNT_CAP = 10_000
PAGE_SIZE = 50
PAGE_SIZE_MOST = 100
WHOLE_SIZE = 2_000  # of a page that is to be printed or copied whole


class BadQuery(Exception):
    """The parameters of a list are not of its form: `{parameter: [messages]}`."""

    def __init__(self, problems, candidates=()):
        super().__init__("bad query")
        self.problems = problems
        self.candidates = list(candidates)


listings: dict[str, "Listing"] = {}


LAST = ("url", "ref")
NUMBER = Cell("no", gettext_lazy("No"), "number", None)


def last_of(cells) -> list:
    return sorted((cell for cell in cells if cell.kind in LAST), key=lambda c: LAST.index(c.kind))


@dataclass(frozen=True)
class Listing:
    """A noun's list: its rows, its one FilterSet, its orderings (the first is the default).

    `shown` are the cells of the table on its page (empty: all that can be read), `page` the name
    of the address of one record's page where it is not `<name>-detail`.
    """

    name: str
    title: str
    rows: object
    filterset: type
    orderings: dict = field(default_factory=lambda: {"name": ("sort_key",)})
    template: str = "components/list_page.html"
    columns: tuple = ()
    lookup: str = "slug"
    more: tuple = ()
    default: str = ""
    shapes: dict = field(default_factory=dict)
    shown: tuple = ()
    page: str = ""

    def __post_init__(self):
        listings[self.model._meta.model_name] = self

    @property
    def model(self):
        return self.rows.model

    @property
    def default_ordering(self):
        return self.default or next(iter(self.orderings))

    def page_of(self, record) -> str:
        """The address of a record's page."""
        return self.address_of(getattr(record, self.lookup))

    def address_of(self, key) -> str:
        """The address of the page of a slug or ref. Raises NoReverseMatch where there is none."""
        return reverse(self.page or f"{self.name}-detail", args=[key])

    @cached_property
    def file_cells(self):
        """The cells of a file, in its order: the link and the reference last."""
        names = self.columns or [cell.name for cell in self.rows.cells]
        cells = [self.rows.cell(name) for name in names]
        return [cell for cell in cells if cell.kind not in LAST] + last_of(cells)

    @cached_property
    def sheet_cells(self):
        """The cells of a sheet for people: numbered, and with what else it concerns (`more`)."""
        cells = [cell for cell in self.file_cells if cell.name != "version"]
        plain = [cell for cell in cells if cell.kind not in LAST]
        return [NUMBER, *plain, *self.more, *last_of(cells)]

    def select(self, viewer, params):
        """The rows `params` ask for. Raises BadQuery."""
        filterset = self.filterset(params, self.seen(viewer), viewer=viewer)
        problems = dict(filterset.problems)
        asked = params.get("ordering") or self.default_ordering
        if asked.lstrip("-") not in self.orderings or asked.startswith("--"):
            known = ", ".join(self.orderings)
            problems["ordering"] = [_("Order by one of: %(known)s.") % {"known": known}]
        if problems:
            raise BadQuery(problems, filterset.candidates)
        return self.selected(viewer, filterset, asked)

    def seen(self, viewer):
        return self.model.objects.visible_to(viewer).listed()

    def selected(self, viewer, filterset, ordering):
        return Selection(self, viewer, filterset, ordering)


@dataclass
class Selection:
    """A list as somebody asked for it."""

    listing: Listing
    viewer: object
    filterset: object
    ordering: str

    @property
    def backwards(self):
        return self.ordering.startswith("-")

    @property
    def keys(self) -> tuple[str, ...]:
        """What it is ordered by: the columns of the ordering, then the primary key."""
        return (*self.listing.orderings[self.ordering.lstrip("-")], "pk")

    @cached_property
    def queryset(self):
        return self.filterset.qs

    def ordered(self, reverse=False):
        sign = "-" if self.backwards != reverse else ""
        return self.queryset.order_by(*(f"{sign}{key}" for key in self.keys))

    def count(self) -> tuple[int, bool]:
        """`(count, capped)`: exact to 10,000."""
        return self.capped(self.queryset.order_by().values("pk")[: COUNT_CAP + 1].count())

    def capped(self, found):
        return min(found, COUNT_CAP), found > COUNT_CAP

    def keyed(self, reverse=False, past=None):
        """The values it is ordered by of its rows, in order: of those past a place, if given."""
        rows = self.ordered(reverse)
        if past:
            rows = rows.filter(after(self.keys, past, self.backwards != reverse))
        return rows.values_list(*self.keys)

    def key_of(self, values):
        """What a row is read by, of the values it is ordered by."""
        return values[-1]

    @property
    def fields(self):
        """The fields of the values it is ordered by, to read them from a cursor."""
        return [field_at(self.listing.model, path) for path in self.keys]

    def ids(self) -> array:
        """All keys in order, read in one go so that a long file is one list."""
        keys = self.ordered().values_list("pk", flat=True)
        return array("q", keys.iterator(chunk_size=5_000))

    def page(self, params) -> "Page":
        """One page, by cursor or number. Raises BadQuery."""
        size = number_in(params, "page_size", PAGE_SIZE, PAGE_SIZE_MOST)
        size = WHOLE_SIZE if params.get("whole") else size
        if params.get("cursor"):
            return self.page_at(size, read_cursor(params["cursor"], self))
        number = number_in(params, "page", 1, None)
        if number * size > COUNT_CAP + size:
            raise BadQuery({"page": [_("Pages go as far as 10,000 rows. Follow “next” instead.")]})
        start = (number - 1) * size
        found = list(self.keyed()[start : start + size + 1])
        return Page(self, size, found[:size], start, start > 0, len(found) > size)

    def page_at(self, size, cursor) -> "Page":
        values, reverse, start = cursor
        found = list(self.keyed(reverse, values)[: size + 1])
        more, found = len(found) > size, found[:size]
        if not reverse:
            return Page(self, size, found, start, True, more)
        return Page(self, size, found[::-1], max(start - len(found), 0), more, True)


@dataclass
class Page:
    """Keys of one page of a selection, and the cursors to its neighbours."""

    selection: Selection
    size: int
    keys: list
    start: int
    has_previous: bool
    has_next: bool

    @property
    def ids(self):
        return [self.selection.key_of(values) for values in self.keys]

    def rows(self):
        return self.selection.listing.rows.read(self.ids, self.selection.viewer)

    @property
    def next(self) -> str | None:
        if not (self.has_next and self.keys):
            return None
        return write_cursor(self.selection, self.keys[-1], False, self.start + len(self.keys))

    @property
    def previous(self) -> str | None:
        if not (self.has_previous and self.keys):
            return None
        return write_cursor(self.selection, self.keys[0], True, self.start)


def after(keys, values, descending) -> Q:
    """Rows past these key values; the first test alone can use the index."""
    sign = "lt" if descending else "gt"
    past = Q()
    for depth in range(len(keys)):
        same = {keys[i]: values[i] for i in range(depth)}
        past |= Q(**same, **{f"{keys[depth]}__{sign}": values[depth]})
    return Q(**{f"{keys[0]}__{sign}e": values[0]}) & past


def number_in(params, name, default, most) -> int:
    text = params.get(name) or str(default)
    if not (text.isascii() and text.isdigit() and len(text) < 10) or int(text) < 1:
        raise BadQuery({name: [_("Write a number from 1.")]})
    if most and int(text) > most:
        raise BadQuery({name: [_("At most %(most)s.") % {"most": most}]})
    return int(text)


def plain(value):
    return value.isoformat() if isinstance(value, date | datetime) else value


def write_cursor(selection, values, reverse, start) -> str:
    told = [selection.ordering, [plain(value) for value in values], reverse, start]
    return signing.dumps(told, salt=f"cursor of {selection.listing.name}")


def read_cursor(text, selection):
    """`(values, backwards, start)` of a cursor this list wrote. Raises BadQuery."""
    try:
        ordering, values, reverse, start = signing.loads(
            text, salt=f"cursor of {selection.listing.name}"
        )
        pairs = zip(selection.fields, values, strict=True)
        values = [field.to_python(value) for field, value in pairs]
        if ordering != selection.ordering:
            raise ValueError(ordering)
    except (signing.BadSignature, ValueError, ValidationError) as problem:
        raise BadQuery(
            {"cursor": [_("This is no place in this list. Begin with its first page.")]}
        ) from problem
    return values, reverse, start
