from django.db import models
from django.db.models import Case, Q, When
from django.utils.translation import gettext_lazy as _

from programmes.models.groups import OpenQuerySet
from wiego_review.common.record import Mergeable, Record, StandingQuerySet, everything
from wiego_review.common.text import fold

from .retreat import Retreat
from .review import StrategicReview
from .session import Session


class StrategicIssueQuerySet(StandingQuerySet):
    GRAINS = {
        "open": everything,
        "title": lambda viewer: Q(pk__in=viewer.scope["strategicissue"]),
    }

    def in_words_of(self, one):
        """Those in the same words as this one, accents, case and punctuation aside."""
        return self.filter(search_text=one.search_text).exclude(pk=one.pk)

    def besides(self, one):
        """All but this one, those in its words first."""
        same = Case(When(search_text=one.search_text, then=0), default=1)
        return self.exclude(pk=one.pk).order_by(same, "title", "pk")

    def perhaps_linked(self, yes=True):
        """Those whose link to another waits for a yes or no; or all the others."""
        waiting = IssueLink.objects.waiting()
        asked = Q(pk__in=waiting.values("issue")) | Q(pk__in=waiting.values("other"))
        return self.filter(asked if yes else ~asked)


class StrategicIssue(Mergeable, Record):
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

    def has_words_of(self, other) -> bool:
        """Whether both are in the same words, accents, case and punctuation aside."""
        return self.search_text == other.search_text


class IssueLinkQuerySet(OpenQuerySet):
    def of(self, issue):
        """The links of an issue, on either side."""
        return self.filter(Q(issue=issue) | Q(other=issue))

    def standing(self):
        """Those between issues that stand for themselves."""
        return self.filter(issue__merged_into__isnull=True, other__merged_into__isnull=True)

    def waiting(self):
        """Those nobody has answered."""
        return self.standing().filter(state=IssueLink.State.SUGGESTED)

    def between(self, one, other):
        """The link of two issues, whichever came first."""
        return self.filter(Q(issue=one, other=other) | Q(issue=other, other=one))

    def with_key(self, key):
        return self.filter(pk=key or 0).first()


class IssueLink(Record):
    """Two issues in other words that belong together: suggested, or confirmed by somebody."""

    ref_prefix = "L"

    class Kind(models.TextChoices):
        CONTINUES = "continues", _("Continues")
        RELATED = "related", _("Related")

    class State(models.TextChoices):
        SUGGESTED = "suggested", _("Suggested")
        CONFIRMED = "confirmed", _("Confirmed")
        REFUSED = "refused", _("Not the same")

    issue = models.ForeignKey(
        StrategicIssue, models.PROTECT, related_name="links", verbose_name=_("strategic issue")
    )
    other = models.ForeignKey(
        StrategicIssue, models.PROTECT, related_name="linked_from", verbose_name=_("other issue")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.RELATED)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.SUGGESTED)
    why = models.CharField(_("why"), max_length=250, blank=True)
    said_by = models.ForeignKey(
        "programmes.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answered by"),
    )

    objects = IssueLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link between issues")
        verbose_name_plural = _("links between issues")
        ordering = ["issue_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "other"],
                name="issue_link_once",
                violation_error_message=_("These two are linked already."),
            ),
            models.CheckConstraint(
                condition=~Q(issue=models.F("other")),
                name="issue_link_two",
                violation_error_message=_("Choose another issue: this is the same one."),
            ),
            models.CheckConstraint(
                condition=Q(state="suggested", said_by__isnull=True)
                | (~Q(state="suggested") & Q(said_by__isnull=False)),
                name="issue_link_answered",
                violation_error_message=_("A link is confirmed or refused by somebody."),
            ),
        ]

    def __str__(self):
        return f"{self.issue} – {self.other}"
