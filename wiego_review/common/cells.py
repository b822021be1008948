"""A list row, said once: which columns are read, how each cell is made, what kind it is.

A `Rows` subclass names the cells of a noun. Page, REST, CSV, XLSX and the terminal all show
the same dictionaries it reads.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from . import refs


@dataclass(frozen=True)
class Column:
    """A cell straight from one column (a path as in `values_list`)."""

    path: str

    @property
    def paths(self):
        return (self.path,)

    def cells(self, viewer, column):
        return column


@dataclass(frozen=True)
class Guarded:
    """A cell from one column, empty for those who see the noun by name only."""

    path: str
    noun: str

    @property
    def paths(self):
        return (self.path,)

    def cells(self, viewer, column):
        return column if "open" in viewer.grains(self.noun) else [""] * len(column)


@dataclass(frozen=True)
class Linked:
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


@dataclass(frozen=True)
class Referred:
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


@dataclass(frozen=True)
class Made:
    """A cell made from some columns: `make(*values)`."""

    make: Callable
    paths: tuple

    def cells(self, viewer, *columns):
        return map(self.make, *columns)


@dataclass(frozen=True)
class Many:
    """A many-valued cell, fetched for all rows at once: `fetch(ids, viewer) -> {id: list}`.

    `noun` is whose slugs it holds, where they are all of one noun. Cells that share a query name
    the same `fetch` and each its `part`: then it gives `{part: {id: list}}`.
    """

    fetch: Callable
    paths: tuple = ()
    noun: str = ""
    part: str = ""


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


def url_cell(start: str, prefix: str = "") -> Cell:
    """The address of the record's page, whole."""

    def read(key):
        name = refs.to_ref(prefix, key) if prefix else key
        return f"{settings.SITE_URL}{start}{name}/"

    return Cell("url", _("Link"), "url", Made(read, ("pk" if prefix else "slug",)))


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

    def read(self, ids, viewer, *, detail=False, more=()) -> list[dict]:
        """The rows with these keys, in this order, with `more` cells than it has.

        One query, and one per many-valued cell.
        """
        ids = list(ids)
        cells = (*self.all_cells(detail), *more)
        paths = list(dict.fromkeys(["pk", *(path for cell in cells for path in cell.source.paths)]))
        found = self.annotate(self.model.objects.filter(pk__among=ids).order_by(), viewer)
        raw = {values[0]: values for values in found.values_list(*paths)}
        standing = [raw[pk] for pk in ids if pk in raw]
        columns = dict(zip(paths, zip(*standing, strict=True), strict=False))
        if not columns:
            return []
        fetches = {cell.source.fetch for cell in cells if isinstance(cell.source, Many)}
        many = {fetch: fetch(ids, viewer) for fetch in fetches}
        made = [self.cells_of(cell.source, columns, many, viewer) for cell in cells]
        names = [cell.name for cell in cells]
        return [dict(zip(names, row, strict=True)) for row in zip(*made, strict=True)]

    def cells_of(self, source, columns, many, viewer):
        """One cell of every row: a column at a time is twice as fast as a row at a time."""
        if isinstance(source, Many):
            found = many[source.fetch]
            found = found.get(source.part, {}) if source.part else found
            return [found.get(pk, []) for pk in columns["pk"]]
        return source.cells(viewer, *(columns[path] for path in source.paths))


def nothing_yet(ids, viewer) -> dict:
    """The `fetch` of a cell whose noun is still to come: empty for every row."""
    return {}


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

    def fetch(ids, viewer):
        named = viewer.namer(noun)
        rows = model._base_manager.filter(**{f"{owner}__among": ids})
        rows = rows.order_by(f"{other}__{order}").values_list(
            owner, f"{other}_id", f"{other}__slug", f"{other}__name"
        )
        return grouped(
            (owner_id, {"slug": slug, "name": name})
            for owner_id, pk, slug, name in rows
            if named(pk)
        )

    return Many(fetch, noun=noun)


def through(model, field: str):
    """The relation of a many-to-many field, for `many_linked`."""
    relation = model._meta.get_field(field)
    return (
        relation.remote_field.through,
        relation.m2m_column_name(),
        relation.m2m_reverse_field_name(),
    )
