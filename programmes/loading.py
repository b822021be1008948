"""Fixtures: TOML files of facts with natural keys, turned into records by the verb `load`.

A `Spec` says how the tables of one noun become records; each floor lists its own in `seeds.py`.
fixtures/README.md tells how the files are written.
"""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.db import models

from wiego_review.common import floors

from .anonymising import hidden_key
from .models import Seed, Source
from .recording import verb
from .workflow import load_record


@dataclass(frozen=True)
class Spec:
    """How `[[noun]]` tables become records of `model`.

    `names` renames keys to fields, `refers` and `refers_many` say which noun a key refers to,
    `refers_any` which two fields hold a record of any noun (written `noun:key`), `drop` are keys
    that are no field, `finish(values, table)` makes the rest, `prepare(tables)` sees all of the
    noun first, and `parts(table)` yields `(Spec, table)` for what is nested in one.
    """

    noun: str
    model: type[models.Model]
    names: dict = field(default_factory=dict)
    refers: dict = field(default_factory=dict)
    refers_many: dict = field(default_factory=dict)
    refers_any: dict = field(default_factory=dict)
    drop: tuple = ()
    finish: object = None
    prepare: object = None
    parts: object = None


class UnknownKey(Exception):
    """A fixture refers to a key no fixture has, or names what no record has."""


def read_tables(folder: Path) -> dict[str, list[dict]]:
    """All tables below a folder, by noun, in the order of the files."""
    tables = {}
    for path in sorted(folder.rglob("*.toml")):
        for noun, found in tomllib.loads(path.read_text(encoding="utf-8")).items():
            tables.setdefault(noun, []).extend(found)
    return tables


def entries(specs, tables):
    """`(spec, table)` for everything in the files, what is referred to before what refers."""
    for spec in specs:
        found = tables.get(spec.noun, [])
        for table in spec.prepare(found) if spec.prepare else found:
            yield spec, table
            if spec.parts:
                yield from spec.parts(table)


class Keys:
    """Natural keys to records: those of earlier loads, read at once, and those of this one."""

    def __init__(self):
        self.records = {}
        by_type = {}
        for seed in Seed.objects.all():
            by_type.setdefault(seed.content_type_id, {})[seed.object_id] = seed.key
        for type_id, names in by_type.items():
            model = ContentType.objects.get_for_id(type_id).model_class()
            many = [field.name for field in model._meta.many_to_many]
            rows = model._base_manager.prefetch_related(*many).filter(pk__in=names)
            self.records |= {names[record.pk]: record for record in rows}

    def find(self, name: str):
        """The record a whole key stands for, one whose name was taken out as well, or None."""
        return self.records.get(name) or self.records.get(hidden_key(name))

    def get(self, noun: str, key: str):
        if record := self.find(f"{noun}:{key}"):
            return record
        raise UnknownKey(f"No {noun} has the key “{key}”. Write it as the other file does.")

    def put(self, noun, key, record):
        self.records[f"{noun}:{key}"] = record


def values_from(spec: Spec, table: dict, keys: Keys) -> dict:
    """The model's field values from a table, references looked up."""
    values = {}
    for name, value in table.items():
        if name in ("key", "source", *spec.drop):
            continue
        if name in spec.refers_any:
            values |= any_record(spec.refers_any[name], keys.get(*value.split(":", 1)))
            continue
        if name in spec.refers_many:
            value = [keys.get(spec.refers_many[name], key) for key in value]
        elif name in spec.refers:
            value = keys.get(spec.refers[name], value)
        values[spec.names.get(name, name)] = value
    values = spec.finish(values, table) if spec.finish else values
    fields = {each.name for each in (*spec.model._meta.fields, *spec.model._meta.many_to_many)}
    if unknown := sorted(values.keys() - fields):
        raise UnknownKey(f"A {spec.noun} has no “{unknown[0]}” ({table['key']}). Take it out.")
    return values


def headings_of(tables) -> dict:
    """`{(document, line): heading}` as far as the places of the files tell, the closest first."""
    places = [
        place for found in tables.values() for each in found for place in each.get("source", ())
    ]
    places.sort(key=lambda place: place["lines"][1] - place["lines"][0])
    found = {}
    for place in places:
        for line in range(place["lines"][0], place["lines"][1] + 1):
            found.setdefault((place["document"], line), place.get("heading", ""))
    return found


def headed(place: dict, headings: dict) -> dict:
    """A place with its heading: its own, or the one its first line has elsewhere."""
    return {"heading": headings.get((place["document"], place["lines"][0]), ""), **place}


def any_record(fields, record) -> dict:
    """The two columns a generic foreign key to this record has."""
    of_type, of_id = fields
    return {of_type: ContentType.objects.get_for_model(record), of_id: record.pk}


@verb
def load(act, specs, folder, report):
    """Load all fixtures below `folder`: idempotent, and what people changed since stays.

    `report(outcome, key, fields)` hears of every record. Raises UnknownKey.
    """
    keys, standing = Keys(), standing_sources()
    tables = read_tables(Path(folder))
    if unknown := sorted(tables.keys() - {spec.noun for spec in specs}):
        raise UnknownKey(f"Nothing is called “{unknown[0]}”. Write it as the other files do.")
    headings = headings_of(tables)
    for spec, table in entries(specs, tables):
        values = values_from(spec, table, keys)
        name = f"{spec.noun}:{table['key']}"
        record = load_record(act, name, keys.find(name), spec.model, values, report)
        keys.put(spec.noun, table["key"], record)
        places = [headed(place, headings) for place in table.get("source", ())]
        moved = place_sources(record, places, keys, standing)
        documents = [keys.get("document", place["document"]).dated_on for place in places]
        floors.follow_through("sourced", act, record, documents=documents, moved=moved)


def standing_sources() -> dict:
    """The sources there are, by what they belong to: `{(type, id): {place: key}}`."""
    found = {}
    for source in Source.objects.all():
        found.setdefault((source.content_type_id, source.object_id), {})[place_of(source)] = (
            source.pk
        )
    return found


PLACE = ("document_id", "heading", "first_line", "last_line", "said_as")


def place_of(source) -> tuple:
    return tuple(getattr(source, name) for name in PLACE)


def place_in(place: dict, keys: Keys) -> tuple:
    document = keys.get("document", place["document"]).pk
    return document, place.get("heading", ""), *place["lines"], place.get("said_as", "")


def place_sources(record, places, keys: Keys, standing) -> bool:
    """Let a record's sources be exactly these places; whether that moved any."""
    kind = ContentType.objects.get_for_model(record)
    wanted = {place_in(place, keys) for place in places}
    known = standing.get((kind.pk, record.pk), {})
    if gone := [pk for place, pk in known.items() if place not in wanted]:
        Source.objects.filter(pk__in=gone).delete()
    if new := sorted(wanted - known.keys()):
        Source.objects.bulk_create(
            Source(content_type=kind, object_id=record.pk, **dict(zip(PLACE, place, strict=True)))
            for place in new
        )
    return bool(gone or new)


def nested(spec: Spec, owner: str, name: str, mark: str):
    """`parts` of a Spec: the tables under `name`, in order, each referring back to its owner.

    `mark` is the key in such a table that tells it from its neighbours.
    """

    def parts(table):
        for order, part in enumerate(table.get(name, ()), start=1):
            part = part if isinstance(part, dict) else {mark: part}
            yield (
                spec,
                {
                    **part,
                    "order": order,
                    owner: table["key"],
                    "key": f"{table['key']}/{part.get('key', part[mark])}",
                    "source": nested_place(table, part),
                },
            )

    return parts


def nested_place(table: dict, part: dict) -> list[dict]:
    """The source of something nested: its own lines, in its own or its owner's document."""
    if "lines" not in part:
        return []
    owner = next(iter(table.get("source", ())), {})
    document = part.get("document") or owner.get("document", "report-2017")
    return [{"document": document, "lines": part["lines"]}]
