from django.db import models
from django.utils.translation import gettext_lazy as _

from programmes.models.groups import OpenQuerySet
from wiego_review.common.dates import Span, span_constraint, span_fields
from wiego_review.common.record import Record, Searched

from .retreat import Retreat
from .review import StrategicReview


class ReviewStep(Searched, Record):
    """A step of a strategic review, in its order, with its time as said."""

    searched = ("title", "note", "when_text")

    class Status(models.TextChoices):
        DONE = "done", _("Done")
        ANNOUNCED = "announced", _("Announced")

    review = models.ForeignKey(
        StrategicReview, models.PROTECT, related_name="steps", verbose_name=_("strategic review")
    )
    order = models.PositiveSmallIntegerField(_("order"))
    title = models.CharField(_("step"), max_length=250)
    status = models.CharField(_("status"), max_length=20, choices=Status, blank=True)
    locals().update(span_fields("when", _("when")))
    retreat = models.ForeignKey(
        Retreat,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="steps",
        verbose_name=_("retreat or meeting"),
    )
    note = models.TextField(_("note"), blank=True)

    objects = OpenQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of a review")
        verbose_name_plural = _("steps of reviews")
        ordering = ["review_id", "order", "id"]
        constraints = [
            span_constraint("step", "when"),
            models.UniqueConstraint(
                fields=["review", "order"],
                name="step_order_once",
                violation_error_message=_("The review has a step of this number already."),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def when(self) -> Span:
        return Span(self.when_on, self.when_until, self.when_text)
