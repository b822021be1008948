from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programmes.models import Person
from wiego_review.common.record import Record, RecordQuerySet, everything
from wiego_review.common.text import fold

from .retreat import Day, OfPersonQuerySet, Retreat


class SessionQuerySet(RecordQuerySet):
    GRAINS = {
        "open": everything,
        "own": lambda viewer: Q(audience="all", retreat_id__in=viewer.scope["retreat"]),
    }

    def by_people(self, people):
        """The sessions any of these people facilitate or speak in."""
        return self.filter(
            pk__in=SessionPerson.objects.filter(person__in=people).values("session_id")
        )


class Session(Record):
    """A session or agenda item of a retreat."""

    ref_prefix = "S"

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        HELD = "held", _("Held")
        NOT_HELD = "not_held", _("Not held")

    class Audience(models.TextChoices):
        ALL = "all", _("All participants")
        TEAM = "team", _("Team only")
        BOARD = "board", _("Board only, in executive session")

    retreat = models.ForeignKey(
        Retreat, models.PROTECT, related_name="sessions", verbose_name=_("retreat")
    )
    day = models.ForeignKey(
        Day,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions",
        verbose_name=_("day"),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    search_text = models.TextField(editable=False, blank=True)
    position = models.PositiveIntegerField(default=0, editable=False)
    title = models.CharField(_("title"), max_length=250)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PLANNED)
    audience = models.CharField(
        _("for whom"), max_length=10, choices=Audience, default=Audience.ALL
    )
    moved_to = models.CharField(_("where its topic went"), max_length=300, blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["retreat_id", "position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(moved_to="") | Q(status="not_held"),
                name="session_moved_not_held",
                violation_error_message=_(
                    "Where the topic went is told only of a session that was not held."
                ),
            )
        ]

    def __str__(self):
        return self.title

    def clean(self):
        self.search_text = fold(self.title)
        self.position = (self.day.number if self.day else 0) * 1000 + self.order


class SessionPersonQuerySet(OfPersonQuerySet):
    GRAINS = {
        "open": everything,
        "own": lambda viewer: Q(
            session__audience="all", session__retreat_id__in=viewer.scope["retreat"]
        ),
    }


class SessionPerson(Record):
    """Who facilitated a session or spoke there, with the name as the document writes it."""

    class Role(models.TextChoices):
        FACILITATOR = "facilitator", _("Facilitator")
        SPEAKER = "speaker", _("Speaker")
        DISCUSSANT = "discussant", _("Discussant")

    session = models.ForeignKey(
        Session, models.PROTECT, related_name="people", verbose_name=_("session")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="session_roles", verbose_name=_("person")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    topic = models.CharField(_("topic"), max_length=250, blank=True)
    as_named = models.CharField(_("as named"), max_length=200, blank=True)

    objects = SessionPersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("facilitator or speaker")
        verbose_name_plural = _("facilitators and speakers")
        ordering = ["session_id", "role", "order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person", "role"],
                name="session_person_once",
                violation_error_message=_("This person has this role in the session already."),
            )
        ]

    def __str__(self):
        return f"{self.person}, {self.session}"
