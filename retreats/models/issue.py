from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wiego_review.common.record import Record, RecordQuerySet, everything
from wiego_review.common.text import fold

from .retreat import Retreat
from .review import StrategicReview
from .session import Session


class StrategicIssueQuerySet(RecordQuerySet):
    GRAINS = {
        "open": everything,
        "title": lambda viewer: Q(pk__in=viewer.scope["strategicissue"]),
    }


class StrategicIssue(Record):
    """A strategic issue in the words it was raised in. Other words are another issue."""

    ref_prefix = "I"

    title = models.CharField(_("title"), max_length=250)
    search_text = models.TextField(editable=False, blank=True)
    review = models.ForeignKey(
        StrategicReview,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="issues",
        verbose_name=_("strategic review"),
    )
    retreats = models.ManyToManyField(
        Retreat, blank=True, related_name="issues", verbose_name=_("raised at")
    )
    session = models.ForeignKey(
        Session,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="issues",
        verbose_name=_("session"),
    )

    objects = StrategicIssueQuerySet.as_manager()

    class Meta:
        verbose_name = _("strategic issue")
        verbose_name_plural = _("strategic issues")
        ordering = ["title", "id"]

    def __str__(self):
        return self.title

    def clean(self):
        self.search_text = fold(self.title)
