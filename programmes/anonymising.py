"""Taking a person's name out of everything there is: what they did stays, without the name.

Each floor takes it out of its own rows (`floors.consequences["anonymise"]`), and says before how
many of them the reader would see change (`floors.previews["anonymise"]`).
"""

from hashlib import sha256

from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wiego_review.common.errors import Refused
from wiego_review.common.kept_words import keep_words
from wiego_review.common.record import Record
from wiego_review.common.text import fold, person_sort_key

from .called import DERIVED, TAKEN_OUT, Names, columns, family
from .merging import words_of
from .models import Alias, ChangeSet, Person, Seed, Slug, User
from .models.changeset import Change
from .models.party import spelling_key
from .recording import recorded_fields

LONG = 2_000


def hidden_key(key: str) -> str:
    """What stands for a fixture's key that holds a name: it is found by it, and not read."""
    return f"taken-out:{sha256(key.encode()).hexdigest()[:40]}"


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
        row = zip(fields, values, strict=True)
        if told := row_without(model, row, names, linked=pk in linked):
            yield pk, told


def row_without(model, row, names, linked) -> dict:
    """The columns of a row that hold the name, without it; folded ones as those they are of."""
    told, stays, folds = {}, set(), {}
    for field, value in sorted(row, key=lambda each: each[0].name in DERIVED):
        folded = field.name in DERIVED
        new = value
        for old, instead in folds.items() if folded else ():
            new = new.replace(old, instead)
        new = names.out_of(new, linked, folded=folded, stays=stays)
        if not folded:
            stays.update(fold(str(new)).split())
            folds.update(folded_pairs(value, new))
        if new != value:
            told[field.name] = fitting(field, new) if model is not Seed else hidden_key(value)
    return told


def folded_pairs(value, new):
    """`(folded text, the same without the name)` of a column whose text changed."""
    values, news = (each if isinstance(each, list) else [each] for each in (value, new))
    for old, other in zip(values, news, strict=True):
        if isinstance(old, str) and old != other:
            yield fold(old), fold(other)


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
    keep_words(model(pk=pk), new=True)
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


CAN_SIGN_IN = gettext_lazy("They can still sign in. Ask an administrator to close their account.")


def can_sign_in(person) -> bool:
    return User.objects.filter(person__in=family(person), is_active=True).exists()


def in_the_way(viewer, person):
    """`(words, address)` of why the name of this person cannot be taken out yet."""
    return [(CAN_SIGN_IN, "")] if can_sign_in(person) else []


def refuse(person) -> None:
    """Only who has left, and once."""
    if person.name == TAKEN_OUT:
        raise Refused(_("This name is taken out already."))
    if can_sign_in(person):
        raise Refused(CAN_SIGN_IN)


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
