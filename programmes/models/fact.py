"""Single facts a document tells of somebody or something, and organisations' names over time."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from wiego_review.common.dates import Span, span_constraint, span_fields
from wiego_review.common.record import Record, Searched, exactly_one

from .groups import Body, OpenQuerySet, Organisation, Programme
from .person import Person
from .place import City

OWNERS = ("person", "programme", "body", "organisation", "city")


def owner(model, label):
    return models.ForeignKey(
        model, models.PROTECT, null=True, blank=True, related_name="facts", verbose_name=label
    )


class Fact(Searched, Record):
    """One thing told of a person, programme, body, organisation or city, with its time if stated.

    Told in our own words; `said_as` are a few of the document's.
    """

    searched = ("text", "said_as")

    person = owner(Person, _("person"))
    programme = owner(Programme, _("programme"))
    body = owner(Body, _("body"))
    organisation = owner(Organisation, _("organisation"))
    city = owner(City, _("city"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    text = models.TextField(_("what is told"))
    said_as = models.CharField(_("in the document's words"), max_length=250, blank=True)
    locals().update(span_fields("told", _("when")))

    objects = OpenQuerySet.as_manager()

    class Meta:
        verbose_name = _("fact")
        verbose_name_plural = _("facts")
        ordering = ["told_on", "order", "id"]
        constraints = [
            span_constraint("fact", "told"),
            models.CheckConstraint(
                condition=exactly_one(*OWNERS),
                name="fact_one_owner",
                violation_error_message=_(
                    "A fact is of one person, programme, body, organisation or city."
                ),
            ),
        ]

    def __str__(self):
        return self.text

    @property
    def told_of(self):
        """Whom or what it is told of."""
        return next(filter(None, (getattr(self, name) for name in OWNERS)))

    @property
    def when(self) -> Span:
        return Span(self.told_on, self.told_until, self.told_text)


class OrganisationName(Record):
    """A name an organisation is given in documents of some year."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="names", verbose_name=_("organisation")
    )
    name = models.CharField(_("name"), max_length=200)
    year = models.PositiveSmallIntegerField(_("in papers of"), null=True, blank=True)

    objects = OpenQuerySet.as_manager()

    class Meta:
        verbose_name = _("name over time")
        verbose_name_plural = _("names over time")
        ordering = ["organisation_id", "year", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name", "year"],
                name="organisation_name_once",
                violation_error_message=_("This name is on the list already."),
            )
        ]

    def __str__(self):
        return f"{self.name} ({self.year})" if self.year else self.name


class OrganisationRole(Record):
    """How an organisation stands in the documents: a member, a donor, interviewed …"""

    class Role(models.TextChoices):
        MEMBER = "member", _("Member")
        NETWORK = "network", _("Network")
        PARTNER = "partner", _("Partner")
        POSSIBLE_PARTNER = "possible_partner", _("Named as a possible partner")
        DONOR = "donor", _("Donor")
        POSSIBLE_DONOR = "possible_donor", _("Named as a possible donor")
        INTERVIEWED = "interviewed", _("Interviewed")
        EMPLOYER = "employer", _("Employer of a guest or member")
        HOST = "host", _("Host")
        FOUNDER = "founder", _("Home of a founder")
        BOARD = "board", _("With a seat on the Board")
        NAMED = "named", _("Named")

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="roles", verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)

    objects = OpenQuerySet.as_manager()

    class Meta:
        verbose_name = _("role in the documents")
        verbose_name_plural = _("roles in the documents")
        ordering = ["organisation_id", "role"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "role"],
                name="organisation_role_once",
                violation_error_message=_("The organisation has this role already."),
            )
        ]

    def __str__(self):
        return self.get_role_display()
