from django.db import models
from django.utils.translation import gettext_lazy as _

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

    objects = OpenQuerySet.as_manager()

    class Meta(Slugged.Meta):
        verbose_name = _("city")
        verbose_name_plural = _("cities")
