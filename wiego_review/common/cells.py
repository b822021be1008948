"""A list row, said once: which columns are read, how each cell is made, what kind it is.

A `Rows` subclass names the cells of a noun. Page and REST show the dictionaries it reads; the
files show the same cells a column at a time, other records by name alone: a list of 100 thousand
rows is half a million names, and a dictionary for each takes longer than all the rest.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from . import refs


@dataclass(frozen=True)
class Source:
    """Where a cell comes from: `cells(viewer, *columns)`; by `names` in a file."""

    def names(self, viewer, *columns):
        return self.cells(viewer, *columns)


@dataclass(frozen=True)
class Column(Source):
    """A cell straight from one column (a path as in `values_list`)."""

    path: str

    @property
    def paths(self):
        return (self.path,)

    def cells(self, viewer, column):
        return column


@dataclass(frozen=True)
class Guarded(Source):
    """A cell from one column, empty for those who see the noun by name only."""

    path: str
    noun: str
    empty: object = ""

    @property
    def paths(self):
        return (self.path,)

    def cells(self, viewer, column):
        return column if "open" in viewer.grains(self.noun) else [self.empty] * len(column)


@dataclass(frozen=True)
class Linked(Source):
    """A cell naming one other record: `{"slug", "name"}`, or None where it may not be named."""

    path: str
    noun: str

    @property
    def paths(self):
        return (f"{self.path}_id", f"{self.path}__slug", f"{self.path}__name")

    def cells(self, viewer, *columns):
        named = viewer.namer(self.noun)
        return [
            {"slug": slug, "name": name} if named(pk) else None
            for pk, slug, name in zip(*columns, strict=True)
        ]

    def names(self, viewer, pks, _slugs, names):
        named = viewer.namer(self.noun)
        return [name if named(pk) else "" for pk, name in zip(pks, names, strict=True)]


@dataclass(frozen=True)
class Beside(Source):
    """A cell from one column of another record, empty where that may not be named."""

    path: str
    noun: str
    column: str

    @property
    def paths(self):
        return (f"{self.path}_id", f"{self.path}__{self.column}")

    def cells(self, viewer, pks, values):
        named = viewer.namer(self.noun)
        return [value if named(pk) else None for pk, value in zip(pks, values, strict=True)]


@dataclass(frozen=True)
class Referred(Source):
    """A cell naming one other record by ref and title."""

    path: str
    noun: str
    prefix: str
    title: str = "title"

    @property
    def paths(self):
        return (f"{self.path}_id", f"{self.path}__{self.title}")

    def cells(self, viewer, *columns):
        named = viewer.namer(self.noun)
        return [
            {"ref": refs.to_ref(self.prefix, pk), "title": str(title)} if named(pk) else None
            for pk, title in zip(*columns, strict=True)
        ]

    def names(self, viewer, pks, titles):
        named = viewer.namer(self.noun)
        return [title if named(pk) else "" for pk, title in zip(pks, titles, strict=True)]


@dataclass(frozen=True)
class Made(Source):
    """A cell made from some columns: `make(*values)`; a record by `named(*values)`."""

    make: Callable
    paths: tuple
    named: Callable | None = None

    def cells(self, viewer, *columns):
        return map(self.make, *columns)

    def names(self, viewer, *columns):
        return map(self.named or self.make, *columns)


@dataclass(frozen=True)
class Many:
    """A many-valued cell, fetched for all rows at once: `fetch(ids, viewer) -> {id: list}`.

    `noun` is whose slugs it holds, where they are all of one noun. Cells that share a query name
    the same `fetch` and each its `part`: then it gives `{part: {id: list}}`. `names` fetches the
    same with names (or titles) alone, for files.
    """

    fetch: Callable
    paths: tuple = ()
    noun: str = ""
    part: str = ""
    names: Callable | None = None


@dataclass(frozen=True)
class Shape:
    """What one item of a cell looks like, for the schema: `fields` is `{name: kind}`."""

    name: str
    fields: dict
    many: bool = True


@dataclass(frozen=True)
class Cell:
    """Name (REST, CSV), label (screen, XLSX), kind, where from; `choices` for codes.

    Kinds: text number yes date time code ref url, link links record records (see Linked and
    Referred), and json, which only the detail has.
    """

    name: str
    label: str
    kind: str
    source: object
    choices: object = None
    shape: Shape | None = None


def ref_cell(prefix: str) -> Cell:
    def read(pk):
        return refs.to_ref(prefix, pk)

    return Cell("ref", _("Reference"), "ref", Made(read, ("pk",)))


@dataclass(frozen=True)
class Address(Source):
    """The address of the record's page, whole."""

    start: str
    prefix: str = ""

    @property
    def paths(self):
        return ("pk" if self.prefix else "slug",)

    def cells(self, viewer, keys):
        start = f"{settings.SITE_URL}{self.start}"
        names = [refs.to_ref(self.prefix, key) for key in keys] if self.prefix else keys
        return [f"{start}{name}/" for name in names]


def url_cell(start: str, prefix: str = "") -> Cell:
    return Cell("url", _("Link"), "url", Address(start, prefix))


class Rows:
    """The row of one noun. `cells` are in every list, `detail` on a record's own page as well."""

    model = None
    cells: tuple[Cell, ...] = ()
    detail: tuple[Cell, ...] = ()

    def annotate(self, queryset, viewer):
        """Computed columns the cells read."""
        return queryset

    def all_cells(self, detail: bool = False):
        return self.cells + self.detail if detail else self.cells

    def cell(self, name: str) -> Cell:
        return next(cell for cell in self.all_cells(True) if cell.name == name)

    def read(self, ids, viewer, *, detail=False, without=()) -> list[dict]:
        """The rows with these keys, in this order, `without` the cells of these names.

        One query, and one per many-valued cell.
        """
        cells = [cell for cell in self.all_cells(detail) if cell.name not in without]
        columns = self.columns(ids, viewer, cells)
        return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]

    def columns(self, ids, viewer, cells, named=False) -> dict[str, list]:
        """These cells of the rows with these keys: a column at a time is twice as fast as a row.

        `named`: other records by their names alone, as a file shows them.
        """
        ids = list(ids)
        paths = list(dict.fromkeys(["pk", *(path for cell in cells for path in cell.source.paths)]))
        found = self.annotate(self.model.objects.filter(pk__among=ids).order_by(), viewer)
        raw = {values[0]: values for values in found.values_list(*paths)}
        standing = [raw[pk] for pk in ids if pk in raw]
        if not standing:
            return {cell.name: [] for cell in cells}
        columns = dict(zip(paths, zip(*standing, strict=True), strict=True))
        many = fetched([cell.source for cell in cells], ids, viewer, named)
        return {
            cell.name: list(cell_of(cell.source, columns, many, viewer, named)) for cell in cells
        }


def fetched(sources, ids, viewer, named) -> dict:
    """What each many-valued source fetches; those that share a query share it here."""
    fetches = {fetch_of(source, named) for source in sources if isinstance(source, Many)}
    return {fetch: fetch(ids, viewer) for fetch in fetches}


def fetch_of(source, named):
    return source.names or source.fetch if named else source.fetch


def cell_of(source, columns, many, viewer, named):
    """One cell of every row."""
    if isinstance(source, Many):
        found = many[fetch_of(source, named)]
        found = found.get(source.part, {}) if source.part else found
        items = [found.get(pk, []) for pk in columns["pk"]]
        return map(names_of, items) if named and not source.names else items
    values = [columns[path] for path in source.paths]
    return source.names(viewer, *values) if named else source.cells(viewer, *values)


def words(item) -> str:
    """A link, a record or a text as one name."""
    if isinstance(item, dict):
        return item.get("name") or item.get("title") or ""
    return str(item)


def names_of(items) -> list[str]:
    return [words(item) for item in items]


def grouped(pairs) -> dict:
    """`(id, item)` pairs as `{id: [items in order]}`."""
    found = {}
    for pk, item in pairs:
        found.setdefault(pk, []).append(item)
    return found


def many_linked(relation, noun: str, order: str = "sort_key") -> Many:
    """A many-to-many of slugged records, as links, those left out that may not be named.

    `relation` is the through model's `(model, owner column, other path)`.
    """
    model, owner, other = relation

    def read(ids, viewer, *fields):
        named = viewer.namer(noun)
        rows = model._base_manager.filter(**{f"{owner}__among": ids}).order_by(f"{other}__{order}")
        rows = rows.values_list(f"{other}_id", owner, *(f"{other}__{field}" for field in fields))
        return ((owner, *values) for pk, owner, *values in rows if named(pk))

    def fetch(ids, viewer):
        rows = read(ids, viewer, "slug", "name")
        return grouped((pk, {"slug": slug, "name": name}) for pk, slug, name in rows)

    def names(ids, viewer):
        return grouped(read(ids, viewer, "name"))

    return Many(fetch, noun=noun, names=names)


def through(model, field: str):
    """The relation of a many-to-many field, for `many_linked`."""
    relation = model._meta.get_field(field)
    return (
        relation.remote_field.through,
        relation.m2m_column_name(),
        relation.m2m_reverse_field_name(),
    )
