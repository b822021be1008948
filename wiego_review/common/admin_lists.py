"""Change lists of the admin: narrowed, counted and read as every other list."""

from django import forms
from django.contrib.admin.helpers import ActionForm
from django.contrib.admin.options import IS_POPUP_VAR, TO_FIELD_VAR
from django.contrib.admin.views.main import ALL_VAR, ERROR_FLAG, PAGE_VAR, ChangeList
from django.core.paginator import Paginator
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .filters import YesFilter
from .listing import COUNT_CAP, BadQuery
from .screen import on_screen

OWN = {PAGE_VAR, ALL_VAR, ERROR_FLAG, IS_POPUP_VAR, TO_FIELD_VAR, "_changelist_filters", "_popup"}


class CappedPaginator(Paginator):
    """Counts no further than the other lists do."""

    @cached_property
    def count(self):
        found = self.object_list.order_by().values("pk")[: COUNT_CAP + 1].count()
        return min(found, COUNT_CAP)


class MarkedForm(ActionForm):
    """What to do with the rows that are marked."""

    action = forms.ChoiceField(label=gettext_lazy("With those marked:"))


class Choice:
    """One filter of the list's FilterSet, or its order, as links beside the change list."""

    def __init__(self, name, title, choices, chosen):
        self.parameter_name, self.title = name, title
        self.lookup_choices, self.chosen = choices, chosen
        self.template = "admin/filter.html"
        self.open = bool(chosen) or name in ("kind", "state", "outcome", "ordering")

    def choices(self, changelist):
        yield {
            "selected": not self.chosen,
            "query_string": changelist.get_query_string({self.parameter_name: None}),
            "display": _("All") if self.parameter_name != "ordering" else _("As usual"),
        }
        for code, words in self.lookup_choices:
            yield {
                "selected": str(code) in self.chosen,
                "query_string": changelist.get_query_string({self.parameter_name: [code]}),
                "display": words,
            }


class ListingChangeList(ChangeList):
    """A change list narrowed by the noun's one FilterSet, its rows read as everywhere."""

    problems = {}
    capped = False

    def get_queryset(self, request, exclude_parameters=None):
        self.query = request.GET.get("search", "")
        try:
            narrowed, keys = self.model_admin.narrow(request, self.root_queryset)
        except BadQuery as bad:
            self.problems = bad.problems
            narrowed, keys = self.root_queryset.none(), ("pk",)
        self.filter_specs = self.model_admin.choices_beside(request)
        self.has_filters = bool(self.filter_specs)
        self.has_active_filters = bool(set(self.filter_params) - OWN)
        self.clear_all_filters_qs = "?"
        narrowed = narrowed.order_by(*keys)
        related = self.model_admin.list_select_related
        return narrowed.select_related(*related) if related else narrowed

    def get_results(self, request):
        super().get_results(request)
        self.capped = self.result_count >= COUNT_CAP
        self.result_list = list(self.result_list)
        self.model_admin.read_cells(request, self.result_list)

    def get_ordering_field_columns(self):
        return {}


def cell_column(cell):
    """A change-list column that shows a cell of the noun's row."""

    def show(record):
        return on_screen(cell, record.cells) or "–"

    show.short_description = cell.label
    show.__name__ = cell.name
    return show


def seen_relation(field, viewer):
    """A read-only relation that names only what the viewer may see."""

    def show(record):
        seen = visible(field.related_model, viewer)
        if field.many_to_many:
            keys = getattr(record, field.name).values("pk")
        else:
            keys = [getattr(record, field.attname)]
        return "; ".join(str(each) for each in seen.filter(pk__in=keys)) or "–"

    show.short_description = capfirst(field.verbose_name)
    show.__name__ = field.name
    return show


def visible(model, viewer):
    """The rows of a related model the viewer may see; roles and the like are no secret."""
    rows = model._default_manager.all()
    return rows.visible_to(viewer) if hasattr(rows, "visible_to") else rows


def choices_of(each):
    if isinstance(each, YesFilter):
        return [("true", _("yes")), ("false", _("no"))]
    return each.word_choices
