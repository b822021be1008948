"""A dot vote as announced. Findings are computed where it is shown, never stored or corrected."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from programmes.models.groups import OpenQuerySet
from wiego_review.common.record import Record, Searched
from wiego_review.common.text import fold

from .issue import StrategicIssue
from .note import Note
from .session import Session


class BallotQuerySet(OpenQuerySet):
    def at(self, retreat):
        return self.filter(session__retreat=retreat)


class Ballot(Record):
    ref_prefix = "B"

    session = models.ForeignKey(
        Session, models.PROTECT, related_name="ballots", verbose_name=_("session")
    )
    title = models.CharField(_("title"), max_length=250)
    question = models.TextField(_("the question as put"), blank=True)
    dots_per_voter = models.PositiveSmallIntegerField(_("dots for each"), null=True, blank=True)
    entitled = models.PositiveSmallIntegerField(_("how many may vote"), null=True, blank=True)
    order_text = models.CharField(_("order, as announced"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True)
    search_text = models.TextField(editable=False, blank=True)

    objects = BallotQuerySet.as_manager()

    class Meta:
        verbose_name = _("dot vote")
        verbose_name_plural = _("dot votes")
        ordering = ["session__retreat_id", "id"]

    def __str__(self):
        return self.title

    def clean(self):
        self.search_text = fold(f"{self.title} | {self.question} | {_('dot vote')}")


class BallotOption(Searched, Record):
    """One of the issues voted on, in the place and with the dots announced."""

    searched = ("text",)

    ballot = models.ForeignKey(
        Ballot, models.PROTECT, related_name="options", verbose_name=_("dot vote")
    )
    text = models.CharField(_("issue"), max_length=250)
    announced_position = models.PositiveSmallIntegerField(_("place, as announced"))
    dots = models.PositiveSmallIntegerField(_("dots"))
    issue = models.ForeignKey(
        StrategicIssue,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="options",
        verbose_name=_("strategic issue"),
    )
    reasons = models.ManyToManyField(
        Note, blank=True, related_name="options", verbose_name=_("reasons")
    )

    objects = OpenQuerySet.as_manager()

    class Meta:
        verbose_name = _("issue voted on")
        verbose_name_plural = _("issues voted on")
        ordering = ["ballot_id", "announced_position"]
        constraints = [
            models.UniqueConstraint(
                fields=["ballot", "announced_position"],
                name="option_position_once",
                violation_error_message=_("Another issue has this place. Choose another."),
            ),
            models.UniqueConstraint(
                fields=["ballot", "text"],
                name="option_text_once",
                violation_error_message=_("The vote has this issue already."),
            ),
        ]

    def __str__(self):
        return self.text
