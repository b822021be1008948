"""What every record has: a random key, a version, two times; and `visible_to`."""

from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from . import refs
from .text import search_text


class KeyedQuerySet(models.QuerySet):
    """For rows with a random key; those seen only with what they hang on stop here."""

    def bulk_create(self, objs, **kwargs):
        objs = list(objs)
        taken = set()
        for start in range(0, len(objs), 500):
            keys = [record.pk for record in objs[start : start + 500]]
            taken.update(self.model._base_manager.filter(pk__in=keys).values_list("pk", flat=True))
        for record in objs:
            while record.pk in taken:
                record.pk = refs.draw()
            taken.add(record.pk)
        return super().bulk_create(objs, **kwargs)


class RecordQuerySet(KeyedQuerySet):
    """`GRAINS` says what each grain of the noun means: `{grain: viewer -> Q}`."""

    GRAINS = {}

    def visible_to(self, viewer):
        """The rows this viewer may know of. There is no second spelling of it."""
        seen = Q(pk__in=[])
        for grain in sorted(viewer.grains(self.model._meta.model_name)):
            seen |= self.GRAINS[grain](viewer)
        return self.filter(seen)

    def listed(self):
        """The rows that stand in lists: all, but for nouns that know better."""
        return self


class StandingQuerySet(RecordQuerySet):
    """For rows that can be put together with another of their noun."""

    def listed(self):
        """Those that stand for themselves: one that became another is found as that."""
        return self.filter(merged_into__isnull=True)


def standing_for(record, seen):
    """The record, or of those the viewer sees (`seen`) the one it was put together with."""
    if getattr(record, "merged_into_id", None) is None:
        return record
    return seen.filter(pk=became(type(record), record.pk)).first()


def became(model, key):
    """The key of the record this one stands as now, after all that was put together."""
    into = model._base_manager.filter(pk=key).values_list("merged_into", flat=True).first()
    return became(model, into) if into else key


def everything(viewer) -> Q:
    """A grain: all rows of a noun that has nothing to hide from those who see it."""
    return Q(pk__isnull=False)


def unsealed(viewer) -> Q:
    """A grain: what is not Board only."""
    return Q(sealed=False)


def sealed_when_open(viewer) -> Q:
    """A grain: Board-only rows, while the viewer's second step is fresh."""
    return Q(sealed=True) if viewer.board_open else Q(pk__in=[])


class Record(models.Model):
    """Abstract base. `ref_prefix` is the letter of its ref; nouns with a slug leave it empty."""

    ref_prefix = ""

    id = models.BigIntegerField(primary_key=True, default=refs.draw, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("added"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, **kwargs):
        """Insert under a key nobody has: it is drawn anew on a collision."""
        if not self._state.adding:
            return super().save(**kwargs)
        while True:
            try:
                with transaction.atomic():
                    return super().save(**{**kwargs, "force_insert": True})
            except IntegrityError:
                if not type(self)._base_manager.filter(pk=self.pk).exists():
                    raise
                self.pk = refs.draw()

    @property
    def ref(self) -> str:
        return refs.to_ref(self.ref_prefix, self.pk)


class Mergeable(models.Model):
    """Abstract: one that can turn out to be another; its row stays and leads on to that."""

    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="merged"
    )

    class Meta:
        abstract = True


class Searched(models.Model):
    """Abstract: keeps the folded words of the columns named in `searched`."""

    searched = ()

    search_text = models.TextField(editable=False, blank=True)

    class Meta:
        abstract = True

    def save(self, **kwargs):
        self.search_text = search_text(*(getattr(self, name) for name in self.searched))
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "search_text"}
        super().save(**kwargs)


def has_seal(model) -> bool:
    """Whether rows of this model can be Board only by a column of their own."""
    return any(each.name == "sealed" for each in model._meta.concrete_fields)


def points_at_sealed(record) -> list[str]:
    """The foreign keys of a record that lead to a Board-only one."""
    keys = [each for each in record._meta.concrete_fields if each.many_to_one]
    keys = [each.name for each in keys if has_seal(each.related_model)]
    return [name for name in keys if getattr(getattr(record, name), "sealed", False)]


def exactly_one(*fields: str) -> Q:
    """A check: one of these foreign keys is set, and no more than one."""
    cases = Q()
    for chosen in fields:
        others = {f"{name}__isnull": True for name in fields if name != chosen}
        cases |= Q(**{f"{chosen}__isnull": False}, **others)
    return cases


def ordered_days(first: str, last: str) -> Q:
    """A check on a stated time: the last day needs a first day and is not before it."""
    lasts = {f"{last}__isnull": False, f"{last}__gte": models.F(first)}
    return Q(**{f"{last}__isnull": True}) | Q(**{f"{first}__isnull": False}, **lasts)
