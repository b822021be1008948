from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from wiego_review.common.dates import Span, span_constraint, span_fields
from wiego_review.common.record import Record, RecordQuerySet, Searched, everything, exactly_one

from .party import Party, PartyQuerySet


class OpenQuerySet(RecordQuerySet):
    """For nouns with nothing to hide from those who see them at all."""

    GRAINS = {"open": everything}


class OpenPartyQuerySet(PartyQuerySet, OpenQuerySet):
    """Programmes, bodies and organisations."""


class Programme(Party):
    class Kind(models.TextChoices):
        PROGRAMME = "programme", _("Programme")
        INITIATIVE = "initiative", _("Initiative")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.PROGRAMME)

    objects = OpenPartyQuerySet.as_manager()

    class Meta(Party.Meta):
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")


class OrganisationQuerySet(OpenPartyQuerySet):
    def told_as(self, roles):
        """Those that stand in the documents in one of these roles."""
        return self.filter(pk__in=self.model.objects.filter(roles__role__in=roles).values("pk"))


class Organisation(Party):
    country = models.CharField(_("country"), max_length=100, blank=True)
    part_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("part of"),
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta(Party.Meta):
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def found_by(self):
        over_time = self.names.order_by("year", "pk").values_list("name", flat=True)
        return [*self.spellings(), *over_time, self.country]


class Body(Party):
    class Kind(models.TextChoices):
        BOARD = "board", _("Board")
        TEAM = "team", _("Team")
        COMMITTEE = "committee", _("Committee")
        UNIT = "unit", _("Unit")
        ADVISORY = "advisory", _("Advisory committee")
        ASSEMBLY = "assembly", _("Assembly")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    code = models.CharField(_("code"), max_length=4, blank=True)

    objects = OpenPartyQuerySet.as_manager()

    class Meta(Party.Meta):
        verbose_name = _("body")
        verbose_name_plural = _("Board, Team, committees")
        constraints = [
            models.UniqueConstraint(
                fields=["code"],
                condition=~models.Q(code=""),
                name="body_code_unique",
                violation_error_message=_("Another body has this code. Choose another."),
            )
        ]


class MembershipQuerySet(OpenQuerySet):
    GRAINS = {"open": lambda viewer: models.Q(taken_back=False)}

    def standing(self, today):
        """Those begun and not ended on this day; what is not stated does not count against it."""
        begun = models.Q(started_on__isnull=True) | models.Q(started_on__lte=today)
        not_ended = models.Q(last_day__gte=today) | models.Q(last_day__isnull=True, ended_text="")
        last_day = Coalesce("ended_until", "ended_on")
        return self.alias(last_day=last_day).filter(begun, not_ended, taken_back=False)

    def answering(self):
        """Those who answer for the group: what it leads, they are reminded of."""
        return self.filter(role__in=("director", "convener"))


class Membership(Searched, Record):
    """A person in a body or a programme, with the role and from when to when, as stated."""

    searched = ("title",)

    class Role(models.TextChoices):
        MEMBER = "member", _("Member")
        CHAIR = "chair", _("Chair")
        DIRECTOR = "director", _("Director")
        CONVENER = "convener", _("Convener")
        COORDINATOR = "coordinator", _("Coordinator")
        ADVISOR = "advisor", _("Advisor")

    person = models.ForeignKey(
        "Person", models.PROTECT, related_name="memberships", verbose_name=_("person")
    )
    body = models.ForeignKey(
        Body,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("body"),
    )
    programme = models.ForeignKey(
        Programme,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("programme"),
    )
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.MEMBER)
    title = models.CharField(_("as told"), max_length=200, blank=True)
    city = models.ForeignKey(
        "City",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="team",
        verbose_name=_("in the city"),
    )
    locals().update(span_fields("started", _("from")))
    locals().update(span_fields("ended", _("until")))
    understood_from = models.ForeignKey(
        "Understanding",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="memberships",
        verbose_name=_("understood, not said"),
    )
    taken_back = models.BooleanField(_("taken back"), default=False, editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["person__sort_key", "id"]
        constraints = [
            models.CheckConstraint(
                condition=exactly_one("body", "programme"),
                name="membership_one_group",
                violation_error_message=_("Choose a body or a programme, not both."),
            ),
            span_constraint("membership", "started"),
            span_constraint("membership", "ended"),
            models.CheckConstraint(
                condition=models.Q(taken_back=False) | models.Q(understood_from__isnull=False),
                name="membership_taken_back_if_understood",
                violation_error_message=_("Only what was understood is taken back."),
            ),
        ]

    def __str__(self):
        return f"{self.person}, {self.body or self.programme}"

    @property
    def group(self):
        return self.body or self.programme

    @property
    def understood(self) -> bool:
        """Whether no document says it: it follows from a yes."""
        return self.understood_from_id is not None

    @property
    def started(self) -> Span:
        return Span(self.started_on, self.started_until, self.started_text)

    @property
    def ended(self) -> Span:
        return Span(self.ended_on, self.ended_until, self.ended_text)
