"""The search on REST: the same hits as on the page."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from . import searching
from .api import Private, refuse_in_files
from .listing import PAGE_SIZE_MOST
from .schema import errors

TEXT = serializers.CharField
HIT = {
    "kind": TEXT(),
    "title": TEXT(),
    "of": TEXT(allow_blank=True, help_text=_("What it belongs to.")),
    "found_in": TEXT(allow_blank=True, help_text=_("Where the words stand, if not in the title.")),
    "text": TEXT(allow_blank=True, help_text=_("The sentence they stand in.")),
    "beside": TEXT(allow_blank=True, help_text=_("Its time, and what else a hit shows of it.")),
    "ref": TEXT(allow_null=True),
    "slug": TEXT(allow_null=True),
    "year": serializers.IntegerField(
        allow_null=True, help_text=_("The year it is found under, if it has one.")
    ),
    "url": serializers.URLField(allow_null=True),
}
PAGE = {
    "count": serializers.IntegerField(),
    "count_capped": serializers.BooleanField(),
    "next": serializers.URLField(allow_null=True),
    "previous": serializers.URLField(allow_null=True),
    "words": serializers.ListField(
        child=TEXT(), help_text=_("The words looked for: those that carry something.")
    ),
    "words_held": serializers.IntegerField(
        help_text=_("How many of them each hit holds: all, or most where nothing holds all.")
    ),
}
MEANT = {"name": TEXT(), "slug": TEXT(allow_null=True), "url": serializers.URLField()}
SEVERAL = {"type": "array", "items": {"type": "string"}}
SIZE = {"type": "integer", "minimum": 1, "maximum": PAGE_SIZE_MOST}
PARAMETERS = [
    OpenApiParameter("search", SEVERAL, explode=True, style="form"),
    OpenApiParameter("kind", SEVERAL, explode=True, style="form"),
    OpenApiParameter("year", {"type": "integer", "minimum": 1900, "maximum": 2200}),
    OpenApiParameter("retreat", OpenApiTypes.STR),
    OpenApiParameter("page", {"type": "integer", "minimum": 1}),
    OpenApiParameter("page_size", SIZE),
]


class SearchView(Private, APIView):
    """All that holds the words, of every kind the reader may see."""

    @extend_schema(
        operation_id="search",
        tags=["search"],
        parameters=PARAMETERS,
        responses={
            200: inline_serializer(
                "Search",
                {
                    **PAGE,
                    "results": inline_serializer("Hit", HIT, many=True),
                    "did_you_mean": inline_serializer("Meant", MEANT, many=True),
                },
            ),
            **errors(400, 401),
        },
    )
    def get(self, request):
        refuse_in_files(request.query_params)
        asked = searching.read(request.query_params, request.viewer)
        page = searching.page_of(asked, request.query_params)
        return Response(
            {
                "count": page["count"],
                "count_capped": page["capped"],
                "next": self.neighbour(page["next"]),
                "previous": self.neighbour(page["previous"]),
                "words": [word.text for word in asked.words],
                "words_held": asked.held,
                "results": [self.told(hit) for hit in page["hits"]],
                "did_you_mean": [self.named(each) for each in page["meant"]],
            }
        )

    def named(self, meant):
        url = self.request.build_absolute_uri(meant.path)
        return {"name": meant.name, "slug": meant.slug, "url": url}

    def neighbour(self, number):
        if number is None:
            return None
        query = self.request.query_params.copy()
        query["page"] = number
        return self.request.build_absolute_uri(f"{self.request.path}?{query.urlencode()}")

    def told(self, hit):
        url = self.request.build_absolute_uri(hit.url) if hit.url else None
        return {
            "kind": hit.kind,
            "title": hit.title,
            "of": hit.of,
            "found_in": hit.where,
            "text": hit.text,
            "beside": hit.beside_words,
            "ref": hit.ref,
            "slug": hit.slug,
            "year": hit.year,
            "url": url,
        }
