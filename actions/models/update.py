from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from programmes.models import Person
from programmes.models.changeset import ChangeSet
from wiego_review.common.record import Record, RecordQuerySet, Searched

from .follow_up import FollowUp

WRITE = _("Write what there is to tell.")


class UpdateQuerySet(RecordQuerySet):
    GRAINS = {
        "open": lambda viewer: Q(sealed=False, follow_up__sealed=False),
        "sealed": lambda viewer: Q(sealed=True) if viewer.board_open else Q(pk__in=[]),
        "assigned": lambda viewer: Q(sealed=False, follow_up_id__in=viewer.scope["followup"]),
    }


class Update(Searched, Record):
    """What somebody reports on a follow-up."""

    searched = ("text",)

    ref_prefix = "U"

    follow_up = models.ForeignKey(
        FollowUp, models.PROTECT, related_name="updates", verbose_name=_("follow-up")
    )
    text = models.TextField(_("update"), max_length=20_000, error_messages={"blank": WRITE})
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    as_told_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("as told by"),
    )
    told_how = models.CharField(_("how"), max_length=10, choices=ChangeSet.Told, blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now)
    sealed = models.BooleanField(_("Board only"), default=False, editable=False)

    objects = UpdateQuerySet.as_manager()

    class Meta:
        verbose_name = _("update")
        verbose_name_plural = _("updates")
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="update_text_given",
                violation_error_message=WRITE,
            ),
            models.CheckConstraint(
                condition=Q(told_how="") | Q(as_told_by__isnull=False),
                name="update_told_by_whom",
                violation_error_message=_("Say who told it."),
            ),
        ]

    def __str__(self):
        return self.text[:80]
