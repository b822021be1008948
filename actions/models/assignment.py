from django.db import models
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from programmes.models import (
    PARTIES,
    Body,
    InWords,
    InWordsRows,
    Organisation,
    Person,
    Programme,
)
from programmes.models.in_words import words_that_stay
from wiego_review.common.record import Record, RecordQuerySet, exactly_one
from wiego_review.common.text import fold

from .follow_up import ENDED, FollowUp
from .held import among

PARENT_GRAINS = {
    "open": lambda viewer: Q(follow_up__sealed=False),
    "sealed": lambda viewer: Q(follow_up__sealed=True) if viewer.board_open else Q(pk__in=[]),
    "assigned": lambda viewer: Q(follow_up_id__in=viewer.scope["followup"]),
}
NO_PARTY = {f"{party}__isnull": True for party in PARTIES}


class AssignmentQuerySet(InWordsRows, RecordQuerySet):
    GRAINS = PARENT_GRAINS

    def current(self):
        return self.filter(ended_at__isnull=True)

    def still_held_by(self, people):
        """What these people have to do yet."""
        held = self.current().filter(person__in=people)
        return held.exclude(follow_up__state__in=ENDED)

    def unanswered(self, user):
        """Given to this account's person by somebody else, and not answered."""
        if not user.person_id:
            return self.none()
        asked = self.current().filter(person=user.person_id, answer="", given_by__isnull=False)
        return asked.exclude(given_by=user)

    def held_by(self, parties):
        return self.filter(among(parties))

    def in_words(self):
        return Q(ended_at__isnull=True) & ~Q(text="")

    def written(self, name) -> list[str]:
        """The names in words, linked to nobody, that hold all the words of this one."""
        words = fold(name).split()
        texts = self.exclude(text="").order_by("text").values_list("text", flat=True).distinct()
        return [text for text in texts if words and all(each in fold(text) for each in words)]

    def given_by(self, user):
        """What this account gave to others, the latest first."""
        return self.filter(given_by=user).order_by("-created_at", "pk")

    def counted_by_person(self, follow_ups, today):
        """How many of these follow-ups each person leads and is with, and how many are late."""
        leads = Q(role="lead")
        rows = self.filter(follow_up__in=follow_ups.values("pk"), person__isnull=False)
        late = Q(follow_up__in=follow_ups.overdue(today).values("pk"))
        return (
            rows.values(slug=F("person__slug"), name=F("person__name"))
            .annotate(
                lead=Count("pk", filter=leads),
                support=Count("pk", filter=~leads),
                late=Count("pk", filter=late),
                total=Count("pk"),
            )
            .order_by("-total", "person__sort_key")
        )

    def beside(self, person_id):
        """Who else has the follow-ups this person has."""
        own = self.current().filter(person=person_id).values("follow_up_id")
        return self.current().filter(follow_up__in=own).exclude(person=person_id)


class Assignment(InWords, Record):
    """Who leads a follow-up or is with them: a person, a group, or a name not yet linked."""

    ref_prefix = "A"
    told_together = (("text", "stays_in_words", *PARTIES),)

    class Role(models.TextChoices):
        LEAD = "lead", _("Lead")
        SUPPORT = "support", _("With")

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", _("OK, I have it")
        DECLINED = "declined", _("Not me")

    follow_up = models.ForeignKey(
        FollowUp, models.PROTECT, related_name="assignments", verbose_name=_("follow-up")
    )
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.LEAD)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    as_named = models.CharField(_("as named"), max_length=200, blank=True)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    text = models.CharField(_("name not yet linked"), max_length=200, blank=True)
    answer = models.CharField(_("answer"), max_length=10, choices=Answer, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    given_by = models.ForeignKey(
        "programmes.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("lead or with")
        verbose_name_plural = _("lead and with")
        ordering = ["follow_up_id", "role", "order", "id"]
        indexes = [
            models.Index(
                fields=[party, "role", "follow_up"],
                condition=Q(ended_at__isnull=True),
                name=f"assignment_held_{party}",
            )
            for party in PARTIES
        ]
        constraints = [
            models.CheckConstraint(
                condition=(exactly_one(*PARTIES) & Q(text="")) | (Q(**NO_PARTY) & ~Q(text="")),
                name="assignment_one_target",
                violation_error_message=_(
                    "Choose one person or group, or write one name: exactly one of them."
                ),
            ),
            words_that_stay("text", "assignment_stays_in_words"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="assignment_answer_dated",
                violation_error_message=_("An answer has a time, and a time an answer."),
            ),
            models.CheckConstraint(
                condition=~Q(answer="declined") | Q(ended_at__isnull=False),
                name="assignment_declined_ended",
                violation_error_message=_("“Not me” ends it."),
            ),
            *(
                models.UniqueConstraint(
                    fields=["follow_up", party],
                    condition=Q(ended_at__isnull=True),
                    name=f"assignment_once_{party}",
                    violation_error_message=_("They are on this follow-up already."),
                )
                for party in PARTIES
            ),
        ]

    def __str__(self):
        return self.shown

    @property
    def sealed(self) -> bool:
        """Board only where its follow-up is."""
        return self.follow_up.sealed

    @property
    def party(self):
        return self.person or self.programme or self.body or self.organisation

    @property
    def told_as(self) -> str:
        return self.text or self.as_named

    @property
    def known(self) -> list:
        return [self.party] if self.party else []

    @property
    def shown(self) -> str:
        """The name as shown: of whoever is linked, or the words of the document."""
        return self.party.name if self.party else self.text
