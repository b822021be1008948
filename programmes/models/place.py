from django.db import models
from django.utils.translation import gettext_lazy as _

from wiego_review.common.dates import Span, span_constraint, span_fields

from .groups import OpenQuerySet
from .party import Slugged


class Sector(Slugged):
    objects = OpenQuerySet.as_manager()

    class Meta(Slugged.Meta):
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")


class Region(Slugged):
    objects = OpenQuerySet.as_manager()

    class Meta(Slugged.Meta):
        verbose_name = _("region")
        verbose_name_plural = _("regions")


class City(Slugged):
    country = models.CharField(_("country"), max_length=100, blank=True)
    focal = models.BooleanField(_("Focal City"), default=False)
    locals().update(span_fields("joined", _("joined")))
    locals().update(span_fields("left", _("left")))

    objects = OpenQuerySet.as_manager()

    class Meta(Slugged.Meta):
        verbose_name = _("city")
        verbose_name_plural = _("cities")
        constraints = [span_constraint("city", "joined"), span_constraint("city", "left")]

    def found_by(self):
        return [self.name, self.country]

    @property
    def joined(self) -> Span:
        return Span(self.joined_on, self.joined_until, self.joined_text)

    @property
    def left(self) -> Span:
        return Span(self.left_on, self.left_until, self.left_text)
