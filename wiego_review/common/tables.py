"""Tables that are no list of records, comparisons and counts: one for page, file and REST."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from drf_spectacular.openapi import AutoSchema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from . import exports
from .api import Private, refuse_in_files
from .cells import Cell
from .pages import file_answer, file_kind
from .schema import errors, filter_parameters, named

tables: dict[str, "Tabled"] = {}


@dataclass(frozen=True)
class Table:
    """A title, columns as of a list, and lines of values in their order.

    `narrowed` is `[(label, words)]` of what was asked. A value is a text, a number, or a list of
    texts.
    """

    title: str
    cells: list[Cell]
    lines: list[list]
    narrowed: tuple = ()

    @property
    def columns(self) -> dict:
        """`{name: values}` of all lines."""
        values = zip(*self.lines, strict=True) if self.lines else ([] for _cell in self.cells)
        return dict(zip((cell.name for cell in self.cells), map(list, values), strict=True))


@dataclass(frozen=True)
class Tabled:
    """How a table is made: `read(params, viewer)` gives it. Raises BadQuery or Http404."""

    read: Callable
    filterset: type


def table_file(request, name):
    """The download `?export=` asks for. Raises BadQuery."""
    kind, table = file_kind(request), tables[name].read(request.GET, request.viewer)
    about = [(_("List"), table.title), *table.narrowed, *exports.made_for(request.viewer)]
    return file_answer(name, kind, table.cells, [table.columns], about)


class TableSchema(AutoSchema):
    """The schema of a table's endpoint: its filters, its columns by name, its lines."""

    def get_operation_id(self):
        return f"table_{self.view.name}".replace("-", "_")

    def get_tags(self):
        return ["tables"]

    def get_override_parameters(self):
        return list(filter_parameters(tables[self.view.name]))

    def get_response_serializers(self):
        text = serializers.CharField
        column = named("TableColumn", {"name": text(), "label": text()})
        line = serializers.ListField(child=serializers.DictField())
        table = {"title": text(), "columns": column(many=True), "lines": line}
        return {200: named("Table", table), **errors(400, 401, 404)}

    def _is_list_view(self, serializer=None):
        return False


class TableView(Private, APIView):
    """A table: its columns, and its lines with a value for each column by name."""

    schema = TableSchema()
    name = ""

    def get(self, request):
        refuse_in_files(request.query_params)
        table = tables[self.name].read(request.query_params, request.viewer)
        names = [cell.name for cell in table.cells]
        return Response(
            {
                "title": table.title,
                "columns": [{"name": cell.name, "label": cell.label} for cell in table.cells],
                "lines": [dict(zip(names, line, strict=True)) for line in table.lines],
            }
        )


def routes():
    """`(name, view)` of each table, for the table of contents."""
    for name in tables:
        yield name, type("TableView", (TableView,), {"name": name}).as_view()
