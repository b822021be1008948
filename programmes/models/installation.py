"""What an installation knows of itself. No backup carries these rows to another place."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

CLAIM = timedelta(minutes=10)


class InstallationQuerySet(models.QuerySet):
    def here(self) -> "Installation":
        return self.first() or Installation()

    def note(self, **values) -> None:
        """Keep these values in the one row there is."""
        self.update_or_create(pk=1, defaults=values)


class Installation(models.Model):
    """One row: whether mail is held back, and the last backup."""

    id = models.SmallIntegerField(primary_key=True, default=1, editable=False)
    mail_held_since = models.DateTimeField(null=True, editable=False)
    backup_at = models.DateTimeField(null=True, editable=False)
    backup_place = models.TextField(blank=True, editable=False)

    objects = InstallationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="installation_one_row"),
        ]

    def __str__(self):
        return "this installation"


class KeptMailQuerySet(models.QuerySet):
    def waiting(self):
        """Those no process is sending just now, oldest first."""
        lapsed = models.Q(claimed_at__lt=timezone.now() - CLAIM)
        return self.filter(models.Q(claimed_at__isnull=True) | lapsed).order_by("pk")

    def keep(self, mail: dict, problem: str) -> None:
        self.create(mail=mail, problem=problem[:500])

    def take_out(self, pk) -> None:
        self.filter(pk=pk).delete()

    def drop(self) -> None:
        self.all().delete()

    def claim(self, pk) -> bool:
        """Take a mail to send it: one process gets it."""
        return self.waiting().filter(pk=pk).update(claimed_at=timezone.now()) == 1

    def give_back(self, pk, problem: str) -> None:
        """It did not go: it waits again, with the reason."""
        self.filter(pk=pk).update(claimed_at=None, problem=problem[:500])


class KeptMail(models.Model):
    """A mail that could not go out, or was held back, as it is to be sent."""

    mail = models.JSONField(editable=False)
    kept_at = models.DateTimeField(auto_now_add=True)
    problem = models.CharField(max_length=500, blank=True, editable=False)
    claimed_at = models.DateTimeField(null=True, editable=False)

    objects = KeptMailQuerySet.as_manager()

    def __str__(self):
        return f"{', '.join(self.mail['to'])}: {self.mail['subject']}"
