"""Which mail of a round went to whom, so that each goes once however many processes send."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from .installation import CLAIM

# Written before the last round began, and committed after it had read.
OVERLAP = timedelta(minutes=1)


class MailKind(models.TextChoices):
    """What comes by itself; each can be switched off. `User.mails_<kind>` is the switch."""

    MONDAY = "monday", _("Monday mail: what is late, due soon, waits for me or has changed")
    NEWS = "news", _("What is newly given to me or asked of me, in one mail a day at most")


class MailingQuerySet(models.QuerySet):
    def claim(self, user, kind, period, now):
        """The Mailing to send, for one process only; None where another has it or it is done."""
        mailing, made = self.get_or_create(
            user=user, kind=kind, period=period, defaults={"claimed_at": now}
        )
        if made or self.lapsed(now).filter(pk=mailing.pk).update(claimed_at=now):
            return mailing
        return None

    def lapsed(self, now):
        """Claimed by a process that was killed: it would be done by now."""
        return self.filter(done_at__isnull=True, claimed_at__lt=now - CLAIM)

    def under_way(self, user) -> bool:
        """Whether a mail to this account is being built and sent, or its process was killed."""
        return self.filter(user=user, done_at__isnull=True).exists()

    def finish(self, mailing, now, told=()) -> None:
        """It is handed over, or there was nothing to tell."""
        self.filter(pk=mailing.pk).update(done_at=now, told=sorted(told))

    def not_to_do(self, since) -> set:
        """`(account, kind, period)` of those that are done, of the periods from this day on."""
        done = self.filter(done_at__isnull=False, period__gte=since)
        return set(done.values_list("user_id", "kind", "period"))

    def last_read(self, mailing):
        """From when on there is something to tell: the mail of this kind before this one."""
        before = self.filter(user=mailing.user, kind=mailing.kind, period__lt=mailing.period)
        last = before.filter(done_at__isnull=False).order_by("-period").first()
        return last.claimed_at - OVERLAP if last else mailing.claimed_at - timedelta(days=7)

    def told_to(self, user) -> set:
        """The keys of what was newly given or asked, and has been told."""
        rows = self.filter(user=user).values_list("told", flat=True)
        return {key for told in rows for key in told}


class Mailing(models.Model):
    """One mail of a round: to whom, of which kind, for which Monday or day of theirs."""

    user = models.ForeignKey("User", models.PROTECT, related_name="mailings", editable=False)
    kind = models.CharField(max_length=10, choices=MailKind, editable=False)
    period = models.DateField(editable=False)
    claimed_at = models.DateTimeField(editable=False)
    done_at = models.DateTimeField(null=True, editable=False)
    told = models.JSONField(default=list, editable=False)

    objects = MailingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "period"], name="mailing_once"),
        ]

    def __str__(self):
        return f"{self.kind} {self.period}"

    @property
    def message_id(self) -> str:
        """The same however often it is sent: a mailbox shows a second one as the first."""
        told = f"{self.user_id} {self.kind} {self.period}"
        digest = salted_hmac("programmes.mailing", told, algorithm="sha256").hexdigest()
        host = urlsplit(settings.SITE_URL).hostname
        return f"<{self.kind}-{self.period:%Y%m%d}-{digest[:32]}@{host}>"
