from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wiego_review.common.record import everything
from wiego_review.common.text import person_sort_key

from .party import Party, PartyQuerySet


class PersonQuerySet(PartyQuerySet):
    GRAINS = {
        "open": everything,
        "name": everything,
        "met": lambda viewer: Q(pk__in=viewer.scope["person"]),
    }

    def standing_in(self, today, **groups):
        """Those who are in any of these bodies or programmes today: `body=[…]`."""
        memberships = self.model._meta.get_field("memberships").related_model.objects
        chosen = {f"{name}__in": found for name, found in groups.items()}
        return self.filter(pk__in=memberships.standing(today).filter(**chosen).values("person"))


class Person(Party):
    """Somebody of the network, or named in its documents. Deactivated, never deleted."""

    title = models.CharField(_("role, as told"), max_length=200, blank=True)
    organisation = models.ForeignKey(
        "Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("organisation"),
    )
    name_set = models.BooleanField(_("name confirmed"), default=False, editable=False)
    name_uncertain = models.BooleanField(_("spelling uncertain"), default=False, editable=False)
    is_active = models.BooleanField(_("active"), default=True)

    objects = PersonQuerySet.as_manager()

    class Meta(Party.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def found_by(self):
        return [*self.spellings(), self.title]

    def make_sort_key(self) -> str:
        return person_sort_key(self.name)
