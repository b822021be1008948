"""The list rows of the second floor."""

from collections import defaultdict

from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from programmes.rows import VERSION, sources_cell
from retreats.models import StrategicIssue, Suggestion
from retreats.note_rows import SuggestionRows
from retreats.rows import IssueRows
from wiego_review.common import refs
from wiego_review.common.cells import (
    Beside,
    Cell,
    Column,
    Linked,
    Made,
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

from .models import Assignment, Decision, FollowUp, Update
from .paper_rows import PAPER, fetch_outputs

PARTY = tuple(
    f"{party}__{column}"
    for party in ("person", "programme", "body", "organisation")
    for column in ("slug", "name")
)
PARTY_NAME = Coalesce(*(path for path in PARTY if path.endswith("__name")), "text")
PARTY_LINK = {"slug": "slug", "name": "text", "kind": "text"}
PARTIES = Shape("Party", PARTY_LINK)
TARGET = Shape("Party", PARTY_LINK, many=False)
DUE = {"due_on": "date", "due_until": "date", "due_text": "text"}
STEP = Shape("Step", {"ref": "ref", "title": "text", "state": "text", **DUE})
FIRST_DUE = Shape("FirstDue", {"on": "date", "until": "date", "text": "text"}, many=False)
FOLLOWING = Shape("IssueFollowUp", {"ref": "ref", "title": "text", "kind": "text", "state": "text"})
COMING_FROM = Shape("FromSuggestion", {"ref": "ref", "title": "text"})
PARTY_KINDS = ("person", "programme", "body", "organisation")


def party_cell(text, *columns) -> dict:
    """Whom an assignment names: `{"slug", "name", "kind"}`; a name not linked has no slug."""
    for number, kind in enumerate(PARTY_KINDS):
        if slug := columns[2 * number]:
            return {"slug": slug, "name": columns[2 * number + 1], "kind": kind}
    return {"slug": None, "name": text, "kind": "text"}


def party_name(text, *columns) -> str:
    return party_cell(text, *columns)["name"]


def assignments(ids, *fields):
    """`(order, key, role, follow-up, *fields)` of those that stand, in order."""
    rows = Assignment.objects.current().filter(follow_up__among=ids).order_by()
    # Sorted here: the database takes as long for it as for the rest.
    return sorted(rows.values_list("order", "pk", "role", "follow_up_id", *fields))


def fetch_assigned(ids, viewer):
    """`{role: {follow-up: parties}}`."""
    found = {"lead": defaultdict(list), "support": defaultdict(list)}
    for _order, _pk, role, follow_up, *columns in assignments(ids, "text", *PARTY):
        found[role][follow_up].append(party_cell(*columns))
    return found


def names_assigned(ids, viewer):
    """`{role: {follow-up: names}}`."""
    found = {"lead": defaultdict(list), "support": defaultdict(list)}
    for _order, _pk, role, follow_up, name in assignments(ids, PARTY_NAME):
        found[role][follow_up].append(name)
    return found


def assigned(role: str) -> Many:
    return Many(fetch_assigned, part=role, names=names_assigned)


def concerns(field: str, noun: str) -> Many:
    return many_linked(through(FollowUp, field), noun)


def fetch_steps(ids, viewer):
    rows = FollowUp.objects.visible_to(viewer).filter(parent__in=ids).order_by("order", "pk")
    times = ("due_on", "due_until", "due_text")
    return grouped(
        (row.pop("parent_id"), {"ref": refs.to_ref("F", row.pop("pk")), **row})
        for row in rows.values("parent_id", "pk", "title", "state", *times)
    )


def fetch_suggestions(ids, viewer):
    """The suggestions follow-ups come from, as the documents tell."""
    rows = FollowUp.suggestions.through.objects.filter(followup__in=ids)
    rows = rows.filter(suggestion__in=Suggestion.objects.visible_to(viewer))
    rows = rows.order_by("suggestion__order", "suggestion")
    return grouped(
        (pk, {"ref": refs.to_ref("G", suggestion), "title": title})
        for pk, suggestion, title in rows.values_list(
            "followup_id", "suggestion_id", "suggestion__title"
        )
    )


def original(on, until, text):
    return {"on": on, "until": until, "text": text}


class FollowUpRows(Rows):
    model = FollowUp
    cells = (
        ref_cell("F"),
        Cell("kind", _("Kind"), "code", Column("kind"), FollowUp.Kind),
        Cell("title", _("What is to be done"), "text", Column("title")),
        Cell("state", _("Where it stands"), "code", Column("state"), FollowUp.State),
        Cell("leads", _("Lead"), "links", assigned("lead"), shape=PARTIES),
        Cell("supports", _("With"), "links", assigned("support"), shape=PARTIES),
        Cell("programmes", _("Programmes"), "links", concerns("programmes", "programme")),
        Cell("parent", _("Part of"), "record", Referred("parent", "followup", "F")),
        Cell("issue", _("Strategic issue"), "record", Referred("issue", "strategicissue", "I")),
        Cell("retreat", _("Agreed at"), "link", Linked("retreat", "retreat")),
        Cell("due_on", _("Date"), "date", Column("due_on")),
        Cell("due_until", _("Last day"), "date", Column("due_until")),
        Cell("due_text", _("By when, as said"), "text", Column("due_text")),
        Cell("due_anchor", _("In time for"), "link", Linked("due_anchor", "retreat")),
        Cell("due_anchor_on", _("It begins"), "date", Beside("due_anchor", "retreat", "starts_on")),
        Cell("slips", _("Date moved"), "number", Column("slips")),
        Cell("overdue", _("Overdue"), "yes", Column("overdue")),
        Cell("quiet", _("No word for a year"), "yes", Column("quiet")),
        Cell("last_word_on", _("Last word"), "date", Column("last_word_on")),
        Cell("session", _("Session"), "record", Referred("session", "session", "S")),
        VERSION,
        Cell("updated_at", _("Changed"), "time", Column("updated_at")),
        url_cell("/follow-ups/", "F"),
    )
    detail = (
        Cell(
            "review",
            _("Strategic review"),
            "link",
            Linked("retreat__review", "strategicreview"),
        ),
        Cell("steps", _("Steps"), "json", Many(fetch_steps), shape=STEP),
        Cell("note", _("Note"), "text", Column("note")),
        Cell("sectors", _("Sectors"), "links", concerns("sectors", "sector")),
        Cell("regions", _("Regions"), "links", concerns("regions", "region")),
        Cell("cities", _("Cities"), "links", concerns("cities", "city")),
        Cell(
            "organisations", _("Organisations"), "links", concerns("organisations", "organisation")
        ),
        Cell(
            "commitments", _("Global commitments"), "links", concerns("commitments", "commitment")
        ),
        Cell(
            "suggestions",
            _("What it comes from"),
            "records",
            Many(fetch_suggestions),
            shape=COMING_FROM,
        ),
        Cell(
            "original_due",
            _("First date"),
            "json",
            Made(original, ("original_due_on", "original_due_until", "original_due_text")),
            shape=FIRST_DUE,
        ),
        Cell("outputs", _("Papers and files"), "json", Many(fetch_outputs), shape=PAPER),
        sources_cell(FollowUp),
        Cell("created_by", _("Written down by"), "link", Linked("created_by__person", "person")),
        Cell("created_at", _("Added"), "time", Column("created_at")),
    )

    def annotate(self, queryset, viewer):
        return queryset.with_quiet(viewer.today)


class AssignmentRows(Rows):
    model = Assignment
    cells = (
        ref_cell("A"),
        Cell("follow_up", _("Follow-up"), "record", Referred("follow_up", "followup", "F")),
        Cell("role", _("Role"), "code", Column("role"), Assignment.Role),
        Cell("order", _("Order"), "number", Column("order")),
        Cell("as_named", _("As named"), "text", Column("as_named")),
        Cell(
            "target",
            _("Who"),
            "link",
            Made(party_cell, ("text", *PARTY), party_name),
            shape=TARGET,
        ),
        Cell(
            "stays_in_words", _("Stays in words, nobody by name"), "yes", Column("stays_in_words")
        ),
        Cell("answer", _("Answer"), "code", Column("answer"), Assignment.Answer),
        Cell("ended_at", _("Ended"), "time", Column("ended_at")),
        VERSION,
    )
    detail = (sources_cell(Assignment),)


class UpdateRows(Rows):
    model = Update
    cells = (
        ref_cell("U"),
        Cell("follow_up", _("Follow-up"), "record", Referred("follow_up", "followup", "F")),
        Cell("text", _("Update"), "text", Column("text")),
        Cell(
            "by",
            _("By"),
            "link",
            Linked("by__person", "person"),
        ),
        Cell("as_told_by", _("As told by"), "link", Linked("as_told_by", "person")),
        Cell("at", _("When"), "time", Column("at")),
        VERSION,
    )


def follow_ups_of(field: str) -> Many:
    """The follow-ups that name a record in this field: a relation of theirs."""

    def fetch(ids, viewer):
        seen = FollowUp.objects.visible_to(viewer).filter(**{f"{field}__in": ids})
        rows = seen.order_by("due_sort", "pk")
        return grouped(
            (owner, {"ref": refs.to_ref("F", pk), "title": title, "kind": kind, "state": state})
            for owner, pk, title, kind, state in rows.values_list(
                field, "pk", "title", "kind", "state"
            )
        )

    return Many(fetch)


def follow_ups_cell(field: str) -> Cell:
    return Cell("follow_ups", _("Follow-ups"), "records", follow_ups_of(field), shape=FOLLOWING)


class DecisionRows(Rows):
    model = Decision
    cells = (
        ref_cell("D"),
        Cell("number", _("Number"), "text", Column("number")),
        Cell("body", _("Decided by"), "link", Linked("body", "body")),
        Cell("retreat", _("Retreat or meeting"), "link", Linked("retreat", "retreat")),
        Cell("title", _("What about"), "text", Column("title")),
        Cell("outcome", _("Outcome"), "code", Column("outcome"), Decision.Outcome),
        Cell("said_as", _("In the document's word"), "text", Column("said_as")),
        Cell("decided_on", _("Date"), "date", Column("decided_on")),
        Cell("decided_until", _("Last day"), "date", Column("decided_until")),
        Cell("decided_text", _("Date, as said"), "text", Column("decided_text")),
        Cell("state", _("Where it stands"), "code", Column("state"), Decision.State),
        Cell("sealed", _("Board only"), "yes", Column("sealed")),
        VERSION,
        url_cell("/decisions/", "D"),
    )
    detail = (
        Cell("issue", _("Strategic issue"), "record", Referred("issue", "strategicissue", "I")),
        follow_ups_cell("decisions"),
        sources_cell(Decision),
    )


class IssueWithFollowUps(IssueRows):
    """An issue's row with what follows from it: the second floor's part."""

    model = StrategicIssue
    cells = (*IssueRows.cells, follow_ups_cell("issue"))


class SuggestionWithFollowUps(SuggestionRows):
    """A suggestion's row with the follow-ups that come from it: the second floor's part."""

    model = Suggestion
    cells = (*SuggestionRows.cells, follow_ups_cell("suggestions"))
