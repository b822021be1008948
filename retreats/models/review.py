from django.db import models
from django.utils.translation import gettext_lazy as _

from programmes.models import Body
from programmes.models.groups import OpenQuerySet
from programmes.models.party import Slugged


class StrategicReview(Slugged):
    """A strategic review: what it looks back on and plans, with retreats, issues, committees."""

    committees = models.ManyToManyField(
        Body, blank=True, related_name="reviews", verbose_name=_("committees")
    )

    objects = OpenQuerySet.as_manager()

    class Meta(Slugged.Meta):
        verbose_name = _("strategic review")
        verbose_name_plural = _("strategic reviews")
