"""The list rows of the first floor."""

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from programmes.rows import NAME, SLUG, VERSION, sources_cell
from wiego_review.common.cells import (
    Cell,
    Column,
    Guarded,
    Linked,
    Many,
    Referred,
    Rows,
    Shape,
    grouped,
    many_linked,
    ref_cell,
    through,
    url_cell,
)

from .models import (
    Day,
    HeadCount,
    Participant,
    Retreat,
    ReviewInput,
    ReviewStep,
    Session,
    SessionPerson,
    StrategicIssue,
    StrategicReview,
)
from .story import DOTS, LINK, fetch_dots, fetch_links

HEADCOUNT = Shape(
    "HeadCount",
    {"capacity": "text", "as_named": "text", "number": "number", "out_of": "number"},
)
SPEAKER = Shape(
    "SessionPerson", {"slug": "slug", "name": "text", "as_named": "text", "topic": "text"}
)
STEP = Shape(
    "ReviewStep",
    {
        "order": "number",
        "title": "text",
        "status": "text",
        "starts_on": "date",
        "ends_on": "date",
        "when_text": "text",
        "retreat": "link",
        "note": "text",
    },
)
STEP_PATHS = ("review_id", "order", "title", "status", "when_text", "note")
STEP_PATHS += ("retreat_id", "retreat__slug", "retreat__name")
INPUT = Shape(
    "ReviewInput",
    {
        "kind": "text",
        "title": "text",
        "of_whom": "text",
        "number": "number",
        "people": "links",
        "organisations": "links",
        "note": "text",
    },
)
RETREAT = Cell("retreat", _("Retreat or meeting"), "link", Linked("retreat", "retreat"))


def fetch_headcounts(ids, viewer):
    rows = HeadCount.objects.filter(retreat__in=ids).order_by("capacity")
    return grouped(
        (pk, {"capacity": capacity, "as_named": named, "number": number, "out_of": out_of})
        for pk, capacity, named, number, out_of in rows.values_list(
            "retreat_id", "capacity", "as_named", "number", "out_of"
        )
    )


def fetch_steps(ids, viewer):
    rows = ReviewStep.objects.visible_to(viewer).filter(review__in=ids).order_by("order")
    named = viewer.namer("retreat")

    def told(row):
        slug, name = row.pop("retreat__slug"), row.pop("retreat__name")
        row["retreat"] = {"slug": slug, "name": name} if named(row.pop("retreat_id")) else None
        return row.pop("review_id"), row

    return grouped(
        map(told, rows.values(*STEP_PATHS, starts_on=F("when_on"), ends_on=F("when_until")))
    )


def fetch_inputs(ids, viewer):
    rows = ReviewInput.objects.visible_to(viewer).filter(review__in=ids).order_by("order")
    rows = list(rows.values("pk", "review_id", "kind", "title", "of_whom", "number", "note"))
    keys = [row["pk"] for row in rows]
    people = many_linked(through(ReviewInput, "people"), "person").fetch(keys, viewer)
    organisations = many_linked(through(ReviewInput, "organisations"), "organisation")
    organisations = organisations.fetch(keys, viewer)
    for row in rows:
        pk = row.pop("pk")
        row |= {"people": people.get(pk, []), "organisations": organisations.get(pk, [])}
    return grouped((row.pop("review_id"), row) for row in rows)


class RetreatRows(Rows):
    model = Retreat
    cells = (
        SLUG,
        NAME,
        Cell("theme", _("Theme"), "text", Column("theme")),
        Cell("kind", _("Kind"), "code", Column("kind"), Retreat.Kind),
        Cell("venue", _("Venue"), "text", Column("venue")),
        Cell("city", _("City"), "link", Linked("city", "city")),
        Cell("place", _("Place"), "text", Column("place")),
        Cell("country", _("Country"), "text", Column("country")),
        Cell("starts_on", _("First day"), "date", Column("starts_on")),
        Cell("ends_on", _("Last day"), "date", Column("ends_on")),
        Cell("dates_exact", _("Days are exact"), "yes", Column("dates_exact")),
        Cell("dates_text", _("Date, as said"), "text", Column("dates_text")),
        Cell("review", _("Strategic review"), "link", Linked("review", "strategicreview")),
        Cell("countries", _("Countries"), "texts", Column("countries")),
        Cell("themes", _("Themes"), "texts", Column("themes")),
        Cell(
            "organisations",
            _("Organisations"),
            "links",
            many_linked(through(Retreat, "organisations"), "organisation"),
        ),
        VERSION,
        url_cell("/retreats/"),
    )
    detail = (
        Cell("headcounts", _("How many came"), "json", Many(fetch_headcounts), shape=HEADCOUNT),
        sources_cell(Retreat),
    )


class ReviewRows(Rows):
    model = StrategicReview
    cells = (
        SLUG,
        Cell("title", _("Title"), "text", Column("name")),
        Cell(
            "committees",
            _("Committees"),
            "links",
            many_linked(through(StrategicReview, "committees"), "body"),
        ),
        VERSION,
        url_cell("/reviews/"),
    )
    detail = (
        Cell("steps", _("Steps"), "json", Many(fetch_steps), shape=STEP),
        Cell("inputs", _("Surveys and papers"), "json", Many(fetch_inputs), shape=INPUT),
        sources_cell(StrategicReview),
    )


class DayRows(Rows):
    model = Day
    cells = (
        ref_cell("Y"),
        RETREAT,
        Cell("number", _("Day"), "number", Column("number")),
        Cell("date", _("Date"), "date", Column("date")),
        Cell("heading", _("Heading"), "text", Column("heading")),
        Cell("venue", _("Venue"), "text", Column("venue")),
        VERSION,
    )
    detail = (sources_cell(Day),)


def people_of(role):
    def fetch(ids, viewer):
        named = SessionPerson.objects.standing().filter(session__in=ids, role=role)
        rows = named.order_by("order", "pk")
        return grouped(
            (pk, {"slug": slug, "name": name, "as_named": as_named, "topic": topic})
            for pk, person, slug, name, as_named, topic in rows.values_list(
                "session_id", "person_id", "person__slug", "person__name", "as_named", "topic"
            )
            if viewer.names("person", person)
        )

    return Many(fetch, noun="person")


class SessionRows(Rows):
    model = Session
    cells = (
        ref_cell("S"),
        RETREAT,
        Cell("day", _("Day"), "number", Column("day__number")),
        Cell("order", _("Order"), "number", Column("order")),
        Cell("title", _("Title"), "text", Column("title")),
        Cell("status", _("Status"), "code", Column("status"), Session.Status),
        Cell("audience", _("For whom"), "code", Column("audience"), Session.Audience),
        Cell("moved_to", _("Where its topic went"), "text", Column("moved_to")),
        Cell("facilitators", _("Facilitators"), "links", people_of("facilitator"), shape=SPEAKER),
        Cell("speakers", _("Speakers"), "links", people_of("speaker"), shape=SPEAKER),
        Cell("discussants", _("Discussants"), "links", people_of("discussant"), shape=SPEAKER),
        VERSION,
        url_cell("/sessions/", "S"),
    )
    detail = (sources_cell(Session),)


class ParticipantRows(Rows):
    model = Participant
    cells = (
        ref_cell("P"),
        RETREAT,
        Cell("person", _("Person"), "link", Linked("person", "person")),
        Cell("capacity", _("Came as"), "code", Column("capacity"), Participant.Capacity),
        Cell(
            "attended",
            _("Was there"),
            "code",
            Guarded("attended", "participant"),
            Participant.Attended,
        ),
        VERSION,
    )
    detail = (sources_cell(Participant),)


class IssueRows(Rows):
    model = StrategicIssue
    cells = (
        ref_cell("I"),
        Cell("title", _("Title"), "text", Column("title")),
        Cell(
            "retreats",
            _("Raised at"),
            "links",
            many_linked(through(StrategicIssue, "retreats"), "retreat", "date_sort"),
        ),
        Cell("review", _("Strategic review"), "link", Linked("review", "strategicreview")),
        VERSION,
        url_cell("/issues/", "I"),
    )
    detail = (
        Cell("session", _("Session"), "record", Referred("session", "session", "S")),
        Cell("dots", _("Dots"), "json", Many(fetch_dots), shape=DOTS),
        Cell("links", _("Issues near it"), "json", Many(fetch_links), shape=LINK),
        sources_cell(StrategicIssue),
    )
