"""How the fixtures of the first floor become records."""

from programmes.loading import Spec, nested_place
from programmes.seeds import slug_from_key

from .models import (
    Day,
    HeadCount,
    Participant,
    Retreat,
    Session,
    SessionPerson,
    StrategicIssue,
    StrategicReview,
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
)
