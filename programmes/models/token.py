from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from knox.models import AbstractAuthToken


class AccessToken(AbstractAuthToken):
    """Access for a program: a name, when it ends, when it was last used. Stored as a digest."""

    name = models.CharField(_("name"), max_length=80)
    last_used_at = models.DateTimeField(_("last used"), null=True, editable=False)

    class Meta:
        verbose_name = _("access for a program")
        verbose_name_plural = _("access for programs")

    def __str__(self):
        return self.name

    @property
    def has_ended(self) -> bool:
        return self.expiry is not None and self.expiry <= timezone.now()
