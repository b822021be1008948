"""Global commitments, plans and what is told of people and groups, in the admin."""

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wiego_review.common.filters import CodeFilter, ReviewFilterSet, SearchFilter, SlugFilter
from wiego_review.common.words import contains_words

from .admin import BY_NAME, RecordAdmin
from .models import (
    Body,
    City,
    Commitment,
    CommitmentWork,
    Fact,
    Organisation,
    OrganisationName,
    OrganisationRole,
    Person,
    Pillar,
    Plan,
    PlanPoint,
    Programme,
    Provision,
)
from .models.fact import OWNERS


class OfCommitmentFilterSet(ReviewFilterSet):
    search = SearchFilter("commitment__search_text")
    commitment = SlugFilter(Commitment, label=_("Global commitment"))


class WorkFilterSet(ReviewFilterSet):
    search = SearchFilter(method="by_commitment")
    commitment = SlugFilter(Commitment, field_name="commitments", label=_("Global commitment"))

    def by_commitment(self, queryset, name, value):
        found = Commitment.objects.visible_to(self.viewer)
        found = found.filter(contains_words("search_text", " ".join(value)))
        return queryset.filter(pk__in=found.values("works"))


class OfPlanFilterSet(ReviewFilterSet):
    search = SearchFilter("plan__search_text")
    plan = SlugFilter(Plan, label=_("Plan"))


class PointFilterSet(OfPlanFilterSet):
    kind = CodeFilter(PlanPoint.Kind, label=_("Kind"))


class OfOrganisationFilterSet(ReviewFilterSet):
    search = SearchFilter("organisation__search_text")
    organisation = SlugFilter(Organisation, label=_("Organisation"))


class FactFilterSet(ReviewFilterSet):
    search = SearchFilter(method="by_owner")
    person = SlugFilter(Person, label=_("Person"))
    programme = SlugFilter(Programme, label=_("Programme"))
    body = SlugFilter(Body, label=_("Body"))
    organisation = SlugFilter(Organisation, label=_("Organisation"))
    city = SlugFilter(City, label=_("City"))

    def by_owner(self, queryset, name, value):
        question = " ".join(value)
        found = Q()
        for owner in OWNERS:
            found |= contains_words(f"{owner}__search_text", question)
        return queryset.filter(found)


@admin.register(Commitment)
class CommitmentAdmin(RecordAdmin):
    listing = BY_NAME["commitments"]
    columns = ("name", "kind", "other_names", "sectors")
    fields = (
        "name",
        "kind",
        "as_named",
        "year",
        "global_victory",
        "country",
        "city",
        "sectors",
        "note",
    )
    page_name = "commitments-detail"
    parts = (
        (Provision, "commitment", "commitment"),
        (CommitmentWork, "commitment", "commitments"),
    )


@admin.register(Provision)
class ProvisionAdmin(RecordAdmin):
    filterset = OfCommitmentFilterSet
    list_display = ("text", "commitment", "said_as")
    list_select_related = ("commitment",)
    fields = ("commitment", "order", "text", "said_as")


@admin.register(CommitmentWork)
class CommitmentWorkAdmin(RecordAdmin):
    filterset = WorkFilterSet
    list_display = ("text",)
    fields = (
        "text",
        "order",
        "commitments",
        "people",
        "programmes",
        "bodies",
        "organisations",
    )


@admin.register(Plan)
class PlanAdmin(RecordAdmin):
    listing = BY_NAME["plans"]
    columns = ("name", "programme", "for_whom", "cities", "period_text")
    fields = (
        "name",
        "programme",
        "body",
        "organisation",
        "for_whom",
        "cities",
        "period_on",
        "period_until",
        "period_text",
        "announced_only",
        "points_announced",
        "note",
    )
    page_name = "plans-detail"
    parts = ((Pillar, "plan", "plan"), (PlanPoint, "plan", "plan"))


@admin.register(Pillar)
class PillarAdmin(RecordAdmin):
    filterset = OfPlanFilterSet
    list_display = ("name", "plan")
    list_select_related = ("plan",)
    fields = ("plan", "order", "name", "note")


@admin.register(PlanPoint)
class PlanPointAdmin(RecordAdmin):
    filterset = PointFilterSet
    list_display = ("text", "kind", "plan", "pillar")
    list_select_related = ("plan", "pillar")
    fields = ("plan", "pillar", "kind", "order", "text", "said_as", "sectors", "cities")


@admin.register(Fact)
class FactAdmin(RecordAdmin):
    filterset = FactFilterSet
    list_display = ("text", "whose", "told_on")
    list_select_related = OWNERS
    fields = (*OWNERS, "order", "text", "said_as", "told_on", "told_until", "told_text")

    @admin.display(description=_("Told of"))
    def whose(self, fact):
        return fact.told_of


@admin.register(OrganisationName)
class OrganisationNameAdmin(RecordAdmin):
    filterset = OfOrganisationFilterSet
    list_display = ("name", "organisation", "year")
    list_select_related = ("organisation",)
    fields = ("organisation", "name", "year")


@admin.register(OrganisationRole)
class OrganisationRoleAdmin(RecordAdmin):
    filterset = OfOrganisationFilterSet
    list_display = ("organisation", "role")
    list_select_related = ("organisation",)
    fields = ("organisation", "role")
