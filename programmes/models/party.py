"""People, programmes, bodies and organisations: whoever can lead. One slug space for the four."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Count, Q
from django.db.models.functions import Coalesce
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from wiego_review.common.record import (
    Mergeable,
    Record,
    RecordQuerySet,
    StandingQuerySet,
    exactly_one,
)
from wiego_review.common.text import fold

PARTIES = ("person", "programme", "body", "organisation")


class Slug(models.Model):
    """The shared slug space. A slug is given once and never changes."""

    slug = models.SlugField(max_length=120, unique=True)
    person = models.OneToOneField("Person", models.PROTECT, null=True, related_name="+")
    programme = models.OneToOneField("Programme", models.PROTECT, null=True, related_name="+")
    body = models.OneToOneField("Body", models.PROTECT, null=True, related_name="+")
    organisation = models.OneToOneField("Organisation", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=exactly_one(*PARTIES), name="slug_one_owner")
        ]

    def __str__(self):
        return self.slug


def free_slug(name: str, taken) -> str:
    """A slug from a name; `taken(slug)` tells whether it is in use, then a number follows."""
    base = slugify(fold(name))[:100] or "x"
    slug, number = base, 1
    while taken(slug):
        number += 1
        slug = f"{base}-{number}"
    return slug


class Slugged(Record):
    """A record with a name and a slug that never changes."""

    slug = models.SlugField(max_length=120, unique=True, editable=False, blank=True)
    name = models.CharField(_("name"), max_length=200)
    sort_key = models.CharField(max_length=250, editable=False, blank=True, db_index=True)
    search_text = models.TextField(editable=False, blank=True)

    class Meta:
        abstract = True
        ordering = ["sort_key", "id"]

    def __str__(self):
        return self.name

    def make_sort_key(self) -> str:
        return fold(self.name)

    def found_by(self) -> list[str]:
        """The words a search finds this record by."""
        return [self.name]

    def clean(self):
        self.sort_key = self.make_sort_key()[:250]
        if not self.sort_key:
            raise ValidationError({"name": _("Write a name with letters or digits.")})
        self.slug = self.slug or self.new_slug()

    def new_slug(self) -> str:
        rows = type(self)._base_manager
        return free_slug(self.name, lambda slug: rows.filter(slug=slug).exists())


class PartyQuerySet(StandingQuerySet):
    """People, programmes, bodies or organisations."""

    def known_as(self, name, aliases):
        """Those with exactly this name, or with it among these aliases."""
        key = self.model(name=name).make_sort_key()[:250]
        spelt = aliases.spelt(name).values(self.model._meta.model_name)
        return self.filter(Q(sort_key=key) | Q(pk__in=spelt)) if key else self.none()

    def sharing_a_spelling(self, yes=True):
        """Those with a spelling another bears too, or another's name; or all the others."""
        party = self.model._meta.model_name
        owned = Alias.objects.filter(**{f"{party}__isnull": False})
        shared = owned.filter(key__in=Alias.objects.of_several())
        names = self.model.objects.listed().order_by().values("sort_key")
        doubled = names.annotate(bearers=Count("pk")).filter(bearers__gt=1)
        found = Q(pk__in=shared.values(party)) | Q(sort_key__in=doubled.values("sort_key"))
        return self.filter(found if yes else ~found)


class Party(Mergeable, Slugged):
    """A Slugged record in the shared slug space, with aliases."""

    class Meta(Slugged.Meta):
        abstract = True

    def spellings(self) -> list[str]:
        """Its name, what it is also written as, and the names of those that became it."""
        others = self.aliases.order_by("key").values_list("name", flat=True)
        return [
            self.name,
            *others,
            *self.merged.order_by("sort_key").values_list("name", flat=True),
        ]

    def found_by(self):
        return self.spellings()

    @property
    def kind_of_party(self) -> str:
        return self._meta.model_name

    def new_slug(self) -> str:
        return free_slug(self.name, lambda slug: Slug.objects.filter(slug=slug).exists())

    def save(self, **kwargs):
        adding = self._state.adding
        with transaction.atomic():
            super().save(**kwargs)
            if adding:
                Slug.objects.create(slug=self.slug, **{self.kind_of_party: self})


def spelling_key(name: str) -> str:
    """A name folded; some signs fold into many letters, a column holds so many."""
    return fold(name)[:200]


class AliasQuerySet(RecordQuerySet):
    GRAINS = {"all": lambda viewer: Q(pk__isnull=False)}

    def spelt(self, name: str):
        """The aliases with exactly this spelling, accents, case and punctuation aside."""
        return self.filter(key=spelling_key(name))

    def of_several(self):
        """The spellings that more than one who stands for themselves has (a subquery)."""
        standing = self.filter(**{f"{party}__merged_into__isnull": True for party in PARTIES})
        owners = Count(Coalesce(*PARTIES), distinct=True)
        told = standing.order_by().values("key").annotate(owners=owners)
        return told.filter(owners__gt=1).values("key")


class Alias(Record):
    """A spelling of exactly one person, programme, body or organisation."""

    name = models.CharField(_("also written as"), max_length=200)
    key = models.CharField(max_length=200, editable=False, blank=True, db_index=True)
    person = models.ForeignKey(
        "Person", models.PROTECT, null=True, blank=True, related_name="aliases"
    )
    programme = models.ForeignKey(
        "Programme", models.PROTECT, null=True, blank=True, related_name="aliases"
    )
    body = models.ForeignKey("Body", models.PROTECT, null=True, blank=True, related_name="aliases")
    organisation = models.ForeignKey(
        "Organisation", models.PROTECT, null=True, blank=True, related_name="aliases"
    )

    objects = AliasQuerySet.as_manager()

    class Meta:
        verbose_name = _("spelling")
        verbose_name_plural = _("spellings")
        ordering = ["key", "id"]
        constraints = [
            models.CheckConstraint(
                condition=exactly_one(*PARTIES),
                name="alias_one_owner",
                violation_error_message=_(
                    "A spelling belongs to one person, programme, body or organisation: "
                    "choose exactly one."
                ),
            ),
            *(
                models.UniqueConstraint(
                    fields=[party, "name"],
                    name=f"alias_unique_{party}",
                    violation_error_message=_("This spelling is on the list already."),
                )
                for party in PARTIES
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        self.key = spelling_key(self.name)

    @property
    def owner(self):
        return self.person or self.programme or self.body or self.organisation
