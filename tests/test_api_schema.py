"""What the schema tells is what REST answers, and what REST answers is in the schema."""

import jsonschema
import pytest
from django.core.management import call_command
from django.urls import get_resolver
from drf_spectacular.generators import SchemaGenerator

from tests.factories import (
    AssignmentFactory,
    FollowUpFactory,
    OutputFactory,
    PersonFactory,
    UpdateFactory,
)
from wiego_review.common.tables import tables

START = "/api/v1/"


@pytest.fixture(scope="module")
def schema():
    return SchemaGenerator().get_schema(request=None, public=True)


@pytest.fixture
def every_noun_has_a_row(db):
    """The real data has no updates and no papers yet."""
    follow_up = FollowUpFactory()
    AssignmentFactory(follow_up=follow_up, person=None, text="Somebody")
    UpdateFactory(follow_up=follow_up, as_told_by=PersonFactory())
    OutputFactory(follow_up=follow_up)


def nouns(schema):
    found = {path[len(START) : -1] for path in schema["paths"] if path.count("/") == 4}
    return sorted(found - {"search"})


def validate(schema, operation, answer):
    """Hold an answer against the schema of its operation and status."""
    content = operation["responses"][str(answer.status_code)]["content"]["application/json"]
    whole = {**nullable(content["schema"]), "components": nullable(schema["components"])}
    jsonschema.validate(
        answer.json(),
        whole,
        jsonschema.Draft4Validator,
        format_checker=jsonschema.FormatChecker(),
    )


def nullable(part):
    """OpenAPI 3.0's `nullable` as JSON schema says it."""
    if isinstance(part, list):
        return [nullable(each) for each in part]
    if not isinstance(part, dict):
        return part
    told = {name: nullable(each) for name, each in part.items() if name != "nullable"}
    return {"anyOf": [told, {"type": "null"}]} if part.get("nullable") is True else told


def test_schema_is_made_without_a_warning(tmp_path):
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(tmp_path / "schema.yml"))


def test_every_list_and_detail_is_as_the_schema_tells(
    schema, api_of, team_member, every_noun_has_a_row
):
    api = api_of(team_member)
    told = []
    for noun in nouns(schema):
        rows = api.get(f"{START}{noun}/?page_size=100")
        validate(schema, schema["paths"][f"{START}{noun}/"]["get"], rows)
        results = rows.json()["results"]
        for row in [*results[:3], *results[-3:]]:
            key = row.get("slug") or row["ref"]
            detail = api.get(f"{START}{noun}/{key}/")
            validate(schema, schema["paths"][f"{START}{noun}/{{key}}/"]["get"], detail)
        told.append((noun, len(results) > 0))

    assert told == [(noun, True) for noun in nouns(schema)]


@pytest.mark.parametrize("query", ["search=wiego&page_size=5", "search=zzzzqqqq", "colour=red"])
def test_search_is_as_the_schema_tells(schema, api_of, team_member, query):
    address = f"{START}search/"

    validate(schema, schema["paths"][address]["get"], api_of(team_member).get(f"{address}?{query}"))


def test_all_that_touches_a_record_is_as_the_schema_tells(schema, api_of, team_member):
    api = api_of(team_member)
    told = []
    for path in [path for path in schema["paths"] if path.endswith("/{key}/all/")]:
        noun = path[len(START) :].partition("/")[0]
        rows = api.get(f"{START}{noun}/?page_size=3").json()["results"]
        keys = [row.get("slug") or row["ref"] for row in rows]
        for place in [f"{path.replace('{key}', key)}?page_size=5" for key in keys]:
            for query in ("", "&search=wiego", "&colour=red"):
                validate(schema, schema["paths"][path]["get"], api.get(place + query))
        told.append(noun)

    assert sorted(told) == [
        "bodies", "cities", "commitments", "issues", "organisations", "people", "plans",
        "programmes", "regions", "retreats", "reviews", "sectors",
    ]  # fmt: skip


def test_every_field_told_is_shown_and_every_field_shown_is_told(
    schema, api_of, team_member, every_noun_has_a_row
):
    api = api_of(team_member)
    for noun in nouns(schema):
        row = api.get(f"{START}{noun}/").json()["results"][0]
        detail = api.get(f"{START}{noun}/{row.get('slug') or row['ref']}/").json()
        assert list(row) == fields_of(schema, f"{START}{noun}/", "results")
        assert list(detail) == fields_of(schema, f"{START}{noun}/{{key}}/")


def fields_of(schema, path, within=None):
    answer = schema["paths"][path]["get"]["responses"]["200"]
    told = part_of(schema, answer["content"]["application/json"]["schema"])
    if within:
        told = part_of(schema, told["properties"][within]["items"])
    return list(told["properties"])


def part_of(schema, told):
    name = told["$ref"].rpartition("/")[2]
    return schema["components"]["schemas"][name]


def test_errors_are_as_the_schema_tells(schema, api_of, team_member, guest):
    api = api_of(team_member)
    foreign = FollowUpFactory()
    paths = schema["paths"]
    follow_ups, one = paths["/api/v1/follow-ups/"], paths["/api/v1/follow-ups/{key}/"]

    validate(schema, follow_ups["get"], api.get("/api/v1/follow-ups/?colour=red"))
    validate(schema, follow_ups["get"], api.get("/api/v1/follow-ups/?lead=zzz"))
    validate(schema, one["get"], api.get("/api/v1/follow-ups/F-00000000/"))
    validate(schema, follow_ups["post"], api.post("/api/v1/follow-ups/", {}, format="json"))
    validate(
        schema,
        one["patch"],
        api.patch(f"/api/v1/follow-ups/{foreign.ref}/", {"note": "x"}, format="json"),
    )


def test_paths_and_routes_are_the_same(schema):
    told = {
        (path, method.upper())
        for path, operations in schema["paths"].items()
        for method in operations
    }
    routed = {
        (path, method.upper())
        for path, actions in routes(get_resolver().url_patterns)
        for method in actions
        if method != "head"
    }

    assert told == routed


def routes(patterns, start="/"):
    """`(path as the schema writes it, methods)` of every REST route."""
    for each in patterns:
        path = start + str(each.pattern).removeprefix("^").removesuffix("$").removesuffix("\\Z")
        if hasattr(each, "url_patterns"):
            yield from routes(each.url_patterns, path)
        elif hasattr(getattr(each, "callback", None), "actions"):
            yield path.replace("(?P<key>[^/]+)", "{key}"), each.callback.actions
        elif getattr(each, "name", "") in ("api-search", *(f"api-{name}" for name in tables)):
            yield path, ("get",)


def test_every_table_is_as_the_schema_tells(schema, api_of, team_member):
    for name in tables:
        path = f"{START}tables/{name}/"
        validate(schema, schema["paths"][path]["get"], api_of(team_member).get(path))
        validate(schema, schema["paths"][path]["get"], api_of(team_member).get(f"{path}?colour=1"))


def test_repeated_parameters_are_arrays_and_codes_are_listed(schema):
    operation = schema["paths"]["/api/v1/follow-ups/"]["get"]
    told = {each["name"]: each["schema"] for each in operation["parameters"]}

    assert told["lead"] == {"type": "array", "items": {"type": "string"}}
    assert told["state"]["items"]["enum"] == [
        "suggested", "not_started", "under_way", "needs_help", "done", "dropped",
    ]  # fmt: skip
    assert told["overdue"] == {"type": "boolean"}
    assert told["due_by"] == {"type": "string", "format": "date"}
    assert told["page_size"] == {"type": "integer", "minimum": 1, "maximum": 100}


def test_schema_and_its_pages_want_a_sign_in(client_of, team_member, client):
    signed_in = client_of(team_member)

    assert client.get("/api/v1/schema/").status_code == 401
    assert signed_in.get("/api/v1/schema/").status_code == 200
    assert signed_in.get("/api/v1/docs/").status_code == 200
