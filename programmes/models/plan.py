"""Plans and visions: of a programme, of the cities, of the whole."""

from itertools import chain

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wiego_review.common.dates import Span, span_constraint, span_fields
from wiego_review.common.record import Record, Searched, exactly_one

from .groups import Body, OpenQuerySet, Organisation, Programme
from .party import Slugged
from .place import City, Sector

OWNERS = ("programme", "body", "organisation")


class Plan(Slugged):
    """A plan, vision or roadmap as far as a document tells of it."""

    programme = models.ForeignKey(
        Programme,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="plans",
        verbose_name=_("programme"),
    )
    body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="plans", verbose_name=_("body")
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="plans",
        verbose_name=_("organisation"),
    )
    for_whom = models.CharField(_("for whom"), max_length=200, blank=True)
    cities = models.ManyToManyField(
        City, blank=True, related_name="plans", verbose_name=_("cities")
    )
    announced_only = models.BooleanField(_("announced, not told"), default=False)
    points_announced = models.PositiveSmallIntegerField(
        _("number of points announced"), null=True, blank=True
    )
    locals().update(span_fields("period", _("from")))
    note = models.TextField(_("note"), blank=True)

    objects = OpenQuerySet.as_manager()

    class Meta(Slugged.Meta):
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        constraints = [
            span_constraint("plan", "period"),
            models.CheckConstraint(
                condition=exactly_one(*OWNERS) | Q(**{f"{name}__isnull": True for name in OWNERS}),
                name="plan_one_owner",
                violation_error_message=_(
                    "A plan is of one programme, body or organisation, or of none."
                ),
            ),
        ]

    def found_by(self):
        pillars = self.pillars.order_by("order", "pk").values_list("name", "note")
        return [self.name, self.for_whom, self.note, *chain.from_iterable(pillars)]

    @property
    def period(self) -> Span:
        return Span(self.period_on, self.period_until, self.period_text)


class Pillar(Record):
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="pillars", verbose_name=_("plan"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    name = models.CharField(_("name"), max_length=200)
    note = models.TextField(_("note"), blank=True)

    objects = OpenQuerySet.as_manager()

    class Meta:
        verbose_name = _("pillar")
        verbose_name_plural = _("pillars")
        ordering = ["plan_id", "order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "name"],
                name="pillar_once",
                violation_error_message=_("The plan has a pillar of this name already."),
            )
        ]

    def __str__(self):
        return self.name


class PlanPoint(Searched, Record):
    """One point of a plan, told in our own words with a few of the document's."""

    searched = ("text", "said_as")

    class Kind(models.TextChoices):
        POINT = "point", _("Point")
        CHANGE = "change", _("Long-term change")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="points", verbose_name=_("plan"))
    pillar = models.ForeignKey(
        Pillar,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="points",
        verbose_name=_("pillar"),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.POINT)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    text = models.TextField(_("what is planned"))
    said_as = models.CharField(_("in the document's words"), max_length=250, blank=True)
    sectors = models.ManyToManyField(
        Sector, blank=True, related_name="plan_points", verbose_name=_("sectors")
    )
    cities = models.ManyToManyField(
        City, blank=True, related_name="plan_points", verbose_name=_("cities")
    )

    objects = OpenQuerySet.as_manager()

    class Meta:
        verbose_name = _("point of a plan")
        verbose_name_plural = _("points of plans")
        ordering = ["plan_id", "order", "id"]

    def __str__(self):
        return self.text
