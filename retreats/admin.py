"""The first floor in the admin: what we discussed."""

from django.contrib import admin
from django.db.models import JSONField
from django.utils.translation import gettext_lazy as _

from programmes.admin import RecordAdmin
from programmes.models import Person
from wiego_review.common.filters import (
    CodeFilter,
    RefFilter,
    ReviewFilterSet,
    SearchFilter,
    SlugFilter,
)

from .forms import LinesField
from .listings import LISTINGS
from .models import (
    Ballot,
    BallotOption,
    Day,
    HeadCount,
    IssueLink,
    Note,
    Participant,
    Retreat,
    ReviewInput,
    ReviewStep,
    Session,
    SessionPerson,
    StrategicIssue,
    StrategicReview,
    Suggestion,
)

BY_NAME = {listing.name: listing for listing in LISTINGS}


class SessionPersonFilterSet(ReviewFilterSet):
    search = SearchFilter("person__search_text")
    role = CodeFilter(SessionPerson.Role, label=_("Role"))
    session = RefFilter(Session, field_name="session", label=_("Session"))
    person = SlugFilter(Person, label=_("Person"))


class OptionFilterSet(ReviewFilterSet):
    search = SearchFilter("ballot__search_text")
    ballot = RefFilter(Ballot, field_name="ballot", label=_("Dot vote"))


class OfReviewFilterSet(ReviewFilterSet):
    search = SearchFilter("review__search_text")
    review = SlugFilter(StrategicReview, label=_("Strategic review"))


class LinkFilterSet(ReviewFilterSet):
    search = SearchFilter("issue__search_text")
    state = CodeFilter(IssueLink.State, label=_("Where it stands"))
    issue = RefFilter(StrategicIssue, field_name="issue", label=_("Strategic issue"))


class HeadCountFilterSet(ReviewFilterSet):
    search = SearchFilter("retreat__search_text")
    retreat = SlugFilter(Retreat, label=_("Retreat or meeting"))


@admin.register(StrategicReview)
class StrategicReviewAdmin(RecordAdmin):
    listing = BY_NAME["reviews"]
    columns = ("title", "committees")
    fields = ("name", "committees")
    page_name = "reviews-detail"
    parts = (
        (Retreat, "review", "review"),
        (StrategicIssue, "review", "review"),
        (ReviewStep, "review", "review"),
        (ReviewInput, "review", "review"),
    )


@admin.register(Retreat)
class RetreatAdmin(RecordAdmin):
    listing = BY_NAME["retreats"]
    columns = ("name", "kind", "city", "country", "starts_on", "ends_on", "dates_text")
    fields = (
        "name",
        "theme",
        "kind",
        "body",
        "review",
        "venue",
        "city",
        "place",
        "country",
        "starts_on",
        "ends_on",
        "dates_exact",
        "dates_text",
        "timezone",
        "organisations",
        "countries",
        "themes",
    )
    formfield_overrides = {JSONField: {"form_class": LinesField}}
    page_name = "retreats-detail"
    parts = (
        (Day, "retreat", "retreat"),
        (Session, "retreat", "retreat"),
        (Participant, "retreat", "retreat"),
        (HeadCount, "retreat", "retreat"),
        (Note, "retreat", "retreat"),
        (Suggestion, "retreat", "retreat"),
    )


@admin.register(Day)
class DayAdmin(RecordAdmin):
    listing = BY_NAME["days"]
    columns = ("number", "retreat", "date", "heading", "venue")
    fields = ("retreat", "number", "date", "heading", "venue")
    search_fields = ("heading",)

    def get_search_results(self, request, queryset, search_term):
        """A day is looked for by its number or in its heading."""
        found = queryset
        for word in search_term.split():
            by_number = queryset.filter(number=word) if word.isdecimal() else queryset.none()
            found &= by_number | queryset.filter(heading__contains=word)
        return found, False


@admin.register(Session)
class SessionAdmin(RecordAdmin):
    listing = BY_NAME["sessions"]
    columns = ("title", "retreat", "day", "status", "facilitators", "speakers")
    fields = ("retreat", "day", "order", "title", "status", "audience", "moved_to")
    page_name = "sessions-detail"
    parts = (
        (SessionPerson, "session", "session"),
        (Note, "session", "session"),
        (Ballot, "session", "session"),
    )


@admin.register(SessionPerson)
class SessionPersonAdmin(RecordAdmin):
    filterset = SessionPersonFilterSet
    list_display = ("person", "session", "role", "topic")
    list_select_related = ("person", "session")
    fields = ("session", "person", "role", "order", "topic", "as_named")


@admin.register(Participant)
class ParticipantAdmin(RecordAdmin):
    listing = BY_NAME["participants"]
    columns = ("person", "retreat", "capacity", "attended")
    fields = ("retreat", "person", "capacity", "attended", "days", "days_missed")


@admin.register(HeadCount)
class HeadCountAdmin(RecordAdmin):
    filterset = HeadCountFilterSet
    ordering = ("retreat_id", "capacity")
    list_display = ("retreat", "capacity", "number", "out_of", "as_named")
    list_select_related = ("retreat",)
    fields = ("retreat", "capacity", "number", "out_of", "as_named")


@admin.register(StrategicIssue)
class StrategicIssueAdmin(RecordAdmin):
    listing = BY_NAME["issues"]
    columns = ("title", "retreats", "review")
    fields = ("title", "review", "retreats", "session")
    page_name = "issues-detail"
    parts = ((IssueLink, "issue", "issue"),)


@admin.register(IssueLink)
class IssueLinkAdmin(RecordAdmin):
    filterset = LinkFilterSet
    list_display = ("issue", "other", "kind", "state")
    list_select_related = ("issue", "other")
    fields = ("issue", "other", "kind", "why")


@admin.register(Note)
class NoteAdmin(RecordAdmin):
    listing = BY_NAME["notes"]
    columns = ("text", "kind", "retreat", "session", "said_by", "theme", "for_whom")
    fields = (
        "retreat",
        "session",
        "order",
        "kind",
        "theme",
        "for_whom",
        "text",
        "said_as",
        "said_by",
        "said_by_text",
        "stays_in_words",
        "said_by_uncertain",
        "matrix",
    )
    page_name = "notes-detail"


@admin.register(Suggestion)
class SuggestionAdmin(RecordAdmin):
    listing = BY_NAME["suggestions"]
    columns = ("title", "retreat", "said_by", "for_whom", "times", "taken_up")
    fields = (
        "retreat",
        "order",
        "title",
        "text",
        "for_whom",
        "said_by",
        "said_by_text",
        "stays_in_words",
        "times",
        "taken_up",
    )
    page_name = "suggestions-detail"


@admin.register(Ballot)
class BallotAdmin(RecordAdmin):
    listing = BY_NAME["ballots"]
    columns = ("title", "retreat", "session", "total_dots")
    fields = ("session", "title", "question", "dots_per_voter", "entitled", "order_text", "note")
    page_name = "ballots-detail"
    parts = ((BallotOption, "ballot", "ballot"),)


@admin.register(BallotOption)
class BallotOptionAdmin(RecordAdmin):
    filterset = OptionFilterSet
    list_display = ("text", "ballot", "announced_position", "dots", "issue")
    list_select_related = ("ballot", "issue")
    fields = ("ballot", "text", "announced_position", "dots", "issue", "reasons")


@admin.register(ReviewStep)
class ReviewStepAdmin(RecordAdmin):
    filterset = OfReviewFilterSet
    list_display = ("title", "review", "order", "status", "when_text")
    list_select_related = ("review",)
    fields = (
        "review",
        "order",
        "title",
        "status",
        "when_on",
        "when_until",
        "when_text",
        "retreat",
        "note",
    )


@admin.register(ReviewInput)
class ReviewInputAdmin(RecordAdmin):
    filterset = OfReviewFilterSet
    list_display = ("title", "review", "kind", "of_whom")
    list_select_related = ("review",)
    fields = (
        "review",
        "order",
        "kind",
        "title",
        "of_whom",
        "number",
        "people",
        "organisations",
        "note",
    )
