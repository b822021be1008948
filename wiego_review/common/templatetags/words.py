"""From rows and codes to what stands on a page. Knows no noun: it asks the listings."""

from django import template
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import PasswordInput
from django.urls import NoReverseMatch
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wiego_review.common import access, dates, exports, filters
from wiego_review.common.listing import listings
from wiego_review.common.value_filters import YearFilter

register = template.Library()


@register.simple_tag(takes_context=True)
def reader_words(context) -> str:
    """Who is signed in, to themselves."""
    return context["viewer"].account(context["viewer"].user)


SILENT_KINDS = ("ref", "url", "json")
SILENT_NAMES = ("version", "updated_at", "slug")
STARTS = {"date": ("starts_on", "decided_on", "date")}
CHOICES_MOST = 200


@register.filter
def sees(viewer, noun) -> bool:
    """Whether the reader may see any rows of a noun."""
    return bool(viewer.grains(noun))


@register.filter
def sees_all(viewer, noun) -> bool:
    return "open" in viewer.grains(noun)


@register.filter
def may_ever(user, permission) -> bool:
    """Whether the reader's roles do this to at least some rows."""
    return access.may_ever(user, permission)


@register.filter
def day(value) -> str:
    return dates.day(value) if value else ""


@register.filter
def month(value) -> str:
    """`May 2017`."""
    return date_format(value, "F Y") if value else ""


@register.filter
def moment(value) -> str:
    """A time in the reader's zone."""
    return date_format(timezone.localtime(value), "j M Y, H:i") if value else ""


@register.filter
def code_of(value, cell) -> str:
    """A code in words: `row.kind|code_of:cell`."""
    return str(cell.choices(value).label) if value else ""


@register.filter
def cell_named(listing, name):
    return listing.rows.cell(name)


@register.filter
def split(names):
    return names.split()


@register.filter
def get(mapping, key):
    return mapping.get(key)


@register.simple_tag
def address(noun, key) -> str:
    """The page of a record of this noun, or nothing where it has none."""
    listing = listings.get(noun)
    if not (listing and key):
        return ""
    try:
        return listing.address_of(key)
    except NoReverseMatch:
        return ""


@register.simple_tag(takes_context=True)
def linked(context, items, noun=""):
    """Links `{"slug", "name"}` (several or one) with their names, parted by commas."""
    items = [items] if isinstance(items, dict) else items or []
    return format_html_join(", ", "{}", ((link(context, item, noun),) for item in items))


def link(context, item, noun):
    if isinstance(item, str):
        return item
    name = item.get("name") or capfirst(item.get("title", ""))
    kind = item.get("kind", noun)
    if kind == "text":
        return format_html(
            '<span class="unlinked">{} <small class="soft">({})</small></span>',
            name, _("nobody known by this name"),
        )  # fmt: skip
    there = address(kind, item.get("slug") or item.get("ref"))
    if not there or "open" not in context["viewer"].grains(kind) | own(kind, context):
        return conditional_escape(name)
    return format_html('<a href="{}">{}</a>', there, name)


def own(kind, context) -> set:
    """A cell names only what may be named, so a noun seen in part is linked too, but people."""
    return {"open"} if kind != "person" and context["viewer"].grains(kind) else set()


@register.simple_tag
def table_cells(listing):
    """The cells of a listing's table on its page."""
    if listing.shown:
        return [listing.rows.cell(name) for name in listing.shown]
    return readable(listing.rows.cells)


@register.filter
def readable(cells):
    """The cells people read: no references, codes of ours, or whole structures."""
    return [
        cell for cell in cells if cell.kind not in SILENT_KINDS and cell.name not in SILENT_NAMES
    ]


@register.simple_tag(takes_context=True)
def cell_html(context, cell, row, listing=None):
    """One cell of a row as the page shows it; the first cell leads to the record."""
    value = row[cell.name]
    if listing and value and cell.name == ("name" if "name" in row else "title"):
        there = address(listing.model._meta.model_name, row.get(listing.lookup))
        shown = capfirst(value)
        return format_html('<a href="{}">{}</a>', there, shown) if there else shown
    if cell.kind in ("link", "links", "record", "records"):
        return linked(context, value, getattr(cell.source, "noun", ""))
    if cell.name == "link" and value:
        return format_html('<a href="{}" rel="noreferrer">{}</a>', value, value)
    return exports.shown(cell, value)


@register.simple_tag(takes_context=True)
def order_by(context, cell, name=""):
    """The head of a column: a link that orders by it, where the list knows such an order."""
    listing, selection = context["listing"], context.get("selection")
    name = name or ordering_of(listing, cell)
    if not (name and selection):
        return cell.label
    now = selection.ordering
    wanted = f"-{name}" if now == name else name
    shown = {name: " ▴", f"-{name}": " ▾"}.get(now, "")
    return format_html(
        '<a href="{}">{}<span aria-hidden="true">{}</span></a>',
        asked(context["request"], ordering=wanted), cell.label, shown,
    )  # fmt: skip


@register.simple_tag(takes_context=True)
def sorted_as(context, cell, name=""):
    """`aria-sort` of a column."""
    selection = context.get("selection")
    name = name or ordering_of(context["listing"], cell)
    if not selection or not name or selection.ordering.lstrip("-") != name:
        return ""
    way = "descending" if selection.backwards else "ascending"
    return format_html(' aria-sort="{}"', way)


def ordering_of(listing, cell):
    if cell.name in listing.orderings:
        return cell.name
    return next((name for name in listing.orderings if cell.name in STARTS.get(name, ())), None)


def asked(request, **changes) -> str:
    """The address of this list, asked differently; from its first page."""
    query = request.GET.copy()
    for name in ("cursor", "page", *changes):
        query.pop(name, None)
    for name, value in changes.items():
        if value:
            query[name] = value
    for name in list(query):
        if not any(query.getlist(name)):
            del query[name]
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def ask(context, **changes) -> str:
    return asked(context["request"], **changes)


@register.simple_tag(takes_context=True)
def without(context, name, value) -> str:
    """The address of this list with one value of a filter taken off."""
    query = context["request"].GET.copy()
    query.setlist(name, [each for each in query.getlist(name) if each != value])
    for dropped in ("cursor", "page"):
        query.pop(dropped, None)
    return f"?{query.urlencode()}"


@register.simple_tag
def controls(filterset, problems):
    """The filters of a list as a page asks for them: dictionaries with kind and values."""
    wrong = problems | filterset.problems  # looks the names up: their candidates are known now
    found = [control(name, each, filterset) for name, each in filterset.every().items()]
    return [each | {"problems": wrong.get(each["name"], [])} for each in found]


def control(name, each, filterset) -> dict:
    sent = [value for value in filterset.data.getlist(name) if value]
    chosen = filterset.data.getlist("choose")
    told = {"name": name, "label": each.label, "values": sent, "active": bool(sent)}
    if name == "search":
        return told | {"kind": "search"}
    if isinstance(each, filters.CodeFilter):
        return told | {"kind": "choices", "choices": ticked(each.word_choices, sent)}
    if isinstance(each, filters.SlugFilter):
        return told | {"kind": "choices"} | named_choices(each, sent, name in chosen)
    if hasattr(each, "offered"):
        return told | {"kind": "choices"} | value_choices(each, sent, name in chosen)
    if isinstance(each, filters.DayFilter):
        return told | {"kind": "date"}
    if isinstance(each, YearFilter):
        return told | {"kind": "year"}
    if isinstance(each, filters.YesFilter):
        return told | {"kind": "yes"}
    if hasattr(each, "look_up") and not isinstance(each, filters.RefFilter):
        return told | {"kind": "names", "candidates": getattr(each, "candidates", [])}
    return told | {"kind": "kept"}


def named_choices(each, sent, whole) -> dict:
    """The records a filter can narrow to: those asked for, the whole of them once looked at."""
    if not whole:
        return {"choices": [(value, each.words(value), True) for value in sent], "more": True}
    order, shown = each.names
    named = each.get_queryset(None).listed().order_by(order).values_list("slug", shown)
    return {"choices": ticked(named[:CHOICES_MOST], sent), "chosen": True}


def value_choices(each, sent, whole) -> dict:
    """The words a filter can narrow to: those asked for, all of them once looked at."""
    if not whole:
        return {"choices": [(value, value, True) for value in sent], "more": True}
    return {"choices": ticked(each.offered()[:CHOICES_MOST], sent), "chosen": True}


def ticked(choices, sent):
    """`(value, words, ticked)` of each choice; what was sent and is none of them stays too."""
    choices = list(choices)
    missing = [(value, value) for value in sent if value not in dict(choices)]
    return [(value, words, value in sent) for value, words in choices + missing]


@register.filter
def not_saved(form) -> str:
    """What to say above a form that is shown again; of a password nothing is left to say."""
    if all(isinstance(field.field.widget, PasswordInput) for field in form.visible_fields()):
        return ""
    if set(form.errors) == {NON_FIELD_ERRORS}:
        return _("Not saved yet. What you typed is still here.")
    return _("Not saved yet: look at what is marked below. What you typed is still here.")


@register.simple_tag(takes_context=True)
def instead(context, name, value) -> str:
    """The address of this list with another value for one filter."""
    return asked(context["request"], **{name: value})


@register.filter
def other_problems(filterset, problems):
    """What is wrong in an address and is no filter's: `(parameter, messages)`."""
    return [(name, told) for name, told in problems.items() if name not in filterset.known]


ROLE_WORDS = {
    "team": gettext_lazy("the Team"),
    "coordinator": gettext_lazy("the coordinators"),
    "board": gettext_lazy("the Board"),
    "chair": gettext_lazy("the chair of the Board"),
    "administrator": gettext_lazy("the administrators"),
    "guest": gettext_lazy("guests"),
}
WHOLE = {"open", "all", "sealed"}


@register.simple_tag
def readers_in_words(record, readers):
    """`(who sees the whole, who sees it only where it concerns them)`, in words."""
    sees = access.nouns[record._meta.model_name].sees
    whole = [ROLE_WORDS[role] for role in readers if WHOLE & set(sees[role])]
    partly = [ROLE_WORDS[role] for role in readers if not WHOLE & set(sees[role])]
    return {"whole": get_text_list(whole, _("and")), "partly": get_text_list(partly, _("and"))}


HERE_AS = {
    "team": gettext_lazy("team member"),
    "coordinator": gettext_lazy("coordinator"),
    "board": gettext_lazy("Board member"),
    "chair": gettext_lazy("chair of the Board"),
    "administrator": gettext_lazy("administrator"),
    "guest": gettext_lazy("guest"),
}


@register.simple_tag
def roles_in_words(user) -> str:
    held = [str(words) for role, words in HERE_AS.items() if role in user.roles]
    return capfirst(", ".join(held)) if held else _("nobody in particular yet")
