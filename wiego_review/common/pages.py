"""What the page views of all apps share: one list URL for page, fragment and file."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import exports
from .api import find_record
from .cells import Rows
from .errors import Conflict, Refused
from .listing import NUMBER, BadQuery

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def list_page(request, listing, **context):
    """The page of a list, its fragment for htmx, or with `?export=` the file.

    With `?choose=` a filter's choices are on the page, for htmx those alone.
    """
    if request.htmx and request.GET.get("choose"):
        nothing = listing.model.objects.none()
        filterset = listing.filterset(request.GET, nothing, viewer=request.viewer)
        return render(request, "components/_chosen.html", {**context, "filterset": filterset})
    try:
        selection = listing.select(request.viewer, request.GET)
        if request.GET.get("export"):
            return export(request, selection)
        page = selection.page(request.GET)
    except BadQuery as bad:
        return bad_list(request, listing, bad, context)
    count, capped = selection.count()
    context |= {
        "listing": listing,
        "selection": selection,
        "filterset": selection.filterset,
        "page": page,
        "rows": page.rows(),
        "count": count,
        "capped": capped,
        "count_words": count_words(count, capped),
        "problems": {},
    }
    return answer_list(request, listing, context)


def bad_list(request, listing, bad, context):
    """The list's page with what is wrong in its address, what was asked kept, and no rows."""
    nothing = listing.filterset(request.GET, listing.model.objects.none(), viewer=request.viewer)
    context |= {"listing": listing, "filterset": nothing, "problems": bad.problems, "rows": []}
    if request.GET.get("export"):
        return render(request, listing.template, context, status=400)
    return answer_list(request, listing, context, status=400)


def answer_list(request, listing, context, status=200):
    folder, _slash, name = listing.template.rpartition("/")
    template = f"{folder}/_{name}" if request.htmx else listing.template
    # htmx puts only good answers on the page: the message must come with one.
    response = render(request, template, context, status=200 if request.htmx else status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def count_words(count, capped) -> str:
    if capped:
        return _("more than %(count)s") % {"count": count}
    return ngettext("%(count)s row", "%(count)s rows", count) % {"count": count}


def export(request, selection):
    """The list as a file, exactly as filtered. Raises BadQuery for a kind it does not know."""
    kind = file_kind(request)
    cells, chunks = file_of(selection, kind, request.GET.get("rows", ""))
    return file_answer(selection.listing.name, kind, cells, chunks, exports.about(selection))


def file_kind(request) -> str:
    kind = request.GET["export"]
    if kind not in ("csv", "xlsx"):
        raise BadQuery({"export": [_("Choose csv or xlsx.")]})
    return kind


def file_answer(name, kind, cells, chunks, about):
    """The download: a CSV as it is made, a workbook with its last sheet `about`."""
    name = f"{name}-{timezone.localdate():%Y-%m-%d}.{kind}"
    if kind == "csv":
        response = StreamingHttpResponse(
            exports.csv_lines(cells, chunks), content_type="text/csv; charset=utf-8"
        )
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
    file = exports.xlsx_file(cells, chunks, about)
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)


def file_of(selection, kind, shape=""):
    """`(cells, chunks of their columns)` for a file; `shape` "leads" is one row per lead."""
    listing = selection.listing
    if shape and shape not in listing.shapes:
        raise BadQuery({"rows": [_("This list has no such rows. Leave it out.")]})
    cells = listing.sheet_cells if kind == "xlsx" else listing.file_cells
    chunks = exports.chunks(selection, [cell for cell in cells if cell is not NUMBER])
    if kind == "xlsx":
        chunks = exports.numbered(chunks)
    return listing.shapes[shape](cells, chunks) if shape else (cells, chunks)


def find_or_404(request, listing, key, queryset=None):
    """The record behind a page's address, if the viewer may see it."""
    seen = listing.model.objects if queryset is None else queryset
    return find_record(seen.visible_to(request.viewer), listing, key)


def safe_next(request):
    """Where the reader came from, if that is here."""
    target = request.GET.get("next", "")
    here = {request.get_host()}
    return target if url_has_allowed_host_and_scheme(target, allowed_hosts=here) else None


def press(request, verb, record, **values):
    """A verb behind one button: do it, and say so or why not on the next page."""
    try:
        verb(record, by=request.user, key=request.POST.get("key", "")[:80], **values)
        messages.success(request, _("Saved."))
    except Conflict:
        messages.error(request, _("Somebody changed this meanwhile. Look again, then answer."))
    except (Refused, ValidationError) as problem:
        messages.error(request, " ".join(getattr(problem, "messages", [str(problem)])))


def row_of(rows: Rows, record, viewer) -> dict:
    """The detail row of one record, for its page."""
    found = rows.read([record.pk], viewer, detail=True)
    if not found:
        raise Http404
    return found[0]
