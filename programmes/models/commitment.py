"""Global commitments: conventions, recommendations, goals; their provisions; who works on them."""

from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from wiego_review.common.record import Record, Searched

from .groups import Body, OpenQuerySet, Organisation, Programme
from .party import Slugged
from .person import Person
from .place import City, Sector


class Commitment(Slugged):
    """What was won in the world and is to be carried out."""

    class Kind(models.TextChoices):
        CONVENTION = "convention", _("Convention")
        RECOMMENDATION = "recommendation", _("Recommendation")
        RESOLUTION = "resolution", _("Resolution")
        GOAL = "goal", _("Goal")
        AGENDA = "agenda", _("Agenda")
        STANDARD = "standard", _("Standard of statistics")
        PLATFORM = "platform", _("Platform of demands")
        LAW = "law", _("Law of a country")
        CITY_LAW = "city_law", _("Law or plan of a city")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    as_named = models.CharField(_("as named"), max_length=200, blank=True)
    other_names = models.JSONField(_("also written as"), default=list, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    global_victory = models.BooleanField(_("called a global victory"), default=False)
    country = models.CharField(_("country"), max_length=100, blank=True)
    city = models.ForeignKey(
        City,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="commitments",
        verbose_name=_("city"),
    )
    sectors = models.ManyToManyField(
        Sector, blank=True, related_name="commitments", verbose_name=_("sectors")
    )
    note = models.TextField(_("note"), blank=True)

    objects = OpenQuerySet.as_manager()

    class Meta(Slugged.Meta):
        verbose_name = _("global commitment")
        verbose_name_plural = _("global commitments")

    def found_by(self):
        return [self.name, self.as_named, *self.other_names, self.note]


class Provision(Searched, Record):
    """What a commitment says or is asked to say, as far as a document tells."""

    searched = ("text", "said_as")

    commitment = models.ForeignKey(
        Commitment,
        models.PROTECT,
        related_name="provisions",
        verbose_name=_("global commitment"),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    text = models.TextField(_("what it says"))
    said_as = models.CharField(_("in the document's words"), max_length=250, blank=True)

    objects = OpenQuerySet.as_manager()

    class Meta:
        verbose_name = _("provision")
        verbose_name_plural = _("provisions")
        ordering = ["commitment_id", "order", "id"]

    def __str__(self):
        return self.said_as or self.text


class CommitmentWorkQuerySet(OpenQuerySet):
    def listed(self):
        """Each with `home`: the slug of the first commitment it is told of."""
        first = Commitment.objects.filter(works=OuterRef("pk")).order_by("sort_key", "pk")
        return self.annotate(home=Subquery(first.values("slug")[:1]))


class CommitmentWork(Searched, Record):
    """Who is working on what of one or several commitments."""

    searched = ("text",)

    commitments = models.ManyToManyField(
        Commitment, blank=True, related_name="works", verbose_name=_("global commitments")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    text = models.TextField(_("what"))
    people = models.ManyToManyField(
        Person, blank=True, related_name="commitment_works", verbose_name=_("people")
    )
    programmes = models.ManyToManyField(
        Programme, blank=True, related_name="commitment_works", verbose_name=_("programmes")
    )
    bodies = models.ManyToManyField(
        Body, blank=True, related_name="commitment_works", verbose_name=_("bodies")
    )
    organisations = models.ManyToManyField(
        Organisation, blank=True, related_name="commitment_works", verbose_name=_("organisations")
    )

    objects = CommitmentWorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("work on a commitment")
        verbose_name_plural = _("work on commitments")
        ordering = ["order", "id"]

    def __str__(self):
        return self.text
