"""The ground floor in the admin: who we are, and the accounts."""

from django.contrib import admin
from django.http import Http404
from django.utils.translation import gettext_lazy

from wiego_review.common.admin import PolicyAdmin
from wiego_review.common.filters import CodeFilter, ReviewFilterSet, SearchFilter, SlugFilter

from . import workflow
from .history import conflict_lines, history_of
from .listings import LISTINGS
from .models import (
    Alias,
    Body,
    City,
    Fact,
    Membership,
    Organisation,
    OrganisationName,
    OrganisationRole,
    Person,
    Programme,
    Region,
    Sector,
)
from .together import office_links

BY_NAME = {listing.name: listing for listing in LISTINGS}


class RecordAdmin(PolicyAdmin):
    """A noun that `add` and `edit` write, with its history from ChangeSets."""

    def add_record(self, request, values, told):
        return workflow.add(self.model, **values, **told)

    def edit_record(self, record, values, told):
        return workflow.edit(record, **values, **told)

    def conflict_lines(self, conflict, viewer):
        return conflict_lines(conflict, viewer)

    def history_of(self, record, viewer, also=()):
        return history_of(record, viewer, also)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context["together"] = office_links(request, self.listing, obj) if obj else []
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)


class AliasFilterSet(ReviewFilterSet):
    search = SearchFilter("key")
    person = SlugFilter(Person, label=gettext_lazy("Person"))
    programme = SlugFilter(Programme, label=gettext_lazy("Programme"))
    body = SlugFilter(Body, label=gettext_lazy("Body"))
    organisation = SlugFilter(Organisation, label=gettext_lazy("Organisation"))


class MembershipFilterSet(ReviewFilterSet):
    search = SearchFilter("person__search_text")
    role = CodeFilter(Membership.Role, label=gettext_lazy("Role"))
    person = SlugFilter(Person, label=gettext_lazy("Person"))
    body = SlugFilter(Body, label=gettext_lazy("Body"))
    programme = SlugFilter(Programme, label=gettext_lazy("Programme"))
    city = SlugFilter(City, label=gettext_lazy("City"))


@admin.register(Person)
class PersonAdmin(RecordAdmin):
    listing = BY_NAME["people"]
    columns = ("name", "aliases", "title", "organisation")
    fields = ("name", "title", "organisation", "is_active")
    page_name = "people-detail"
    parts = (
        (Alias, "person", "person"),
        (Membership, "person", "person"),
        (Fact, "person", "person"),
    )

    def shown_fields(self, request, obj):
        return super().shown_fields(request, obj) if self.is_whole(request) else ["name"]

    def is_whole(self, request):
        """Whether the reader sees more of people than their names."""
        return "open" in request.viewer.grains("person")

    def get_list_display(self, request):
        columns = super().get_list_display(request)
        return columns if self.is_whole(request) else columns[:1]

    def history_view(self, request, object_id, extra_context=None):
        if not self.is_whole(request):
            raise Http404
        return super().history_view(request, object_id, extra_context)

    def render_change_form(self, request, context, *args, **kwargs):
        context["no_history"] = not self.is_whole(request)
        return super().render_change_form(request, context, *args, **kwargs)


@admin.register(Programme)
class ProgrammeAdmin(RecordAdmin):
    listing = BY_NAME["programmes"]
    columns = ("name", "kind", "aliases")
    fields = ("name", "kind")
    page_name = "programmes-detail"
    parts = (
        (Alias, "programme", "programme"),
        (Membership, "programme", "programme"),
        (Fact, "programme", "programme"),
    )


@admin.register(Body)
class BodyAdmin(RecordAdmin):
    listing = BY_NAME["bodies"]
    columns = ("name", "kind", "aliases")
    fields = ("name", "kind", "code")
    page_name = "bodies-detail"
    parts = (
        (Alias, "body", "body"),
        (Membership, "body", "body"),
        (Fact, "body", "body"),
    )


@admin.register(Organisation)
class OrganisationAdmin(RecordAdmin):
    listing = BY_NAME["organisations"]
    columns = ("name", "country", "part_of", "aliases")
    fields = ("name", "country", "part_of")
    page_name = "organisations-detail"
    parts = (
        (Alias, "organisation", "organisation"),
        (OrganisationName, "organisation", "organisation"),
        (OrganisationRole, "organisation", "organisation"),
        (Fact, "organisation", "organisation"),
    )


@admin.register(Sector)
class SectorAdmin(RecordAdmin):
    listing = BY_NAME["sectors"]
    columns = ("name",)
    fields = ("name",)
    page_name = "sectors-detail"


@admin.register(Region)
class RegionAdmin(RecordAdmin):
    listing = BY_NAME["regions"]
    columns = ("name",)
    fields = ("name",)
    page_name = "regions-detail"


@admin.register(City)
class CityAdmin(RecordAdmin):
    listing = BY_NAME["cities"]
    columns = ("name", "country", "focal", "joined_text")
    fields = (
        "name",
        "country",
        "focal",
        "joined_on",
        "joined_until",
        "joined_text",
        "left_on",
        "left_until",
        "left_text",
    )
    page_name = "cities-detail"
    parts = ((Membership, "city", "city"), (Fact, "city", "city"))


@admin.register(Alias)
class AliasAdmin(RecordAdmin):
    filterset = AliasFilterSet
    list_display = ("name", "person", "programme", "body", "organisation")
    list_select_related = ("person", "programme", "body", "organisation")
    fields = ("name", "person", "programme", "body", "organisation")


@admin.register(Membership)
class MembershipAdmin(RecordAdmin):
    filterset = MembershipFilterSet
    list_display = ("person", "body", "programme", "role", "title")
    list_select_related = ("person", "body", "programme")
    fields = (
        "person",
        "body",
        "programme",
        "role",
        "title",
        "city",
        "started_on",
        "started_until",
        "started_text",
        "ended_on",
        "ended_until",
        "ended_text",
    )


from . import account_admin, doubt_admin, plan_admin  # noqa: E402, F401  (they register themselves)
