from django.db import models
from django.utils.translation import gettext_lazy as _

from programmes.models import Body, Organisation, Person
from programmes.models.groups import OpenQuerySet
from programmes.models.party import Slugged
from wiego_review.common.record import Record, Searched


class StrategicReview(Slugged):
    """A strategic review: what it looks back on and plans, with retreats, issues, committees."""

    committees = models.ManyToManyField(
        Body, blank=True, related_name="reviews", verbose_name=_("committees")
    )

    objects = OpenQuerySet.as_manager()

    class Meta(Slugged.Meta):
        verbose_name = _("strategic review")
        verbose_name_plural = _("strategic reviews")


class ReviewInput(Searched, Record):
    """What a review drew on: a survey, interviews, visions; of whom, as far as told."""

    searched = ("title", "of_whom", "note")

    class Kind(models.TextChoices):
        SURVEY = "survey", _("Survey")
        INTERVIEWS = "interviews", _("Interviews")
        VISIONS = "visions", _("Visions")
        PAPER = "paper", _("Paper")

    review = models.ForeignKey(
        StrategicReview, models.PROTECT, related_name="inputs", verbose_name=_("strategic review")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    title = models.CharField(_("title"), max_length=250)
    of_whom = models.CharField(_("of whom"), max_length=250, blank=True)
    number = models.PositiveIntegerField(_("how many answered"), null=True, blank=True)
    people = models.ManyToManyField(
        Person, blank=True, related_name="review_inputs", verbose_name=_("by")
    )
    organisations = models.ManyToManyField(
        Organisation, blank=True, related_name="review_inputs", verbose_name=_("organisations")
    )
    note = models.TextField(_("note"), blank=True)

    objects = OpenQuerySet.as_manager()

    class Meta:
        verbose_name = _("survey or paper")
        verbose_name_plural = _("surveys and papers")
        ordering = ["review_id", "order", "id"]

    def __str__(self):
        return self.title
