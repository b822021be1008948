"""What the schema of REST allows, and what it does not: cases of schemathesis, sent in-process."""

import zlib
from copy import deepcopy
from urllib.parse import parse_qs, urlsplit

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed
from hypothesis import settings as tries
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import AcceptedNegativeData, FailureGroup
from schemathesis.core.transport import Response
from schemathesis.specs.openapi import checks as openapi

from tests.rest import START
from wiego_review.common.listing import listings

CHECKS = [
    not_a_server_error,
    openapi.status_code_conformance,
    openapi.content_type_conformance,
    openapi.response_headers_conformance,
    openapi.response_schema_conformance,
    openapi.negative_data_rejection,
    openapi.allow_header_conformance,
    openapi.unsupported_method,
]
MODES = list(GenerationMode)
HEADERS = {"If-Match": ['"1"', '"2"'], "Idempotency-Key": ["once"], "search": ["wiego", "africa"]}
# What a parameter or field names, where it is not called as the list is.
NOUNS = {
    "lead": "people", "support": "people", "person": "people", "party": "people",
    "as_told_by": "people", "leads": "people", "supports": "people", "parent": "follow-ups",
    "follow_up": "follow-ups", "city": "cities", "body": "bodies",
}  # fmt: skip


def known_keys() -> dict:
    """`{list: a few of its slugs or refs}`, the same records in every run."""
    found = {}
    for listing in listings.values():
        order = listing.orderings[listing.default_ordering.lstrip("-")]
        rows = listing.model.objects.order_by(*order, "pk")[:4]
        found[listing.name] = [getattr(row, listing.lookup) for row in rows]
    return found


def with_known(told: dict, keys: dict) -> dict:
    """The schema as it is, but that its free texts are often what is there."""
    told = deepcopy(told)
    for path, operations in told["paths"].items():
        of_path = {"key": keys.get(path.removeprefix(START).partition("/")[0])}
        for operation in operations.values():
            for each in operation["parameters"]:
                each.pop("allowEmptyValue", None)
                each["schema"] = often(each["schema"], values_of(each["name"], keys, of_path))
    for name, component in told["components"]["schemas"].items():
        if name.endswith("Request"):
            for field, schema in component["properties"].items():
                component["properties"][field] = often(schema, values_of(field, keys, {}))
    return told


def values_of(name, keys, of_path) -> list:
    noun = NOUNS.get(name, name)
    return of_path.get(name) or HEADERS.get(name) or keys.get(noun) or keys.get(f"{noun}s") or []


def often(schema: dict, values: list):
    """Allows what it did, texts among `values` in half of the cases."""
    if not values or "enum" in schema or "format" in schema:
        return schema
    if "items" in schema:
        return schema | {"items": often(schema["items"], values)}
    if "oneOf" in schema:
        return schema | {"oneOf": [often(each, values) for each in schema["oneOf"]]}
    if schema.get("type") != "string":
        return schema
    null = {"nullable": True} if schema.get("nullable") else {}
    return {"anyOf": [{"type": "string", "enum": values}, schema], **null}


def read(told: dict, credentials: bool):
    """The schema as schemathesis reads it; `credentials`: whether it makes up such too."""
    generation = {"with-security-parameters": credentials}
    config = schemathesis.Config.from_dict({"generation": generation})
    return schemathesis.openapi.from_dict(told, config=config)


def operations_of(schema) -> list:
    return [each.ok() for each in schema.get_all_operations()]


def counted_out(schema, operation) -> list:
    """The cases at the edges of what an operation allows, and just beyond."""
    config = schema.config.generation
    return list(
        schema.iter_coverage_cases(operation, generation_modes=MODES, generation_config=config)
    )


def drawn(operation, number: int, name: str):
    """So many cases within and so many beyond what an operation allows, by chance of `name`."""
    return [case for mode in MODES for case in of_mode(operation, mode, number, name)]


def of_mode(operation, mode, number, name):
    found = []
    if not number or (mode == GenerationMode.NEGATIVE and not is_narrow(operation)):
        return found

    @seed(zlib.crc32(f"{name} {mode} {operation.label}".encode()))
    @tries(
        max_examples=number,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy(generation_mode=mode))
    def keep(case):
        found.append(case)

    try:
        keep()
    except Unsatisfiable:
        assert mode == GenerationMode.NEGATIVE
    return found


def is_narrow(operation) -> bool:
    """Whether it takes more than a key in its address, which may be any text."""
    return bool(operation.body or operation.query or operation.headers)


def prepared(case):
    """The case as it goes over the wire, or None: not every text can be in a header."""
    try:
        return requests.Request(**case.as_transport_kwargs("http://localhost")).prepare()
    except (requests.exceptions.InvalidHeader, UnicodeEncodeError):
        return None


def ask(client, sent) -> Response:
    """The answer to what goes over the wire."""
    headers = {name: text_of(value) for name, value in sent.headers.items() if name not in OWN}
    body = sent.body.encode() if isinstance(sent.body, str) else sent.body or b""
    kind = text_of(sent.headers.get("Content-Type", ""))
    answer = client.generic(sent.method, sent.path_url, body, content_type=kind, headers=headers)
    return Response(
        status_code=answer.status_code,
        headers={name.lower(): [value] for name, value in answer.headers.items()},
        content=answer.content,
        request=sent,
        elapsed=0.1,
        verify=False,
    )


OWN = {"Content-Type", "Content-Length", "Accept-Encoding"}


def text_of(value) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value


def wrong(case, answer) -> list[str]:
    """What is not as the schema tells, in words."""
    try:
        case.validate_response(answer, checks=CHECKS)
    except FailureGroup as group:
        told = f"{answer.request.method} {answer.request.url} {answer.request.body}"
        found = [each for each in group.exceptions if not is_blank(answer.request, each)]
        return [f"{told} {answer.status_code}: {each}" for each in found]
    return []


def is_blank(sent, failure) -> bool:
    """Whether it was accepted because it was empty: that asks nothing, as a page's form does."""
    values = parse_qs(urlsplit(sent.url).query, keep_blank_values=True).values()
    return isinstance(failure, AcceptedNegativeData) and [""] in values
