"""The FilterSets of the first floor."""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from programmes.filters import NamedFilterSet, PartyFilter
from programmes.models import City
from wiego_review.common.filters import (
    CodeFilter,
    DayFilter,
    RefFilter,
    ReviewFilterSet,
    SearchFilter,
    SlugFilter,
    YesFilter,
)
from wiego_review.common.value_filters import ValueFilter

from .models import Note, Participant, Retreat, Session, StrategicReview, Suggestion

MOST = 8  # so many retreats stand side by side


class RetreatFilterSet(NamedFilterSet):
    kind = CodeFilter(Retreat.Kind, label=_("Kind"))
    review = SlugFilter(StrategicReview, label=_("Strategic review"))
    city = SlugFilter(City, label=_("City"))
    after = DayFilter(field_name="starts_on", lookup_expr="gte", label=_("From"))
    before = DayFilter(field_name="starts_on", lookup_expr="lte", label=_("Until"))


class OfRetreatFilterSet(ReviewFilterSet):
    search = SearchFilter()
    retreat = SlugFilter(Retreat, label=_("Retreat or meeting"))


class SessionFilterSet(OfRetreatFilterSet):
    status = CodeFilter(Session.Status, label=_("Status"))
    person = PartyFilter("by_people", kinds=("person",), label=_("Person"))


class ParticipantFilterSet(OfRetreatFilterSet):
    capacity = CodeFilter(Participant.Capacity, label=_("Came as"))
    attended = CodeFilter(Participant.Attended, label=_("Was there"), method="by_attended")
    person = PartyFilter("by_people", kinds=("person",), label=_("Person"))

    def by_attended(self, queryset, name, value):
        """Who came is told to those who see participants whole; others find nothing by it."""
        if value and "open" not in self.viewer.grains("participant"):
            return queryset.none()
        return queryset.filter(attended__in=value) if value else queryset


class IssueFilterSet(ReviewFilterSet):
    search = SearchFilter()
    review = SlugFilter(StrategicReview, label=_("Strategic review"))
    retreat = SlugFilter(Retreat, field_name="retreats", label=_("Raised at"))
    perhaps_linked = YesFilter(label=_("Perhaps belongs with another"), method="by_perhaps_linked")

    def by_perhaps_linked(self, queryset, name, value):
        """Links are told to those who see issues whole; others find nothing by them."""
        if value is None:
            return queryset
        whole = "open" in self.viewer.grains("issuelink")
        return queryset.perhaps_linked(value) if whole else queryset.none()


class SaidFilterSet(OfRetreatFilterSet):
    def by_unlinked(self, queryset, name, value):
        return queryset if value is None else queryset.unlinked(value)


UNLINKED = _("Said by a name nobody is known by")


class NoteFilterSet(SaidFilterSet):
    kind = CodeFilter(Note.Kind, label=_("Kind"))
    person = PartyFilter("by_people", kinds=("person",), label=_("Said by"))
    unlinked = YesFilter(method="by_unlinked", label=UNLINKED)
    theme = ValueFilter("theme", label=_("About"))
    for_whom = ValueFilter("for_whom", parts=True, label=_("For whom"))
    session = RefFilter(Session, field_name="session", label=_("Session"))
    matrix = YesFilter(field_name="matrix", label=_("Summary of the post-its only"))


class SuggestionFilterSet(SaidFilterSet):
    taken_up = CodeFilter(Suggestion.Taken, label=_("What became of it"))
    person = PartyFilter("by_people", kinds=("person",), label=_("Said by"))
    unlinked = YesFilter(method="by_unlinked", label=UNLINKED)
    for_whom = ValueFilter("for_whom", parts=True, label=_("For whom"))


class BallotFilterSet(ReviewFilterSet):
    search = SearchFilter()
    retreat = SlugFilter(Retreat, field_name="session__retreat", label=_("Retreat or meeting"))
    session = RefFilter(Session, field_name="session", label=_("Session"))


class CompareFilterSet(ReviewFilterSet):
    retreat = SlugFilter(Retreat, method="chosen", label=_("Retreats and meetings"))

    @cached_property
    def problems(self):
        """Also too many: what does not fit beside the rest would be left out without a word."""
        found = super().problems
        if not found and len(self.form.cleaned_data.get("retreat", ())) > MOST:
            told = _("At most %(most)s stand side by side. Take some off.") % {"most": MOST}
            found["retreat"] = [told]
        return found

    def chosen(self, queryset, name, value):
        return queryset.filter(pk__in=[each.pk for each in value]) if value else queryset
