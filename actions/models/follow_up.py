from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Count, F, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from programmes.models import City, Commitment, Organisation, Programme, Region, Sector
from retreats.models import Retreat, Session, StrategicIssue, Suggestion
from wiego_review.common.dates import (
    NEVER,
    Span,
    day_field,
    months_before,
    span_constraint,
    span_fields,
)
from wiego_review.common.record import Record, sealed_when_open, unsealed
from wiego_review.common.text import fold

from .held import HeldQuerySet

QUIET_MONTHS = 12
ENDED = ("done", "dropped")
SUGGESTED = "suggested"
SAY_WHAT = _("Say what is to be done.")


def is_quiet(today) -> Q:
    """Going, and no word for a year: past its last day, or a group that stands."""
    standing = Q(kind="working_group") & ~Q(state=SUGGESTED)
    silent = Q(last_word_on__lt=months_before(today, QUIET_MONTHS))
    return ~Q(state__in=ENDED) & silent & (Q(due_sort__lt=today) | standing)


def is_overdue(today) -> Q:
    """Going and past its last day, and not quiet."""
    told = Q(last_word_on__gte=months_before(today, QUIET_MONTHS))
    return ~Q(state__in=ENDED) & Q(due_sort__lt=today) & (told | Q(last_word_on__isnull=True))


class FollowUpQuerySet(HeldQuerySet):
    GRAINS = {
        "open": unsealed,
        "sealed": sealed_when_open,
        "assigned": lambda viewer: Q(pk__in=viewer.scope["followup"]),
    }

    def not_ended(self):
        return self.exclude(state__in=ENDED)

    def agreed(self):
        return self.exclude(state=SUGGESTED)

    def suggested(self):
        """Of which nobody is said to have agreed to them."""
        return self.filter(state=SUGGESTED)

    def standing(self):
        """Working groups that stand until they are closed."""
        return self.filter(kind="working_group", state="under_way")

    def with_quiet(self, today):
        """Adds `quiet` and `overdue` (booleans), as of this day. Quiet is never overdue."""
        return self.annotate(quiet=flag(is_quiet(today)), overdue=flag(is_overdue(today)))

    def quiet(self, today):
        return self.filter(is_quiet(today))

    def not_quiet(self, today):
        return self.filter(~is_quiet(today))

    def overdue(self, today):
        return self.filter(is_overdue(today))

    def due_between(self, first, last):
        """Whose last day is one of these."""
        return self.filter(due_sort__range=(first, last))

    def needing_help(self):
        return self.filter(state="needs_help")

    def for_policies(self):
        """With the rows the policies look at, so that they read none themselves."""
        return self.prefetch_related("programmes", "assignments")

    def parts_of(self, keys):
        return self.filter(parent__in=keys)

    def hanging_on(self, retreat):
        """Those still to be done by a day told from this retreat, the first due first."""
        open_ = self.exclude(state__in=ENDED).filter(due_anchor=retreat, due_on__isnull=False)
        return open_.order_by("due_sort", "order", "id")

    def due_from(self, today):
        """With a day that is not over."""
        return self.filter(due_on__isnull=False, due_sort__gte=today)

    def no_due(self):
        """No day and not said to be ongoing."""
        return self.filter(due_on__isnull=True, ongoing=False)

    def still_undated(self, title):
        """Those of this title that go on and have no day yet."""
        return self.not_ended().no_due().filter(title=title)

    def with_due(self):
        return self.exclude(due_on__isnull=True, ongoing=False)

    def not_groups(self):
        return self.exclude(kind="working_group")

    def issue_count(self) -> Subquery:
        """Of how many issues those of one retreat are."""
        return self.per_retreat(Count("issue", distinct=True))

    def group_count(self) -> Subquery:
        """How many of those of one retreat are working groups."""
        return self.per_retreat(Count("pk", filter=Q(kind="working_group")))

    def per_retreat(self, count) -> Subquery:
        return Subquery(self.order_by().values("retreat").annotate(n=count).values("n"))

    def of_reviews(self, reviews):
        """Those of an issue of these reviews, or agreed at one of their retreats."""
        return self.filter(Q(issue__review__in=reviews) | Q(retreat__review__in=reviews))


def flag(condition: Q) -> Case:
    return Case(
        When(condition, then=Value(True)),
        default=Value(False),
        output_field=models.BooleanField(),
    )


class FollowUp(Record):
    """Something to be done after a retreat, by somebody, by some day."""

    ref_prefix = "F"

    class Kind(models.TextChoices):
        WEBINAR = "webinar", _("Webinar")
        TWO_PAGER = "two_pager", _("Two-pager")
        WORKING_GROUP = "working_group", _("Working group")
        TOOLKIT = "toolkit", _("Toolkit")
        SUMMARY = "summary", _("Summary")
        MATERIAL = "material", _("Material")
        PLAN = "plan", _("Plan")
        TASK = "task", _("Other")

    class State(models.TextChoices):
        SUGGESTED = "suggested", _("Suggested")
        NOT_STARTED = "not_started", _("Not started")
        UNDER_WAY = "under_way", _("Under way")
        NEEDS_HELP = "needs_help", _("Needs help")
        DONE = "done", _("Done")
        DROPPED = "dropped", _("Dropped")

    class Edge(models.TextChoices):
        START = "start", _("its first day")
        END = "end", _("its last day")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.TASK)
    title = models.CharField(
        _("what is to be done"), max_length=250, error_messages={"blank": SAY_WHAT}
    )
    note = models.TextField(_("note"), blank=True)
    state = models.CharField(
        _("where it stands"), max_length=20, choices=State, default=State.NOT_STARTED
    )
    sealed = models.BooleanField(_("Board only"), default=False, editable=False)
    retreat = models.ForeignKey(
        Retreat,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="follow_ups",
        verbose_name=_("agreed at"),
    )
    session = models.ForeignKey(
        Session,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="follow_ups",
        verbose_name=_("session"),
    )
    issue = models.ForeignKey(
        StrategicIssue,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="follow_ups",
        verbose_name=_("strategic issue"),
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="steps",
        verbose_name=_("part of"),
    )
    order = models.PositiveSmallIntegerField(_("order in the document"), default=9999)
    programmes = models.ManyToManyField(
        Programme, blank=True, related_name="follow_ups", verbose_name=_("programmes")
    )
    sectors = models.ManyToManyField(
        Sector, blank=True, related_name="follow_ups", verbose_name=_("sectors")
    )
    regions = models.ManyToManyField(
        Region, blank=True, related_name="follow_ups", verbose_name=_("regions")
    )
    cities = models.ManyToManyField(
        City, blank=True, related_name="follow_ups", verbose_name=_("cities")
    )
    commitments = models.ManyToManyField(
        Commitment, blank=True, related_name="follow_ups", verbose_name=_("global commitments")
    )
    organisations = models.ManyToManyField(
        Organisation, blank=True, related_name="follow_ups", verbose_name=_("organisations")
    )
    suggestions = models.ManyToManyField(
        Suggestion, blank=True, related_name="follow_ups", verbose_name=_("what it comes from")
    )
    locals().update(span_fields("due", _("by when")))
    due_anchor = models.ForeignKey(
        Retreat,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="due_follow_ups",
        verbose_name=_("in time for"),
    )
    due_edge = models.CharField(max_length=5, choices=Edge, blank=True)
    due_offset = models.SmallIntegerField(_("days after it"), null=True, blank=True)
    ongoing = models.BooleanField(_("ongoing"), default=False)
    look_again_on = day_field(_("look again on"))
    locals().update(span_fields("original_due", _("first date")))
    slips = models.PositiveSmallIntegerField(default=0, editable=False)
    cadence_min = models.PositiveSmallIntegerField(_("meetings a year"), null=True, blank=True)
    cadence_max = models.PositiveSmallIntegerField(_("at most"), null=True, blank=True)
    last_word_on = models.DateField(null=True, editable=False)
    created_by = models.ForeignKey(
        "programmes.User", models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    due_sort = models.GeneratedField(
        expression=Coalesce("due_until", "due_on", Value(NEVER, output_field=models.DateField())),
        output_field=models.DateField(),
        db_persist=True,
    )
    search_text = models.TextField(editable=False, blank=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering = ["due_sort", "order", "id"]
        indexes = [
            models.Index("due_sort", "order", "id", name="followup_due"),
            models.Index("title", "id", name="followup_title"),
            models.Index("kind", "id", name="followup_kind"),
            models.Index("state", "id", name="followup_state"),
            models.Index("updated_at", "id", name="followup_updated"),
            models.Index("order", "id", name="followup_order"),
            models.Index("last_word_on", name="followup_last_word", condition=~Q(state__in=ENDED)),
            models.Index("kind", "state", "id", name="followup_counted", condition=Q(sealed=False)),
        ]
        constraints = [
            span_constraint("followup", "due"),
            span_constraint("followup", "original_due"),
            models.CheckConstraint(
                condition=Q(due_anchor__isnull=True, due_edge="", due_offset__isnull=True)
                | (Q(due_anchor__isnull=False, due_offset__isnull=False) & ~Q(due_edge="")),
                name="followup_anchor_whole",
                violation_error_message=_(
                    "A date tied to a retreat needs the retreat, which of its days, "
                    "and how many days after it."
                ),
            ),
            models.CheckConstraint(
                condition=Q(ongoing=False) | Q(due_on__isnull=True),
                name="followup_ongoing_no_day",
                violation_error_message=_("Ongoing work has no last day. Choose one of the two."),
            ),
            models.CheckConstraint(
                condition=Q(cadence_max__isnull=True)
                | Q(cadence_min__isnull=False, cadence_max__gte=F("cadence_min")),
                name="followup_cadence_ordered",
                violation_error_message=_("Meetings a year: the smaller number comes first."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="working_group") | Q(due_on__isnull=True, due_text=""),
                name="followup_group_undated",
                violation_error_message=_(
                    "A working group has no date. It stands until it is closed."
                ),
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="followup_not_its_own_step",
                violation_error_message=_("It cannot be a part of itself."),
            ),
            models.CheckConstraint(
                condition=~Q(title=""),
                name="followup_title_given",
                violation_error_message=SAY_WHAT,
            ),
        ]

    def __str__(self):
        return self.title

    def clean(self):
        """It says something, and is no part of itself, nor of its own steps."""
        if self.title and not fold(self.title):
            raise ValidationError({"title": _("Say what is to be done.")})
        above, seen = self.parent, {self.pk}
        while above is not None:
            if above.pk in seen:
                raise ValidationError({"parent": _("It cannot be a part of itself.")})
            seen.add(above.pk)
            above = above.parent

    @property
    def due(self) -> Span:
        return Span(self.due_on, self.due_until, self.due_text)

    @property
    def original_due(self) -> Span:
        return Span(self.original_due_on, self.original_due_until, self.original_due_text)

    @property
    def is_ended(self) -> bool:
        return self.state in ENDED

    @property
    def is_group(self) -> bool:
        return self.kind == self.Kind.WORKING_GROUP
