"""What OpenAPI says of the REST door, derived from the cells and filters of each listing."""

from django.utils.translation import gettext as _
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema_field
from rest_framework import serializers

from .cells import Shape
from .filters import DayFilter, SinceFilter, YesFilter, takes_several
from .listing import PAGE_SIZE_MOST
from .touch_rows import listing_of
from .value_filters import YearFilter


class LinkSerializer(serializers.Serializer):
    slug = serializers.CharField(allow_null=True)
    name = serializers.CharField()


class CandidateSerializer(LinkSerializer):
    kind = serializers.CharField()


class ErrorSerializer(serializers.Serializer):
    code = serializers.CharField()
    detail = serializers.CharField()
    fields = serializers.DictField()
    current = serializers.IntegerField(allow_null=True)
    candidates = CandidateSerializer(many=True, required=False)


made = {}


def named(name, fields, base=serializers.Serializer):
    """The serializer class of this name, made once: a schema component has one name."""
    if name not in made:
        made[name] = type(f"{name}Serializer", (base,), fields() if callable(fields) else fields)
    return made[name]


def kind_field(kind):
    """The schema's field for a plain value of this kind, or for what is nested in a shape."""
    if isinstance(kind, Shape):
        return shape_field(kind)
    if kind == "number":
        return serializers.IntegerField(allow_null=True)
    if kind == "yes":
        return serializers.BooleanField(allow_null=True)
    if kind == "date":
        return serializers.DateField(allow_null=True)
    if kind == "time":
        return serializers.DateTimeField(allow_null=True)
    if kind == "texts":
        return serializers.ListField(child=serializers.CharField())
    if kind == "slug":
        return serializers.CharField(allow_null=True)
    if kind in ("link", "links"):
        return LinkSerializer(many=True) if kind == "links" else LinkSerializer(allow_null=True)
    if kind in ("record", "records"):
        record = named("RecordLink", {"ref": kind_field("ref"), "title": kind_field("text")})
        return record(many=True) if kind == "records" else record(allow_null=True)
    return serializers.CharField(allow_blank=True)


def shape_field(told):
    shape = named(told.name, {name: kind_field(kind) for name, kind in told.fields.items()})
    return shape(many=True) if told.many else shape(allow_null=True)


def cell_field(cell):
    """The schema's field for a cell: of its shape, its choices or its kind."""
    if cell.shape:
        return shape_field(cell.shape)
    if cell.choices and cell.kind == "texts":
        return serializers.ListField(child=code_field(cell.choices.values))
    if cell.choices:
        return code_field(["", *cell.choices.values])
    return kind_field(cell.kind)


def code_field(codes):
    @extend_schema_field({"type": "string", "enum": codes})
    class CodeField(serializers.CharField):
        pass

    return CodeField(allow_blank=True)


def row_serializer(listing, detail, noun=""):
    """A serializer class that describes the row of a listing; used for the schema only."""
    cells = listing.rows.all_cells(detail)
    name = (noun or listing.model.__name__) + ("Detail" if detail else "Row")
    return named(name, lambda: {cell.name: cell_field(cell) for cell in cells})


def page_serializer(listing, noun=""):
    """The page of a list; `noun` names what many lists have the same rows of."""
    return named(
        f"{noun or listing.model.__name__}Page",
        lambda: {
            "count": serializers.IntegerField(),
            "count_capped": serializers.BooleanField(),
            "next": serializers.URLField(allow_null=True),
            "previous": serializers.URLField(allow_null=True),
            "results": row_serializer(listing, False, noun)(many=True),
        },
    )


class ListingSchema(AutoSchema):
    """The schema of a listing's endpoints: its filters, rows and errors."""

    def get_operation_id(self):
        return f"{self.view.listing.name}-{self.view.action}".replace("-", "_")

    def get_description(self):
        doc = getattr(self.view, self.view.action).__doc__
        return doc or str(self.view.listing.title)

    def get_tags(self):
        return [self.view.listing.name]

    def get_override_parameters(self):
        action = self.view.action
        if action == "list":
            return list_parameters(self.view.listing)
        parameters = []
        if action != "create":
            told = _("The slug or reference of the record, in capitals or not.")
            parameters.append(
                OpenApiParameter("key", OpenApiTypes.STR, OpenApiParameter.PATH, description=told)
            )
        if action == "everything":
            return parameters + list_parameters(listing_of(self.view.listing))
        return parameters if action == "retrieve" else parameters + write_parameters(action)

    def get_response_serializers(self):
        listing, action = self.view.listing, self.view.action
        if action == "list":
            return {200: page_serializer(listing), **errors(400, 401)}
        if action == "everything":
            return {200: page_serializer(listing_of(listing), "Touch"), **errors(400, 401, 404)}
        detail = row_serializer(listing, True)
        if action == "retrieve":
            return {200: detail, **errors(401, 404)}
        good = 201 if action == "create" else 200
        return {good: detail, **errors(400, 401, 403, 404, 409, 411, 413, 415, 428)}

    def get_request_serializer(self):
        return self.view.inputs.get(self.view.action)

    def _is_list_view(self, serializer=None):
        return False


def errors(*codes):
    """These, and what any address may answer: a second step is missing, too much at once."""
    return dict.fromkeys(sorted({*codes, 403, 429}), ErrorSerializer)


def list_parameters(listing):
    return [*filter_parameters(listing), *page_parameters(listing)]


def filter_parameters(listing):
    """The filters as they are: what may be repeated is an array, a code one of its codes."""
    for name, each in listing.filterset.base_filters.items():
        shape = parameter_shape(each)
        if takes_several(each):
            shape = {"type": "array", "items": shape}
        label = str(each.label or name)
        yield OpenApiParameter(name, shape, description=label, explode=True, style="form")


def parameter_shape(each):
    if codes := [value for value, _label in getattr(each, "word_choices", ())]:
        return {"type": "string", "enum": codes}
    if isinstance(each, YesFilter):
        return {"type": "boolean"}
    if isinstance(each, YearFilter):
        return {"type": "integer", "minimum": 1900, "maximum": 2200}
    if isinstance(each, DayFilter):
        return {"type": "string", "format": "date"}
    if isinstance(each, SinceFilter):
        return {"type": "string", "format": "date-time"}
    return {"type": "string"}


def page_parameters(listing):
    known = [sign + name for name in listing.orderings for sign in ("", "-")]
    size = {"type": "integer", "minimum": 1, "maximum": PAGE_SIZE_MOST}
    yield OpenApiParameter("ordering", OpenApiTypes.STR, enum=known)
    yield OpenApiParameter("page", {"type": "integer", "minimum": 1})
    yield OpenApiParameter("page_size", size)
    yield OpenApiParameter("cursor", OpenApiTypes.STR, description=_("From next or previous."))


def write_parameters(action):
    header = OpenApiParameter.HEADER
    once = _("The same key twice happens once.")
    found = [OpenApiParameter("Idempotency-Key", OpenApiTypes.STR, header, description=once)]
    if action != "create":
        told = _("The ETag of what was read, instead of “version” in the body.")
        found.append(OpenApiParameter("If-Match", OpenApiTypes.STR, header, description=told))
    return found


def strictly(result, generator, request, public):
    """What drf-spectacular leaves open: a parameter sent empty asks nothing, as a page's form
    sends it; and a field nobody knows is refused."""
    for operations in result["paths"].values():
        for operation in operations.values():
            for parameter in operation.get("parameters", ()):
                if parameter["in"] == "query":
                    parameter["allowEmptyValue"] = True
    for name, component in result["components"]["schemas"].items():
        if name.endswith("Request"):
            component["additionalProperties"] = False
    return result
