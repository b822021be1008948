"""How the fixtures of the second floor become records."""

from programmes.loading import Spec, nested_place

from .models import Assignment, Decision, FollowUp, Output

PARTIES = ("person", "programme", "body", "organisation")
ASSIGNMENT = Spec(
    "assignment",
    Assignment,
    refers={"follow_up": "follow_up", **{party: party for party in PARTIES}},
    drop=("lines", "document"),
)


def assignments(table):
    """The leads and supports nested in a follow-up, in the document's order."""
    for order, given in enumerate(table.get("assignments", ()), start=1):
        named = next(given[each] for each in (*PARTIES, "text") if each in given)
        yield (
            ASSIGNMENT,
            {
                **given,
                "order": order,
                "follow_up": table["key"],
                "key": f"{table['key']}/{given['role']}/{named}",
                "source": nested_place(table, given),
            },
        )


def in_order(tables):
    """Numbered as the document has them, and with the place of their date among the sources."""
    for order, table in enumerate(tables, start=1):
        due = nested_place(table, {"lines": table["due_lines"]}) if "due_lines" in table else []
        yield {**table, "order": order, "source": table["source"] + due}


def follow_up_values(values, table):
    """The date told is also the first one; the last word is the document's own date."""
    for name in ("on", "until", "text"):
        if f"due_{name}" in values:
            values[f"original_due_{name}"] = values[f"due_{name}"]
    return values


def decision_values(values, table):
    """Open decisions are numbered by the body's code and year."""
    body, year, order = values["body"], values.pop("number_year"), values.pop("order")
    number = f"{body.code}-{year}-{order}" if body.code else ""
    return {**values, "year": year, "number": number, "state": "confirmed"}


FOLLOW_UP = Spec(
    "follow_up",
    FollowUp,
    refers={
        "retreat": "retreat",
        "session": "session",
        "issue": "issue",
        "parent": "follow_up",
        "due_anchor": "retreat",
    },
    refers_many={
        "programmes": "programme",
        "sectors": "sector",
        "regions": "region",
        "cities": "city",
        "organisations": "organisation",
        "commitments": "commitment",
        "suggestions": "suggestion",
    },
    drop=("assignments", "due_lines"),
    finish=follow_up_values,
    prepare=in_order,
    parts=assignments,
)
DECISION = Spec(
    "decision",
    Decision,
    refers={"body": "body", "retreat": "retreat", "issue": "issue"},
    refers_many={"follow_ups": "follow_up"},
    finish=decision_values,
)
OUTPUT = Spec(
    "output",
    Output,
    refers={
        "follow_up": "follow_up",
        "session": "session",
        "retreat": "retreat",
        "issue": "issue",
    },
)
SPECS = (FOLLOW_UP, DECISION, OUTPUT)
