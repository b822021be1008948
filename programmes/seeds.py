"""How the fixtures of the ground floor become records."""

from .loading import Spec, nested_place
from .models import (
    Alias,
    Body,
    City,
    Membership,
    Organisation,
    Person,
    Programme,
    Region,
    Sector,
    SourceDocument,
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


SPECS = (
    Spec("document", SourceDocument, names={"sha256": "digest"}, finish=slug_from_key),
    Spec("sector", Sector, finish=slug_from_key),
    Spec("region", Region, finish=slug_from_key),
    Spec("city", City, finish=slug_from_key),
    party("programme", Programme),
    party("body", Body),
    party("organisation", Organisation),
    party("person", Person, refers={"organisation": "organisation"}),
    Spec(
        "membership",
        Membership,
        refers={"person": "person", "body": "body", "programme": "programme"},
    ),
)
