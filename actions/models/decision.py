from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from programmes.models import Body
from retreats.models import Retreat, StrategicIssue
from wiego_review.common.dates import NEVER, Span, span_constraint, span_fields
from wiego_review.common.record import Record, RecordQuerySet, sealed_when_open, unsealed

from .follow_up import FollowUp


class DecisionQuerySet(RecordQuerySet):
    GRAINS = {"open": unsealed, "sealed": sealed_when_open}


class Decision(Record):
    """What a body decided, advised or took note of, in the document's own verb."""

    ref_prefix = "D"

    class Outcome(models.TextChoices):
        APPROVED = "approved", _("Agreed")
        AMENDED = "amended", _("Agreed with changes")
        DECLINED = "declined", _("Not agreed")
        DEFERRED = "deferred", _("Later")
        NOTED = "noted", _("Taken note")
        ADVISED = "advised", _("Our advice")
        REFERRED_BACK = "referred_back", _("Back to the Team")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        CONFIRMED = "confirmed", _("Confirmed")

    number = models.CharField(_("number"), max_length=20, blank=True, editable=False)
    year = models.PositiveSmallIntegerField(_("year"))
    body = models.ForeignKey(
        Body, models.PROTECT, related_name="decisions", verbose_name=_("decided by")
    )
    retreat = models.ForeignKey(
        Retreat,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("retreat or meeting"),
    )
    issue = models.ForeignKey(
        StrategicIssue,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("strategic issue"),
    )
    follow_ups = models.ManyToManyField(
        FollowUp, blank=True, related_name="decisions", verbose_name=_("follow-ups")
    )
    title = models.CharField(_("what about"), max_length=250)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome)
    said_as = models.CharField(_("in the document's word"), max_length=60, blank=True)
    locals().update(span_fields("decided", _("date")))
    decided_sort = models.GeneratedField(
        expression=Coalesce("decided_on", Value(NEVER, output_field=models.DateField())),
        output_field=models.DateField(),
        db_persist=True,
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    sealed = models.BooleanField(_("Board only"), default=False, editable=False)
    search_text = models.TextField(editable=False, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-decided_on", "number", "id"]
        constraints = [
            span_constraint("decision", "decided"),
            models.UniqueConstraint(
                fields=["number"],
                condition=~Q(number=""),
                name="decision_number_once",
                violation_error_message=_("This number is given already."),
            ),
            models.CheckConstraint(
                condition=Q(sealed=False) | Q(number=""),
                name="decision_sealed_unnumbered",
                violation_error_message=_("A Board-only decision is numbered when it is told."),
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.title}".strip()

    @property
    def decided(self) -> Span:
        return Span(self.decided_on, self.decided_until, self.decided_text)
