"""How the fixtures of the first floor become records."""

from programmes.loading import Spec, nested, nested_place
from programmes.seeds import slug_from_key

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

HEADCOUNT = Spec(
    "headcount",
    HeadCount,
    names={"of": "out_of"},
    refers={"retreat": "retreat"},
    drop=("lines", "document"),
)
SESSION_PERSON = Spec(
    "sessionperson",
    SessionPerson,
    refers={"session": "session", "person": "person"},
    drop=("lines",),
)


def headcounts(table):
    for count in table.get("headcounts", ()):
        yield (
            HEADCOUNT,
            {
                **count,
                "retreat": table["key"],
                "key": f"{table['key']}/{count['capacity'] or count['number']}",
                "source": nested_place(table, count),
            },
        )


def session_people(table):
    for order, person in enumerate(table.get("people", ()), start=1):
        yield (
            SESSION_PERSON,
            {
                **person,
                "order": order,
                "session": table["key"],
                "key": f"{table['key']}/{person['role']}/{person['person']}",
                "source": nested_place(table, person),
            },
        )


def option_values(values, table):
    """The order of the tables is the order announced."""
    return {"announced_position": values.pop("order"), **values}


def in_order(tables):
    for order, table in enumerate(tables, start=1):
        yield {"order": order, **table}


OPTION = Spec(
    "option",
    BallotOption,
    refers={"ballot": "ballot", "issue": "issue"},
    refers_many={"reasons": "note"},
    drop=("lines", "document"),
    finish=option_values,
)
SPECS = (
    Spec(
        "review",
        StrategicReview,
        names={"title": "name"},
        refers_many={"committees": "body"},
        finish=slug_from_key,
    ),
    Spec(
        "retreat",
        Retreat,
        names={"title": "name"},
        refers={"body": "body", "review": "review", "city": "city"},
        refers_many={"organisations": "organisation"},
        drop=("headcounts",),
        finish=slug_from_key,
        parts=headcounts,
    ),
    Spec("day", Day, refers={"retreat": "retreat"}),
    Spec(
        "session",
        Session,
        refers={"retreat": "retreat", "day": "day"},
        drop=("people",),
        parts=session_people,
    ),
    Spec(
        "participant",
        Participant,
        refers={"retreat": "retreat", "person": "person"},
        refers_many={"days": "day", "days_missed": "day"},
    ),
    Spec(
        "issue",
        StrategicIssue,
        refers={"review": "review", "session": "session"},
        refers_many={"retreats": "retreat"},
    ),
    Spec("issue_link", IssueLink, refers={"issue": "issue", "other": "issue"}),
    Spec("step", ReviewStep, refers={"review": "review", "retreat": "retreat"}),
    Spec(
        "input",
        ReviewInput,
        refers={"review": "review"},
        refers_many={"people": "person", "organisations": "organisation"},
    ),
    Spec(
        "note",
        Note,
        refers={"retreat": "retreat", "session": "session"},
        refers_many={"said_by": "person"},
    ),
    Spec(
        "suggestion",
        Suggestion,
        refers={"retreat": "retreat"},
        refers_many={"said_by": "person"},
        prepare=in_order,
    ),
    Spec(
        "ballot",
        Ballot,
        refers={"session": "session"},
        drop=("options",),
        parts=nested(OPTION, "ballot", "options", "text"),
    ),
)
