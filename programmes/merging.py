"""Two records that are one: what points at the one moves to the other, and can move back.

Each floor moves what is its own (`floors.consequences["merge"]`), says before how much of it the
reader would see move (`floors.previews["merge"]`), and may refuse two of its nouns
(`floors.consequences["before_merge_<noun>"]`).
"""

from dataclasses import dataclass

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from wiego_review.common import floors
from wiego_review.common.errors import Refused

from .models import ChangeSet, Concern, Slug, Source, Understanding
from .recording import value_of

# The slug leads on to the other; who told of a change back then stays as it was written.
STAYING = {Slug, ChangeSet}
# Rows that say the same of both may stay behind: nothing is lost with them. Floors add to it.
SAYS_THE_SAME = {"alias", "organisationname", "organisationrole", "concern"}
BY_TYPE = (
    (Source, "content_type", "object_id"),
    (Concern, "content_type", "object_id"),
    (Understanding, "content_type", "object_id"),
    (Understanding, "other_type", "other_id"),
)


@dataclass(frozen=True)
class Pointer:
    """A column or relation of a model that holds keys of another."""

    model: type
    name: str
    many: bool

    def rows(self, record):
        return self.model._base_manager.filter(**{self.name: record}).order_by("pk")

    def moved(self, row, one, other):
        """What the relation of `row` holds once `one` is `other`: nothing of itself."""
        if not self.many:
            return None if row == other else other
        kept = [each for each in getattr(row, self.name).all() if each.pk != one.pk]
        return kept if other in kept else [*kept, other]


def pointers(app: str, model) -> list[Pointer]:
    """All that points at a model from the models of one app."""
    found = []
    for source in apps.get_app_config(app).get_models():
        if source in STAYING:
            continue
        fields = [*source._meta.concrete_fields, *source._meta.many_to_many]
        found += [
            Pointer(source, each.name, each.many_to_many)
            for each in fields
            if each.related_model is model
        ]
    return found


def mover(app: str):
    """The consequence of `merge` by which an app moves what is its own."""

    def move(act, one, *, into):
        for pointer in pointers(app, type(one)):
            for row in pointer.rows(one):
                row = act.take(row)
                put(act, row, one, **{pointer.name: pointer.moved(row, one, into)})

    return move


def previewer(app: str):
    """The preview of `merge`: `(what, how many)` of what the viewer sees move in an app."""

    def preview(viewer, one, *, into):
        found = {}
        for pointer in pointers(app, type(one)):
            rows = pointer.rows(one)
            if hasattr(rows.model.objects.all(), "visible_to"):
                seen = rows.model.objects.visible_to(viewer).filter(pk__in=rows.values("pk"))
                name = rows.model._meta.model_name
                found.setdefault(name, [rows.model, set()])[1].update(
                    seen.values_list("pk", flat=True)
                )
        return [(words_of(model, len(keys)), len(keys)) for model, keys in found.values() if keys]

    return preview


def words_of(model, number) -> str:
    meta = model._meta
    return capfirst(meta.verbose_name if number == 1 else meta.verbose_name_plural)


def put(act, row, one, **values):
    """Point a row elsewhere; refuse where both stand, unless they say the same."""
    try:
        act.change(row, **values)
    except ValidationError:
        if row._meta.model_name in SAYS_THE_SAME:
            return
        told = _("Both stand here, so they look like two: %(what)s “%(row)s”. Sort that out first.")
        told %= {"what": row._meta.verbose_name, "row": where(row)}
        raise Refused(told) from None


def where(row) -> str:
    """The record a row hangs on, in words."""
    for name in ("retreat", "session", "follow_up"):
        if getattr(row, f"{name}_id", None):
            return str(getattr(row, name))
    return str(row)


def move_what_is_told(act, one, *, into):
    """Places in documents, contradictions and what was understood, which hang by type and id."""
    kind = ContentType.objects.get_for_model(one)
    for model, type_name, id_name in BY_TYPE:
        for row in model.objects.filter(**{type_name: kind, id_name: one.pk}).order_by("pk"):
            row = act.take(row)
            if not is_about_both(row, kind, one, into):
                put(act, row, one, **{id_name: into.pk})


def answer_what_is_one(act, one, *, into):
    """Who puts two together says yes to those who understood that they are one."""
    kind = ContentType.objects.get_for_model(one)
    for row in Understanding.objects.about(kind, one.pk).unanswered().order_by("pk"):
        if is_about_both(row, kind, one, into):
            put_answer(act, act.take(row), Understanding.Answer.YES)


def put_answer(act, understanding, answer) -> None:
    """An answer is of whoever acts."""
    told = {"answered_by": act.by, "answered_at": timezone.now()}
    act.change(understanding, answer=answer, **told)


def clear_answer(act, understanding) -> None:
    act.change(understanding, answer="", answered_by=None, answered_at=None)


def is_about_both(row, kind, one, into) -> bool:
    """Whether it was understood that the two are one: then it goes on naming both."""
    if not isinstance(row, Understanding) or row.other_type_id != kind.pk:
        return False
    same = row.content_type_id == kind.pk
    return same and {row.object_id, row.other_id} == {one.pk, into.pk}


def refuse_merge(act, one, into):
    """Only two that stand for themselves become one, and one of them has an account at most.

    Asked as well, without an `act`, before anybody is sure.
    """
    if one.pk == into.pk:
        raise Refused(_("This is the same one. Choose another."))
    if one.merged_into_id or into.merged_into_id:
        raise Refused(_("One of them is put together with another already."))
    if account_of(one) and account_of(into):
        raise Refused(_("Both have an account. Take one of the accounts off first."))
    floors.follow_through(f"before_merge_{one._meta.model_name}", act, one, into=into)


def account_of(party):
    return getattr(party, "user", None)


def merge_of(one):
    """The ChangeSet that put this together with the one it became."""
    kind = ContentType.objects.get_for_model(one)
    done = ChangeSet.objects.filter(verb="merge", content_type=kind, object_id=one.pk)
    return done.filter(changeset__isnull=True).order_by("-at", "-pk").first()


def refuse_apart(one, done):
    """The last two put together come apart first: what moved since would be moved wrongly."""
    if done is None or one.merged_into_id is None:
        raise Refused(_("This was not put together with another."))
    into = one.merged_into
    if into.merged_into_id:
        raise Refused(_("Take “%(name)s” apart first.") % {"name": into})
    for each in type(one)._base_manager.filter(merged_into=into).exclude(pk=one.pk):
        later = merge_of(each)
        if later and (later.at, later.pk) > (done.at, done.pk):
            raise Refused(_("Take “%(name)s” apart first.") % {"name": each})


def move_back(act, done, into) -> None:
    """What a merge moved stands again where it stood, but for what was changed since."""
    for change in done.changes.select_related("content_type").order_by("-pk"):
        row = change.content_type.model_class()._base_manager.filter(pk=change.object_id).first()
        columns = {each.name: each for each in fields_of(row)} if row else {}
        back = {
            name: restored(columns[name], row, before, after)
            for name, (before, after) in change.fields.items()
            if name in columns and stands(columns[name], row, after, into)
        }
        if back and not is_answered_since(row, back, change):
            act.change(act.take(row), **back)


def is_answered_since(row, back, change) -> bool:
    """Whether somebody gave another answer to what was understood: it is theirs, in whole."""
    return isinstance(row, Understanding) and len(back) < len(change.fields)


def fields_of(row):
    return [*row._meta.concrete_fields, *row._meta.many_to_many]


def held(field, row):
    """What a row holds in a field, as a Change tells it."""
    return value_of(row, field.name)


def stands(field, row, after, into) -> bool:
    """Whether a field is as the merge left it; of a list, whether the other is still in it."""
    if field.many_to_many:
        return field.related_model is not type(into) or into.pk in held(field, row)
    return held(field, row) == after


def restored(field, row, before, after):
    if field.many_to_many:
        now = set(held(field, row))
        keys = (now - (set(after) - set(before or ()))) | (set(before or ()) - set(after))
        return list(field.related_model._base_manager.filter(pk__in=keys))
    if isinstance(field, models.ForeignKey):
        return before and field.related_model._base_manager.get(pk=before)
    return field.to_python(before)
