"""The admin's door: the same rows, verbs and rights as every other, on stock screens."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from . import access, pages
from .admin_forms import PolicyForm, SeveralKeysField, TypedOne, TypedSeveral
from .admin_lists import (
    OWN,
    CappedPaginator,
    Choice,
    ListingChangeList,
    MarkedForm,
    cell_column,
    choices_of,
    seen_relation,
    visible,
)
from .filters import CodeFilter, YesFilter
from .listing import BadQuery
from .screen import last_day


class PolicyAdmin(admin.ModelAdmin):
    """A noun in the admin. `listing` gives its filters, rows, orders and files.

    A subclass says which verbs add and edit (`add_record`, `edit_record`) and tells the history.
    """

    listing = None
    filterset = None
    columns = ()
    page_name = ""
    parts = ()
    form = PolicyForm
    action_form = MarkedForm
    actions = None
    paginator = CappedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    list_max_show_all = 0
    sortable_by = ()
    search_fields = ("search_text",)
    change_list_template = "admin/change_list.html"

    # What the viewer sees

    @property
    def noun(self):
        return access.nouns[self.opts.model_name]

    def get_queryset(self, request):
        return self.model.objects.visible_to(request.viewer)

    def get_object(self, request, object_id, from_field=None):
        found = super().get_object(request, object_id, from_field)
        if found is None:
            raise Http404
        return found

    def has_view_permission(self, request, obj=None):
        return bool(request.viewer.grains(self.noun.name))

    def has_add_permission(self, request):
        return request.user.has_perm(self.noun.permission("add"))

    def has_change_permission(self, request, obj=None):
        permission = self.noun.permission("edit")
        if obj is None:
            return access.may_ever(request.user, permission)
        return request.user.has_perm(permission, obj)

    def has_delete_permission(self, request, obj=None):
        return False

    # The list

    def get_changelist(self, request, **kwargs):
        return ListingChangeList

    @cached_property
    def the_filterset(self):
        return self.filterset or self.listing.filterset

    def parameters(self, request):
        """The list's own parameters, as the page and REST take them."""
        asked = request.GET.copy()
        for name in OWN & set(asked):
            del asked[name]
        return asked

    def narrow(self, request, queryset):
        """`(rows, order)` the address asks for. Raises BadQuery."""
        asked = self.parameters(request)
        if self.listing:
            selection = self.listing.select(request.viewer, asked)
            sign = "-" if selection.backwards else ""
            return selection.queryset, [f"{sign}{key}" for key in selection.keys]
        filterset = self.the_filterset(asked, queryset, viewer=request.viewer)
        if filterset.problems:
            raise BadQuery(filterset.problems)
        return filterset.qs, [*(self.ordering or self.opts.ordering), "pk"]

    def choices_beside(self, request):
        """The filters that have few choices, and the orders, as links."""
        found = [
            Choice(name, each.label, choices_of(each), request.GET.getlist(name))
            for name, each in self.the_filterset.base_filters.items()
            if isinstance(each, CodeFilter | YesFilter)
        ]
        if self.listing and len(self.listing.orderings) > 1:
            chosen = request.GET.getlist("ordering")
            found.append(Choice("ordering", _("order"), self.orders(), chosen))
        return found

    def orders(self):
        words = {"updated_at": _("Changed"), "agreed": _("As in the report"), "agenda": _("Agenda")}
        labels = {cell.name: cell.label for cell in self.listing.rows.all_cells()}
        words |= {"due": _("By when"), "date": _("Date"), "name": _("Name"), "at": _("When")}
        return [(n, words.get(n) or labels.get(n, n)) for n in self.listing.orderings]

    @cached_property
    def short_rows(self):
        """The noun's rows with no more cells than the columns show."""
        rows = self.listing.rows
        known = [cell.name for cell in rows.cells]
        lasts = [last_day(rows.cell(name), known) for name in self.columns]
        cells = tuple(rows.cell(name) for name in (*self.columns, *filter(None, lasts)))
        return type("ShortRows", (type(rows),), {"cells": cells, "detail": ()})()

    def get_list_display(self, request):
        if not self.listing:
            return super().get_list_display(request)
        return [cell_column(self.listing.rows.cell(name)) for name in self.columns]

    def read_cells(self, request, records):
        if self.listing and records:
            keys = [record.pk for record in records]
            for record, row in zip(
                records, self.short_rows.read(keys, request.viewer), strict=True
            ):
                record.cells = row

    def get_search_results(self, request, queryset, search_term):
        asked = {"search": [search_term]} if search_term else {}
        return self.the_filterset(asked, queryset, viewer=request.viewer).qs, False

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            raise Http404
        if self.listing and request.GET.get("export"):
            return self.export(request)
        response = super().changelist_view(request, self.list_context(request))
        changelist = getattr(response, "context_data", None) and response.context_data.get("cl")
        if changelist and changelist.problems:
            for name, told in changelist.problems.items():
                messages.error(request, f"{name}: {' '.join(map(str, told))}")
            response.status_code = 400
        return response

    def list_context(self, request):
        asked = self.parameters(request)
        files = []
        for kind, words in (("xlsx", "Excel"), ("csv", "CSV")) if self.listing else ():
            asked["export"] = kind
            files.append((f"?{asked.urlencode()}", words))
        return {"files": files, "title": capfirst(self.opts.verbose_name_plural)}

    def export(self, request):
        """The list as a file, the very one the page gives."""
        asked = self.parameters(request)
        try:
            return pages.export(request, self.listing.select(request.viewer, asked))
        except BadQuery:
            request.GET = request.GET.copy()
            request.GET.pop("export")
            return self.changelist_view(request)

    # The record

    def get_fields(self, request, obj=None):
        if obj is not None and not self.has_change_permission(request, obj):
            return self.shown_fields(request, obj)
        hidden = ["sent_key", "sent_version"] if obj else ["sent_key"]
        return [*super().get_fields(request, obj), *hidden]

    def shown_fields(self, request, obj):
        """For those who only read: what is empty is left out, relations name what they may see."""
        fields = {field.name: field for field in self.opts.get_fields()}
        found = []
        for name in self.fields:
            field = fields.get(name)
            if field is None or not field.is_relation:
                empty = field is not None and getattr(obj, name) in (None, "")
                found += [] if empty else [name]
            elif field.many_to_many or getattr(obj, field.attname):
                found.append(seen_relation(field, request.viewer))
        return found

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.request, form.model_admin = request, self
        return form

    def get_autocomplete_fields(self, request):
        """Every relation is typed: none of them stays small, and none lists what is hidden."""
        relations = [*self.opts.fields, *self.opts.many_to_many]
        return [
            field.name
            for field in relations
            if field.is_relation and self.admin_site.is_registered(field.related_model)
        ]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        kwargs.setdefault("widget", TypedOne(db_field, self.admin_site))
        kwargs.setdefault("queryset", visible(db_field.related_model, request.viewer))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        kwargs.setdefault("widget", TypedSeveral(db_field, self.admin_site))
        kwargs.setdefault("form_class", SeveralKeysField)
        kwargs.setdefault("queryset", visible(db_field.related_model, request.viewer))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_view_permission(request) and not self.has_add_permission(request):
            raise Http404
        return super().add_view(request, form_url, extra_context)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Without a transaction of its own: the verb has one."""
        if object_id and not self.has_view_permission(request):
            raise Http404
        return self._changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["conflict_lines"] = getattr(context["adminform"].form, "conflict_lines", ())
        context["page_url"] = self.page_url(obj) if obj else ""
        context["part_links"] = self.part_links(request, obj) if obj else []
        if obj and not self.has_change_permission(request, obj):
            context |= {"title": str(obj), "subtitle": None}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def page_url(self, obj):
        """The record's own page, with its buttons."""
        if not self.page_name:
            return ""
        return reverse(self.page_name, args=[getattr(obj, "slug", "") or obj.ref])

    def part_links(self, request, obj):
        """What hangs on a record and has a list of its own: `(words, list, add or "")`.

        `parts` are `(model, filter of its list, field of its form)`.
        """
        found = []
        for model, parameter, field in self.parts:
            part = self.admin_site.get_model_admin(model)
            if not part.has_view_permission(request):
                continue
            start = f"admin:{model._meta.app_label}_{model._meta.model_name}"
            key = getattr(obj, "slug", "") or obj.ref
            add = f"{reverse(f'{start}_add')}?{field}={obj.pk}"
            found.append(
                (
                    capfirst(model._meta.verbose_name_plural),
                    f"{reverse(f'{start}_changelist')}?{parameter}={key}",
                    add if part.has_add_permission(request) else "",
                )
            )
        return found

    # Saving is a verb's

    def add_record(self, request, values, told):
        raise NotImplementedError

    def edit_record(self, record, values, told):
        raise NotImplementedError

    def conflict_lines(self, conflict, viewer):
        raise NotImplementedError

    def history_of(self, record, viewer):
        raise NotImplementedError

    def save_form(self, request, form, change):
        return form.record

    def save_model(self, request, obj, form, change):
        """The verb has saved it."""

    def save_related(self, request, form, formsets, change):
        """The verb has saved them."""

    def construct_change_message(self, request, form, formsets, add=False):
        return []

    def log_addition(self, request, obj, message):
        """ChangeSets are the only log."""

    def log_change(self, request, obj, message):
        """ChangeSets are the only log."""

    def log_deletions(self, request, queryset):
        """Nothing is deleted here."""

    def delete_view(self, request, object_id, extra_context=None):
        if not self.has_view_permission(request):
            raise Http404
        self.get_object(request, object_id)
        raise PermissionDenied

    def history_view(self, request, object_id, extra_context=None):
        if not self.has_view_permission(request):
            raise Http404
        record = self.get_object(request, object_id)
        context = {
            **self.admin_site.each_context(request),
            "title": _("What happened to: %(name)s") % {"name": record},
            "module_name": capfirst(self.opts.verbose_name_plural),
            "history": self.history_of(record, request.viewer),
            "object": record,
            "opts": self.opts,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/object_history.html", context)
