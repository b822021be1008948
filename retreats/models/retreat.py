from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from programmes.models import Body, City, Organisation, Person
from programmes.models.party import Slugged
from programmes.models.user import known_zone
from wiego_review.common.dates import NEVER, between, day_field
from wiego_review.common.record import Record, RecordQuerySet, Searched, everything

from ..row_words import short_name
from .review import StrategicReview


class RetreatQuerySet(RecordQuerySet):
    GRAINS = {
        "open": everything,
        "own": lambda viewer: Q(pk__in=viewer.scope["retreat"]),
    }

    def begun(self, today):
        """Retreats and meetings that have begun by this day, the latest first."""
        return self.filter(starts_on__lte=today).order_by("-starts_on", "id")

    def coming(self, today):
        """Retreats and meetings that have not begun on this day, the next first."""
        return self.filter(starts_on__gte=today).order_by("starts_on", "id")


class Retreat(Slugged):
    """Any convening: a retreat, a Board meeting, a conference."""

    class Kind(models.TextChoices):
        RETREAT = "retreat", _("Retreat")
        WORKSHOP = "workshop", _("Workshop")
        TEAM_RETREAT = "team_retreat", _("Team Retreat")
        BOARD_MEETING = "board_meeting", _("Board meeting")
        TELECONFERENCE = "teleconference", _("Teleconference")
        CONFERENCE = "conference", _("Conference")
        GENERAL_ASSEMBLY = "general_assembly", _("General Assembly")
        EXTERNAL_ENGAGEMENT = "external_engagement", _("External engagement")
        WORKING_MEETING = "working_meeting", _("Working meeting")

    theme = models.CharField(_("theme"), max_length=250, blank=True)
    kind = models.CharField(_("kind"), max_length=30, choices=Kind)
    body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("body")
    )
    review = models.ForeignKey(
        StrategicReview,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="retreats",
        verbose_name=_("strategic review"),
    )
    venue = models.CharField(_("venue"), max_length=200, blank=True)
    city = models.ForeignKey(
        City,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="retreats",
        verbose_name=_("city"),
    )
    place = models.CharField(_("place, as told"), max_length=200, blank=True)
    country = models.CharField(_("country"), max_length=100, blank=True)
    organisations = models.ManyToManyField(
        Organisation, blank=True, related_name="retreats", verbose_name=_("organisations")
    )
    countries = models.JSONField(_("countries"), default=list, blank=True)
    themes = models.JSONField(_("themes"), default=list, blank=True)
    starts_on = day_field(_("first day"))
    ends_on = day_field(_("last day"))
    dates_exact = models.BooleanField(_("the days are exact"), default=True)
    dates_text = models.CharField(_("date, as said"), max_length=200, blank=True)
    date_sort = models.GeneratedField(
        expression=Coalesce("starts_on", Value(NEVER, output_field=models.DateField())),
        output_field=models.DateField(),
        db_persist=True,
    )
    timezone = models.CharField(_("time zone"), max_length=60, blank=True, validators=[known_zone])

    objects = RetreatQuerySet.as_manager()

    class Meta:
        verbose_name = _("retreat or meeting")
        verbose_name_plural = _("retreats and meetings")
        ordering = ["-starts_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=False, ends_on__gte=F("starts_on")),
                name="retreat_days",
                violation_error_message=_(
                    "The last day comes before the first. Change one of the two."
                ),
            )
        ]

    def found_by(self):
        town = self.city.name if self.city_id else ""
        told = (self.theme, self.venue, town, self.place, self.country, self.dates_text)
        return [self.name, *told, *self.countries, *self.themes]

    @property
    def dates(self) -> str:
        """`24–28 Apr 2017`, or the words as said where no day is known."""
        if not self.starts_on:
            return self.dates_text
        return between(self.starts_on, self.ends_on or self.starts_on)

    @property
    def short_name(self) -> str:
        """`Bellagio, April 2017`: as people speak of it."""
        where = self.city.name if self.city_id else self.name
        return short_name(where, self.starts_on, self.ends_on)

    @property
    def where(self) -> str:
        place = self.city.name if self.city_id else self.place
        return ", ".join(part for part in (self.venue, place, self.country) if part)


class DayQuerySet(RecordQuerySet):
    GRAINS = {
        "open": everything,
        "own": lambda viewer: Q(retreat_id__in=viewer.scope["retreat"]),
    }


class Day(Record):
    ref_prefix = "Y"

    retreat = models.ForeignKey(
        Retreat, models.PROTECT, related_name="days", verbose_name=_("retreat")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    date = day_field(_("date"))
    heading = models.CharField(_("heading"), max_length=200, blank=True)
    venue = models.CharField(_("venue"), max_length=200, blank=True)

    objects = DayQuerySet.as_manager()

    class Meta:
        verbose_name = _("day")
        verbose_name_plural = _("days")
        ordering = ["retreat_id", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["retreat", "number"],
                name="day_number_once",
                violation_error_message=_("The retreat has a day of this number already."),
            )
        ]

    def __str__(self):
        return f"{_('Day')} {self.number}"


class OfPersonQuerySet(RecordQuerySet):
    """For rows that tell once what a person was at a convening or session."""

    def visible_to(self, viewer):
        return super().visible_to(viewer).standing()

    def standing(self):
        """Without those left with somebody who was put together with another who has the same."""
        return self.filter(person__merged_into__isnull=True)


class ParticipantQuerySet(OfPersonQuerySet):
    # Who was there is not told to guests, so they see nobody who was not.
    GRAINS = {
        "open": everything,
        "own": lambda viewer: Q(retreat_id__in=viewer.scope["retreat"]) & ~Q(attended="no"),
    }

    def by_people(self, people):
        return self.filter(person__in=people)


class Participant(Record):
    """A person at a retreat, as far as the documents tell."""

    ref_prefix = "P"

    class Capacity(models.TextChoices):
        BOARD = "board", _("Board")
        TEAM = "team", _("Team")
        EXTERNAL = "external", _("External resource person")

    class Attended(models.TextChoices):
        YES = "yes", _("Was there")
        NO = "no", _("Was not there")

    retreat = models.ForeignKey(
        Retreat, models.PROTECT, related_name="participants", verbose_name=_("retreat")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="participations", verbose_name=_("person")
    )
    capacity = models.CharField(_("came as"), max_length=20, choices=Capacity, blank=True)
    attended = models.CharField(_("was there"), max_length=3, choices=Attended, blank=True)
    days = models.ManyToManyField(
        Day, blank=True, related_name="participants", verbose_name=_("days")
    )
    days_missed = models.ManyToManyField(
        Day, blank=True, related_name="missed_by", verbose_name=_("not there on")
    )

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        ordering = ["person__sort_key", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["retreat", "person"],
                name="participant_once",
                violation_error_message=_("This person is on the list of participants already."),
            )
        ]

    def __str__(self):
        return str(self.person)


class HeadCount(Searched, Record):
    """How many came, as announced; the named participants stand beside it, uncorrected."""

    searched = ("as_named",)

    retreat = models.ForeignKey(Retreat, models.PROTECT, related_name="headcounts")
    capacity = models.CharField(
        _("came as"), max_length=20, choices=Participant.Capacity, blank=True
    )
    as_named = models.CharField(_("as named"), max_length=200, blank=True)
    number = models.PositiveIntegerField(_("number"))
    out_of = models.PositiveIntegerField(_("out of"), null=True, blank=True)

    objects = DayQuerySet.as_manager()

    class Meta:
        verbose_name = _("head-count")
        verbose_name_plural = _("head-counts")
        constraints = [
            models.UniqueConstraint(
                fields=["retreat", "capacity"],
                name="headcount_once",
                violation_error_message=_("This head-count is there already."),
            )
        ]

    def __str__(self):
        return f"{self.number} {self.capacity}"
