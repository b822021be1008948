"""The FilterSets of the second floor."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from programmes.filters import PartyFilter
from programmes.models import Body, City, Commitment, Organisation, Region, Sector
from retreats.models import Retreat, Session, StrategicIssue, StrategicReview, Suggestion
from wiego_review.common.filters import (
    CodeFilter,
    DayFilter,
    RefFilter,
    ReviewFilterSet,
    SearchFilter,
    SinceFilter,
    SlugFilter,
    YesFilter,
)

from .models import Assignment, Decision, FollowUp, Output


class HolderFilter(PartyFilter):
    """As PartyFilter, and names that stand on a follow-up in words, linked to nobody."""

    def meant(self, text, suggestions):
        try:
            return super().meant(text, suggestions)
        except ValidationError as problem:
            standing = Assignment.objects.visible_to(self.parent.viewer).current()
            written = standing.written(text) if problem.code == "unknown" else []
            if not written:
                raise
            return written


class FollowUpFilterSet(ReviewFilterSet):
    search = SearchFilter()
    kind = CodeFilter(FollowUp.Kind, label=_("Kind"))
    state = CodeFilter(FollowUp.State, label=_("Where it stands"))
    lead = HolderFilter("led_by", label=_("Lead"))
    support = HolderFilter("supported_by", label=_("With"))
    person = HolderFilter("held_by", kinds=("person",), label=_("Lead or with"))
    programme = PartyFilter("concerning", kinds=("programme",), label=_("Programme"))
    sector = SlugFilter(Sector, field_name="sectors", label=_("Sector"))
    region = SlugFilter(Region, field_name="regions", label=_("Region"))
    city = SlugFilter(City, field_name="cities", label=_("City"))
    commitment = SlugFilter(Commitment, field_name="commitments", label=_("Global commitment"))
    organisation = SlugFilter(Organisation, field_name="organisations", label=_("Organisation"))
    issue = RefFilter(StrategicIssue, field_name="issue", label=_("Strategic issue"))
    suggestion = RefFilter(Suggestion, field_name="suggestions", label=_("Suggestion"))
    review = SlugFilter(StrategicReview, method="of_review", label=_("Strategic review"))
    retreat = SlugFilter(Retreat, label=_("Agreed at"))
    session = RefFilter(Session, field_name="session", label=_("Session"))
    due_after = DayFilter(field_name="due_sort", lookup_expr="gte", label=_("Due from"))
    due_by = DayFilter(field_name="due_sort", lookup_expr="lte", label=_("Due by"))
    overdue = YesFilter(method="by_overdue", label=_("Overdue"))
    no_due = YesFilter(method="by_no_due", label=_("Without a date"))
    no_lead = YesFilter(method="by_no_lead", label=_("Nobody leads"))
    led_by_group = YesFilter(method="by_led_by_group", label=_("Led by a group, nobody named"))
    quiet = YesFilter(method="by_quiet", label=_("No word for a year"))
    updated_since = SinceFilter(
        field_name="updated_at", lookup_expr="gte", label=_("Changed since")
    )

    def of_review(self, queryset, name, value):
        return queryset.of_reviews(value) if value else queryset

    def by_overdue(self, queryset, name, value):
        if value:
            return queryset.overdue(self.viewer.today)
        return queryset.with_quiet(self.viewer.today).filter(overdue=value)

    def by_quiet(self, queryset, name, value):
        if value:
            return queryset.quiet(self.viewer.today)
        return queryset.with_quiet(self.viewer.today).filter(quiet=value)

    def by_no_due(self, queryset, name, value):
        return queryset.no_due() if value else queryset.with_due()

    def by_led_by_group(self, queryset, name, value):
        return queryset.led_by_group_only(value)

    def by_no_lead(self, queryset, name, value):
        return queryset.no_lead() if value else queryset.with_lead()


class AssignmentFilterSet(ReviewFilterSet):
    search = SearchFilter()
    follow_up = RefFilter(FollowUp, field_name="follow_up", label=_("Follow-up"))
    role = CodeFilter(Assignment.Role, label=_("Role"))
    answer = CodeFilter(Assignment.Answer, label=_("Answer"))
    person = PartyFilter("held_by", kinds=("person",), label=_("Person"))
    unlinked = YesFilter(method="by_unlinked", label=_("Nobody known by this name"))
    ended = YesFilter(field_name="ended_at", lookup_expr="isnull", exclude=True, label=_("Ended"))

    def by_unlinked(self, queryset, name, value):
        return queryset if value is None else queryset.unlinked(value)


class UpdateFilterSet(ReviewFilterSet):
    search = SearchFilter()
    follow_up = RefFilter(FollowUp, field_name="follow_up", label=_("Follow-up"))


class OutputFilterSet(ReviewFilterSet):
    search = SearchFilter()
    follow_up = RefFilter(FollowUp, field_name="follow_up", label=_("Follow-up"))
    kind = CodeFilter(Output.Kind, label=_("Kind"))
    binder = SlugFilter(Retreat, label=_("For the binder of"))
    named_only = YesFilter(method="by_named_only", label=_("Named, not in our files"))
    search = SearchFilter()

    def by_named_only(self, queryset, name, value):
        return queryset if value is None else queryset.filter(named_only=value)


class DecisionFilterSet(ReviewFilterSet):
    search = SearchFilter()
    body = SlugFilter(Body, label=_("Decided by"))
    outcome = CodeFilter(Decision.Outcome, label=_("Outcome"))
    retreat = SlugFilter(Retreat, label=_("Retreat or meeting"))
    review = SlugFilter(StrategicReview, field_name="retreat__review", label=_("Review"))
    after = DayFilter(field_name="decided_on", lookup_expr="gte", label=_("From"))
    before = DayFilter(field_name="decided_on", lookup_expr="lte", label=_("Until"))
