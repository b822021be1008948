"""All that touches one record, from every floor, as one list in time order. Knows no noun.

touches   noun of the record -> its `Touch`es, added by each floor in `AppConfig.ready()`
left_out  `model.field` -> why this relation to such a noun is no touch
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.apps import apps
from django.db.models import BigIntegerField, Case, CharField, DateField, F, IntegerField, Q, Value
from django.db.models import When as If
from django.db.models.functions import Cast, Coalesce, Concat, Left, TruncDate

from .dates import NEVER
from .listing import COUNT_CAP, Selection, after, field_at
from .search import WHOLE, Searchable, narrows, searchables
from .searching import counted
from .words import Question, asked_words

EVER = date(1, 1, 1)
ALL = Q()
# The day, the place on the agenda, the noun, its own order, its name: the order of the list.
KEYS = ("touch_day", "touch_place", "touch_part", "touch_turn", "touch_name", "touch_key")
NAME_LENGTH = 60

left_out: dict[str, str] = {}


@dataclass(frozen=True)
class Along:
    """Rows that lead to the record by this path; `also` narrows them."""

    path: str
    also: Q = ALL

    def __call__(self, model, record, viewer):
        return model._base_manager.filter(self.also, **{self.path: record.pk}).values("pk")

    def reads(self, model):
        return [relation(model, self.path)]


@dataclass(frozen=True)
class Through:
    """Rows by way of rows in between, as far as the viewer sees those."""

    between: type
    path: str
    row: str
    also: Q = ALL

    def __call__(self, model, record, viewer):
        seen = self.between.objects.visible_to(viewer)
        return seen.filter(self.also, **{self.path: record.pk}).values(self.row)

    def reads(self, model):
        return [relation(self.between, self.path), relation(self.between, self.row)]


@dataclass(frozen=True)
class By:
    """Rows a queryset method knows: `find(record, viewer)` gives them; `named` what it reads."""

    find: Callable
    named: tuple = ()

    def __call__(self, model, record, viewer):
        return self.find(record, viewer).values("pk")

    def reads(self, model):
        return self.named


@dataclass(frozen=True)
class Touch:
    """How rows of one noun touch a record: `how` and its `label`, and which rows they are.

    `when`, `title`, `homes` and `of` are said where they are others than the noun's own.
    """

    how: str
    label: str
    noun: str
    rows: Callable
    when: tuple | None = None
    title: str = ""
    homes: tuple | None = None
    of: tuple | None = None

    @property
    def searchable(self) -> Searchable:
        own = {"when": self.when, "title": self.title or None, "homes": self.homes, "of": self.of}
        told = {name: value for name, value in own.items() if value is not None}
        return replace(searchables[self.noun], **told) if told else searchables[self.noun]

    def keys(self, record, viewer):
        """The keys of the rows that touch the record, as a query."""
        return self.rows(searchables[self.noun].model, record, viewer).order_by()

    @property
    def alike(self):
        """Touches of which this is the same stand in one row together."""
        return (self.noun, self.when, self.title, self.homes, self.of)


touches: dict[str, list[Touch]] = defaultdict(list)


def add(noun: str, *found: Touch) -> None:
    touches[noun] += found


def relation(model, path) -> str:
    """`model.field` of the last relation on a path, of whichever side it is told."""
    *steps, last = path.split("__")
    for step in steps:
        model = model._meta.get_field(step).related_model
    field = model._meta.pk if last == "pk" else model._meta.get_field(last)
    if field.auto_created and field.is_relation and not field.concrete:
        field = field.field
    return f"{field.model._meta.model_name}.{field.name}"


def unnamed(noun: str) -> list[str]:
    """The relations to a noun that are neither a touch of it nor left out on purpose."""
    read = set()
    for each in touches[noun]:
        read.update(each.rows.reads(searchables[each.noun].model))
    models = [model for model in apps.get_models() if not model._meta.auto_created]
    found = [
        f"{model._meta.model_name}.{field.name}"
        for model in models
        for field in (*model._meta.fields, *model._meta.many_to_many)
        if field.related_model and field.related_model._meta.model_name == noun
    ]
    return [name for name in found if name not in read and name not in left_out]


@dataclass(frozen=True)
class Part:
    """Rows of one noun with the same date: all the touches that lead to them."""

    number: int
    each: Searchable
    touches: tuple

    def whens(self, viewer):
        whole = WHOLE & viewer.grains(self.each.noun)
        return [when for when in self.each.when if whole or when.partly]

    def rows(self, record, viewer, hows=()):
        """The rows that touch the record in any of these ways, as far as the viewer sees."""
        model = self.each.model
        asked = [touch for touch in self.touches if not hows or touch.how in hows]
        keys = [touch.keys(record, viewer) for touch in asked]
        keys = keys[0].union(*keys[1:]) if len(keys) > 1 else keys[0]
        return model.objects.visible_to(viewer).listed().filter(pk__in=keys)

    def placed(self, rows, viewer, undated):
        """The rows with what they are ordered by."""
        days = [day_of(self.each.model, when) for when in self.whens(viewer)]
        last = Value(undated, output_field=DateField())
        return rows.annotate(
            touch_day=Coalesce(*days, last, output_field=DateField()) if days else last,
            touch_place=number(self.each.place),
            touch_part=Value(self.number, output_field=IntegerField()),
            touch_turn=number(self.each.turn),
            touch_name=name_of(self.each),
            touch_key=F("pk"),
        )

    def hows(self, pks, record, viewer) -> dict:
        """`{key: ways}` of these rows: one query where there are several ways."""
        if len(self.touches) == 1:
            return {pk: [self.touches[0].how] for pk in pks}
        model, found = self.each.model, {}
        ways = [
            model._base_manager.filter(pk__among=pks, pk__in=touch.keys(record, viewer))
            .order_by()
            .values_list("pk", Value(number, output_field=IntegerField()))
            for number, touch in enumerate(self.touches)
        ]
        for pk, number in sorted(ways[0].union(*ways[1:], all=True)):
            found.setdefault(pk, []).append(self.touches[number].how)
        return found


def number(source):
    """A column or an expression to order by; nothing is the first."""
    return Coalesce(Cast(source or 0, BigIntegerField()), 0, output_field=BigIntegerField())


def name_of(each):
    """What rows of one turn are ordered by: the noun's own order, where that is by words."""
    first = each.order[0].lstrip("-")
    kind = None if first == "pk" else field_at(each.model, first).get_internal_type()
    named = first if kind in ("CharField", "TextField") else each.title
    return Coalesce(Left(named, NAME_LENGTH), Value(""), output_field=CharField())


def day_of(model, when):
    """The first day of a time, for the order: a year's is its first."""
    if when.year:
        first = Concat(Cast(when.year, CharField()), Value("-01-01"), output_field=CharField())
        return Case(If(**{f"{when.year}__isnull": False}, then=Cast(first, DateField())))
    moment = field_at(model, when.on).get_internal_type() == "DateTimeField"
    return TruncDate(when.on) if moment else F(when.on)


def parts_of(noun: str) -> list[Part]:
    """The parts of the list of a noun, in the order in which they stand on one day."""
    groups = {}
    for each in touches[noun]:
        groups.setdefault(each.alike, []).append(each)
    ordered = sorted(groups.values(), key=lambda group: group[0].searchable.rank)
    return [Part(number, group[0].searchable, tuple(group)) for number, group in enumerate(ordered)]


@dataclass
class Touching(Selection):
    """All that touches a record, as somebody asked for it."""

    keys = KEYS

    @property
    def record(self):
        return self.listing.record

    @cached_property
    def asked(self) -> dict:
        return self.filterset.form.cleaned_data

    @property
    def undated(self):
        """The day of what has none: last, whichever way the list runs."""
        return EVER if self.backwards else NEVER

    @property
    def question(self) -> str:
        return " ".join(self.asked.get("search") or ()).strip()

    @property
    def words(self) -> tuple:
        return asked_words(self.question)

    @cached_property
    def of_every_kind(self) -> dict:
        """`{number of a part: its rows}` as narrowed by all but the kind."""
        narrowed = {name: self.asked[name] for name in narrows if self.asked.get(name)}
        found = {}
        for part in self.listing.parts:
            hows = self.asked.get("how") or ()
            fits = not hows or any(touch.how in hows for touch in part.touches)
            seen = self.viewer.grains(part.each.noun) and set(narrowed) <= set(part.each.within)
            if fits and seen:
                found[part.number] = self.narrowed(part, hows, narrowed)
        return found

    def narrowed(self, part, hows, narrowed):
        rows = part.placed(part.rows(self.record, self.viewer, hows), self.viewer, self.undated)
        for name, values in narrowed.items():
            rows = rows.filter(**{f"{part.each.within[name]}__in": [each.pk for each in values]})
        if year := self.asked.get("year"):
            rows = rows.filter(touch_day__range=(date(year, 1, 1), date(year, 12, 31)))
        if self.question:
            asked = Question.asked(self.question)
            rows = part.each.matching(rows, self.viewer, asked)
        return rows

    @cached_property
    def counts(self) -> dict:
        found = counted(self.of_every_kind, COUNT_CAP)
        return {number: many for number, (many, _weight) in found.items()}

    def chosen(self, number) -> bool:
        kinds = self.asked.get("kind")
        return not kinds or self.listing.parts[number].each.kind in kinds

    @property
    def by_kind(self) -> list[dict]:
        """How many rows of each kind there are, for the page."""
        found = {}
        for number, many in self.counts.items():
            each = self.listing.parts[number].each
            kind = {"kind": each.kind, "label": each.label, "number": 0}
            kind["chosen"] = each.kind in (self.asked.get("kind") or ())
            found.setdefault(each.kind, kind)["number"] += many
        for kind in found.values():
            kind["number"], kind["capped"] = self.capped(kind["number"])
        return [kind for kind in found.values() if kind["number"]]

    def count(self):
        return self.capped(sum(many for number, many in self.counts.items() if self.chosen(number)))

    def keyed(self, reverse=False, past=None):
        """The keys of the rows of all parts, in order: those past a place, if one is given."""
        found = [rows for number, rows in self.of_every_kind.items() if self.chosen(number)]
        if past:
            beyond = after(KEYS, past, self.backwards != reverse)
            found = [rows.filter(beyond) for rows in found]
        if not found:
            return self.listing.model.objects.none().values_list("pk")
        found = [rows.order_by().values_list(*KEYS) for rows in found]
        sign = "-" if self.backwards != reverse else ""
        return found[0].union(*found[1:], all=True).order_by(*(f"{sign}{key}" for key in KEYS))

    def key_of(self, values):
        _day, _place, part, _turn, _name, key = values
        return part, key

    def ids(self) -> list:
        rows = self.keyed().iterator(chunk_size=5_000)
        return [self.key_of(values) for values in rows]

    @property
    def fields(self):
        numbers = (BigIntegerField() for _key in range(3))
        return [DateField(), *numbers, CharField(), BigIntegerField()]
