"""What was said: points, post-its, questions, recommendations; and what became of suggestions."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from programmes.models import InWords, InWordsRows, Person
from programmes.models.in_words import words_that_stay
from wiego_review.common.record import Record, RecordQuerySet, sealed_when_open, unsealed
from wiego_review.common.text import fold

from .retreat import Retreat
from .session import Session


class SaidQuerySet(InWordsRows, RecordQuerySet):
    """Of what somebody said."""

    @property
    def speakers(self):
        """`(rows of who said what, their column of what was said)`."""
        relation = self.model.said_by
        return relation.through.objects, relation.field.m2m_field_name()

    def by_people(self, people):
        rows, column = self.speakers
        return self.filter(pk__in=rows.filter(person__in=people).values(column))

    def in_words(self):
        rows, column = self.speakers
        return ~Q(said_by_text="") & ~Q(Exists(rows.filter(**{column: OuterRef("pk")})))


class Said(InWords):
    """Abstract: said by people who are known (`said_by`), or told in words (`said_by_text`)."""

    told_together = (("said_by", "said_by_text", "stays_in_words"),)

    class Meta:
        abstract = True

    @property
    def told_as(self) -> str:
        return self.said_by_text

    @property
    def known(self) -> list:
        return list(self.said_by.all())


class NoteQuerySet(SaidQuerySet):
    GRAINS = {"open": unsealed, "sealed": sealed_when_open}

    def on_the_wall(self):
        """The post-its of the exercise on opportunities and threats."""
        return self.filter(matrix=True)

    def of_no_session(self):
        return self.filter(session__isnull=True)


class Note(Said, Record):
    """One point or post-it of a session, told shortly in our own words."""

    ref_prefix = "N"

    class Kind(models.TextChoices):
        POINT = "point", _("Point")
        QUESTION = "question", _("Question")
        OPPORTUNITY = "opportunity", _("Opportunity")
        THREAT = "threat", _("Threat")
        DILEMMA = "dilemma", _("Dilemma")
        RECOMMENDATION = "recommendation", _("Recommendation")
        REASON = "reason", _("Reason")
        PROMISE = "promise", _("Promise")

    retreat = models.ForeignKey(
        Retreat, models.PROTECT, related_name="notes", verbose_name=_("retreat")
    )
    session = models.ForeignKey(
        Session,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="notes",
        verbose_name=_("session"),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    position = models.PositiveIntegerField(default=0, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.POINT)
    theme = models.CharField(_("about"), max_length=200, blank=True)
    for_whom = models.CharField(_("for whom"), max_length=200, blank=True)
    text = models.TextField(_("what was said"))
    said_as = models.CharField(_("in the document's words"), max_length=250, blank=True)
    said_by = models.ManyToManyField(
        Person, blank=True, related_name="notes", verbose_name=_("said by")
    )
    said_by_text = models.CharField(_("said by, as told"), max_length=250, blank=True)
    said_by_uncertain = models.BooleanField(_("who said it is uncertain"), default=False)
    matrix = models.BooleanField(_("post-it on the wall"), default=False)
    sealed = models.BooleanField(_("Board only"), default=False, editable=False)
    search_text = models.TextField(editable=False, blank=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["retreat_id", "session__position", "order", "id"]
        indexes = [
            models.Index("retreat", "order", "id", name="note_retreat"),
            models.Index("kind", "id", name="note_kind"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(matrix=False) | Q(kind__in=("opportunity", "threat")),
                name="note_matrix_kinds",
                violation_error_message=_(
                    "A post-it on the wall is an opportunity or a threat: choose one of the two."
                ),
            ),
            words_that_stay("said_by_text", "note_stays_in_words"),
        ]

    def __str__(self):
        return self.text

    def clean(self):
        self.position = (self.session.position if self.session else 0) * 1000 + self.order
        told = (self.text, self.said_as, self.theme, self.for_whom, self.said_by_text)
        self.search_text = fold(" | ".join(filter(None, told)))


class SuggestionQuerySet(SaidQuerySet):
    GRAINS = {"open": lambda viewer: Q(pk__isnull=False)}


class Suggestion(Said, Record):
    """Something suggested or promised at a retreat, and whether anybody took it up."""

    ref_prefix = "G"

    class Taken(models.TextChoices):
        NO = "no", _("Nobody is said to have taken it up")
        PARTLY = "partly", _("Taken up in part")
        ELSEWHERE = "elsewhere", _("Taken up elsewhere")
        NO_WORD = "no_word", _("No word of it")
        YES = "yes", _("Taken up")

    retreat = models.ForeignKey(
        Retreat, models.PROTECT, related_name="suggestions", verbose_name=_("retreat")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    title = models.CharField(_("what was suggested"), max_length=250)
    text = models.TextField(_("what is told of it"), blank=True)
    for_whom = models.CharField(_("for whom"), max_length=200, blank=True)
    said_by = models.ManyToManyField(
        Person, blank=True, related_name="suggestions", verbose_name=_("said by")
    )
    said_by_text = models.CharField(_("said by, as told"), max_length=250, blank=True)
    times = models.PositiveSmallIntegerField(_("times said"), default=1)
    taken_up = models.CharField(_("what became of it"), max_length=20, choices=Taken)
    search_text = models.TextField(editable=False, blank=True)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        ordering = ["retreat_id", "order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(times__gte=1),
                name="suggestion_said",
                violation_error_message=_("A suggestion was said at least once."),
            ),
            words_that_stay("said_by_text", "suggestion_stays_in_words"),
        ]

    def __str__(self):
        return self.title

    def clean(self):
        self.search_text = fold(" | ".join(filter(None, (self.title, self.text, self.for_whom))))
