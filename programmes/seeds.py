"""How the fixtures of the ground floor become records."""

from .loading import Spec, nested, nested_place
from .models import (
    Alias,
    Body,
    City,
    Commitment,
    CommitmentWork,
    Concern,
    Contradiction,
    Fact,
    Membership,
    Organisation,
    OrganisationName,
    OrganisationRole,
    Person,
    Pillar,
    Plan,
    PlanPoint,
    Programme,
    Provision,
    Region,
    Sector,
    SourceDocument,
    Understanding,
)


def slug_from_key(values, table):
    return {"slug": table["key"], **values}


def aliases_of(owner: str):
    """The spellings nested in a person, programme, body or organisation."""
    spec = Spec("alias", Alias, refers={owner: owner}, drop=("lines", "document"))

    def parts(table):
        for alias in table.get("aliases", ()):
            alias = {"name": alias} if isinstance(alias, str) else alias
            yield (
                spec,
                {
                    **alias,
                    owner: table["key"],
                    "key": f"{owner}/{table['key']}/{alias['name']}",
                    "source": nested_place(table, alias),
                },
            )

    return parts


def party(noun, model, **kwargs):
    return Spec(
        noun,
        model,
        drop=("aliases",),
        finish=slug_from_key,
        parts=aliases_of(noun),
        **kwargs,
    )


def without_order(values, table):
    values.pop("order", None)
    return values


PLACED = ("lines", "document")
NAME = Spec(
    "organisation_name",
    OrganisationName,
    refers={"organisation": "organisation"},
    drop=PLACED,
    finish=without_order,
)
ROLE = Spec(
    "organisation_role",
    OrganisationRole,
    refers={"organisation": "organisation"},
    drop=PLACED,
    finish=without_order,
)
PROVISION = Spec("provision", Provision, refers={"commitment": "commitment"}, drop=PLACED)
PILLAR = Spec("pillar", Pillar, refers={"plan": "plan"}, drop=PLACED)
CONCERN = Spec(
    "concern",
    Concern,
    refers={"contradiction": "contradiction"},
    refers_any={"record": ("content_type", "object_id")},
    drop=PLACED,
    finish=without_order,
)


def organisation_parts(table):
    yield from aliases_of("organisation")(table)
    yield from nested(NAME, "organisation", "names", "name")(table)
    yield from nested(ROLE, "organisation", "roles", "role")(table)


def plain_words(values, table):
    """The spellings of a commitment, without their places."""
    names = [each if isinstance(each, str) else each["name"] for each in table.get("names", ())]
    return slug_from_key({**values, "other_names": list(dict.fromkeys(names))}, table)


OWNERS = {each: each for each in ("person", "programme", "body", "organisation", "city")}
SPECS = (
    Spec("document", SourceDocument, names={"sha256": "digest"}, finish=slug_from_key),
    Spec("sector", Sector, finish=slug_from_key),
    Spec("region", Region, finish=slug_from_key),
    Spec("city", City, finish=slug_from_key),
    party("programme", Programme),
    party("body", Body),
    Spec(
        "organisation",
        Organisation,
        refers={"part_of": "organisation"},
        drop=("aliases", "names", "roles"),
        finish=slug_from_key,
        parts=organisation_parts,
    ),
    party("person", Person, refers={"organisation": "organisation"}),
    Spec(
        "membership",
        Membership,
        refers={"person": "person", "body": "body", "programme": "programme", "city": "city"},
    ),
    Spec("fact", Fact, refers=OWNERS),
    Spec(
        "commitment",
        Commitment,
        refers={"city": "city"},
        refers_many={"sectors": "sector"},
        drop=("names", "provisions"),
        finish=plain_words,
        parts=nested(PROVISION, "commitment", "provisions", "text"),
    ),
    Spec(
        "commitment_work",
        CommitmentWork,
        refers_many={
            "commitments": "commitment",
            "people": "person",
            "programmes": "programme",
            "bodies": "body",
            "organisations": "organisation",
        },
    ),
    Spec(
        "plan",
        Plan,
        names={"title": "name"},
        refers={"programme": "programme", "body": "body", "organisation": "organisation"},
        refers_many={"cities": "city"},
        drop=("pillars",),
        finish=slug_from_key,
        parts=nested(PILLAR, "plan", "pillars", "name"),
    ),
    Spec(
        "plan_point",
        PlanPoint,
        refers={"plan": "plan", "pillar": "pillar"},
        refers_many={"sectors": "sector", "cities": "city"},
    ),
)
# What may concern a record of any floor comes after all of them.
LAST_SPECS = (
    Spec(
        "contradiction",
        Contradiction,
        drop=("concerns",),
        parts=nested(CONCERN, "contradiction", "concerns", "record"),
    ),
    Spec(
        "understanding",
        Understanding,
        refers_any={"record": ("content_type", "object_id"), "other": ("other_type", "other_id")},
    ),
)
