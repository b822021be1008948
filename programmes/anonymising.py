"""Taking a person's name out of everything there is: what they did stays, without the name.

Each floor takes it out of its own rows (`floors.consequences["anonymise"]`), and says before how
many of them the reader would see change (`floors.previews["anonymise"]`).
"""

import re
from functools import cached_property
from hashlib import sha256
from itertools import pairwise

from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext as _

from wiego_review.common.errors import Refused
from wiego_review.common.record import Record
from wiego_review.common.text import fold, person_sort_key

from .merging import words_of
from .models import Alias, ChangeSet, Person, Seed, Slug, User
from .models.changeset import Change
from .models.party import Slugged, spelling_key
from .recording import recorded_fields

TAKEN_OUT = "[name taken out]"
WORD = re.compile(r"[^\W_]+")
GAP = re.compile(r"[^\w\n]{0,3}|_")
DERIVED = ("search_text", "sort_key", "key")
UNSPOKEN = {"password", "digest", "token_key", "timezone", "language", "email"}
LONG = 2_000


class Names:
    """How a person is called: whole spellings, and the words that are nobody else's."""

    def __init__(self, person):
        self.people = family(person)
        told = [each.name for each in self.people]
        told += Alias.objects.filter(person__in=self.people).values_list("name", flat=True)
        self.spellings = [fold(name).split() for name in told if TAKEN_OUT not in name]
        self.emails = list(
            User.objects.filter(person__in=self.people).values_list("email", flat=True)
        )

    @cached_property
    def runs(self) -> set:
        """Words in a row: each spelling, and with the last word first."""
        whole = [words for words in self.spellings if len(words) > 1]
        return {tuple(each) for words in whole for each in (words, words[-1:] + words[:-1])}

    @cached_property
    def words(self) -> set:
        return {word for words in self.spellings for word in words if len(word) > 2}

    @cached_property
    def own(self) -> set:
        """Words that stand in no other name: of people, groups or places."""
        return self.words - words_of_others(self.people)

    def out_of(self, value, linked=False, folded=False):
        """A text, or what JSON holds, without the name.

        In a row that is `linked` to the person, a word of their name means them. Names begin
        with a capital, but in columns that are `folded`.
        """
        if isinstance(value, list):
            return [self.out_of(each, linked, folded) for each in value]
        if isinstance(value, dict):
            return {key: self.out_of(each, linked, folded) for key, each in value.items()}
        return self.out_of_text(value, linked, folded) if isinstance(value, str) else value

    def out_of_text(self, text, linked, folded):
        for email in self.emails:
            text = re.sub(re.escape(email), TAKEN_OUT, text, flags=re.IGNORECASE)
        alone = self.words if linked else self.own
        found = [(each.start(), each.end(), fold(each[0])) for each in WORD.finditer(text)]
        pieces, at, number = [], 0, 0
        while number < len(found):
            length = self.length_at(text, found, number)
            start, end, word = found[number]
            if not length and word in alone and (folded or text[start].isupper()):
                length = 1
            if length:
                end = found[number + length - 1][1]
                pieces += [text[at:start], fold(TAKEN_OUT) if folded else TAKEN_OUT]
                at = end
            number += length or 1
        return "".join([*pieces, text[at:]])

    def length_at(self, text, found, number) -> int:
        """How many words from here on are a spelling; 0 if none."""
        for length in sorted({len(each) for each in self.runs}, reverse=True):
            part = found[number : number + length]
            near = all(GAP.fullmatch(text[one[1] : next_[0]]) for one, next_ in pairwise(part))
            words = tuple(word for _start, _end, word in part)
            if len(words) == length and words in self.runs and near:
                return length
        return 0


def family(person) -> list:
    """The person, and whoever was put together with them."""
    found, rest = [], [person]
    while rest:
        found += rest
        rest = list(Person._base_manager.filter(merged_into__in=rest))
    return found


def words_of_others(people) -> set:
    keys = [each.pk for each in people]
    names = list(Alias.objects.exclude(person__in=keys).values_list("name", flat=True))
    for model in apps.get_models():
        if issubclass(model, Slugged):
            rows = model._base_manager.exclude(pk__in=keys if model is Person else [])
            names += rows.values_list("name", flat=True)
    return {word for name in names for word in fold(name).split()}


def hidden_key(key: str) -> str:
    """What stands for a fixture's key that holds a name: it is found by it, and not read."""
    return f"taken-out:{sha256(key.encode()).hexdigest()[:40]}"


def columns(model) -> list:
    """The columns of a model that may hold somebody's name."""
    kinds = (models.CharField, models.TextField, models.JSONField)
    return [
        each
        for each in model._meta.concrete_fields
        if isinstance(each, kinds)
        and not isinstance(each, models.SlugField)
        and not (each.choices or each.generated or each.name in UNSPOKEN)
    ]


def linked_keys(model, people) -> set:
    """The rows of a model that point at one of these people."""
    if model is Change:
        return linked_changes(people)
    found = {each.pk for each in people} if model is Person else set()
    for each in (*model._meta.concrete_fields, *model._meta.many_to_many):
        if each.related_model is Person and each.name != "merged_into":
            rows = model._base_manager.filter(**{f"{each.name}__in": people})
            found.update(rows.values_list("pk", flat=True))
    return found


def linked_changes(people) -> set:
    """What happened to the rows that point at one of these people."""
    found = set()
    for model in apps.get_models():
        if issubclass(model, Record) and (keys := linked_keys(model, people)):
            kind = ContentType.objects.get_for_model(model)
            rows = Change.objects.filter(content_type=kind, object_id__in=keys)
            found.update(rows.values_list("pk", flat=True))
    return found


def changes_in(model, names):
    """`(key, {column: its value without the name})` of the rows that hold it."""
    fields = columns(model)
    if not fields:
        return
    linked = linked_keys(model, names.people)
    rows = model._base_manager.order_by("pk").values_list("pk", *(each.name for each in fields))
    for pk, *values in list(rows):
        told = {}
        for field, value in zip(fields, values, strict=True):
            folded = field.name in DERIVED and model is not Seed
            new = names.out_of(value, linked=pk in linked, folded=folded or model is Seed)
            if new != value:
                told[field.name] = fitting(field, new) if model is not Seed else hidden_key(value)
        if told:
            yield pk, told


def fitting(field, value):
    most = getattr(field, "max_length", None)
    return value[:most] if most and isinstance(value, str) else value


def sweeper(app: str):
    """The consequence of `anonymise` by which an app takes a name out of its own rows."""

    def sweep(act, person, *, names):
        for model in apps.get_app_config(app).get_models():
            for pk, told in changes_in(model, names):
                put(act, model, pk, told)

    return sweep


def put(act, model, pk, told) -> None:
    """Write a row without the name; its history tells that it was done, not what stood there."""
    model._base_manager.filter(pk=pk).update(**told)
    if not issubclass(model, Record) or model is ChangeSet:
        return
    recorded = {each.name for each in recorded_fields(model)}
    spoken = {name: value for name, value in told.items() if name in recorded}
    if spoken:
        short = {name: value for name, value in spoken.items() if len(str(value)) < LONG}
        act.tell(act.take(model(pk=pk)), {name: [value, value] for name, value in short.items()})


def previewer(app: str):
    """The preview of `anonymise`: `(what, how many)` of what the viewer sees change in an app."""

    def preview(viewer, person):
        names, found = Names(person), []
        for model in apps.get_app_config(app).get_models():
            if not hasattr(model.objects.all(), "visible_to"):
                continue
            keys = [pk for pk, _told in changes_in(model, names)]
            number = model.objects.visible_to(viewer).filter(pk__in=keys).count() if keys else 0
            if number:
                found.append((words_of(model, number), number))
        return found

    return preview


def refuse(person) -> None:
    """Only who has left, and once."""
    if person.name == TAKEN_OUT:
        raise Refused(_("This name is taken out already."))
    if User.objects.filter(person__in=family(person), is_active=True).exists():
        raise Refused(_("They can still sign in. Ask an administrator to close their account."))


def take_out(act, names) -> None:
    """The person, their spellings and their account bear no name any more."""
    for number, alias in enumerate(Alias.objects.filter(person__in=names.people), start=2):
        name = f"{TAKEN_OUT} {number}"
        put(act, Alias, alias.pk, {"name": name, "key": spelling_key(name)})
    for person in names.people:
        slug = Person(name=TAKEN_OUT).new_slug()
        Slug.objects.filter(person=person).update(slug=slug)
        told = {"name": TAKEN_OUT, "slug": slug, "sort_key": person_sort_key(TAKEN_OUT)}
        put(act, Person, person.pk, {**told, "title": "", "is_active": False})
    for user in User.objects.filter(person__in=names.people):
        EmailAddress.objects.filter(user=user).delete()
        put(act, User, user.pk, {"email": f"left-{user.pk}@account.invalid", "password": "!"})
