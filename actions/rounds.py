"""The round of mails: who is due what, claimed so that each goes once, built and handed over."""

import logging
import random
from collections import Counter
from contextlib import contextmanager
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone, translation

from programmes.models import Mailing, MailKind, User
from wiego_review.common.viewer import Viewer

from . import reminders
from .emails import message_of

log = logging.getLogger(__name__)

MORNING = 7
# A server that was away on Monday sends on Tuesday; later it is no Monday mail any more.
MONDAY_DAYS = 2
WENT_WRONG = "went wrong"


def send_round() -> Counter:
    """Send what is due to whom now; how many of each kind went, and how many went wrong."""
    sent = Counter()
    done = Mailing.objects.not_to_do(since=timezone.now().date() - timedelta(days=8))
    users = list(User.objects.mailed())
    random.shuffle(users)  # several processes begin at different ends
    for user in users:
        # On a Monday that mail comes first and tells what is new as well.
        for kind in MailKind:
            try:
                sent[send_due(user, kind, done)] += 1
            except Exception:
                # Whatever it is, the others have their mails; this one is tried again.
                log.exception("The %s mail to account %s went wrong", kind, user.pk)
                sent[WENT_WRONG] += 1
    return sent


def send_due(user, kind, done) -> str | None:
    period = period_of(kind, user, timezone.now())
    wanted = period and user.wants(kind) and (user.pk, kind, period) not in done
    return send_one(user.pk, kind, period) if wanted else None


def period_of(kind, user, now) -> date | None:
    """The reader's own Monday or day this mail would be for; None where its hour is not come."""
    here = now.astimezone(ZoneInfo(user.timezone))
    if kind == MailKind.NEWS:
        return here.date() if here.hour >= MORNING else None
    days = here.weekday()
    early = days == 0 and here.hour < MORNING
    return None if early or days >= MONDAY_DAYS else here.date() - timedelta(days=days)


def send_one(pk, kind, period) -> str | None:
    """The kind, where a mail went; nothing where another process has it or there is none."""
    user = User.objects.to_sign_in(pk)
    if not (user.may_read_mails and user.wants(kind)):
        return None
    with speaking_to(user):
        if kind == MailKind.NEWS and not is_time_for_news(user):
            return None
        mailing = Mailing.objects.claim(user, kind, period, timezone.now())
        return hand_over(mailing, user) if mailing else None


def is_time_for_news(user) -> bool:
    """Something is new, and no other mail is just telling it."""
    if Mailing.objects.under_way(user):
        return False
    return reminders.has_news(viewer_of(user), Mailing.objects.told_to(user))


def hand_over(mailing, user) -> str | None:
    """Build it and send it. A mail the backend keeps for later is handed over, too."""
    digest = digest_of(mailing, viewer_of(user))
    if digest:
        message_of(mailing, digest, viewer_of(user)).send()
    Mailing.objects.finish(mailing, timezone.now(), digest.told)
    return mailing.kind if digest else None


def digest_of(mailing, viewer):
    told = Mailing.objects.told_to(viewer.user)
    if mailing.kind == MailKind.NEWS:
        return reminders.news(viewer, told)
    return reminders.monday(viewer, Mailing.objects.last_read(mailing), told)


def preview(user) -> list:
    """What a round would send to this account now, whatever went already; nothing is sent."""
    with speaking_to(user):
        now, viewer = timezone.now(), viewer_of(user)
        made = [
            Mailing(user=user, kind=kind, period=viewer.today, claimed_at=now) for kind in MailKind
        ]
        found = [(each, digest_of(each, viewer)) for each in made]
        return [message_of(each, digest, viewer) for each, digest in found if digest]


@contextmanager
def speaking_to(user):
    """Days, hours and words are the reader's."""
    with timezone.override(ZoneInfo(user.timezone)), translation.override(user.language):
        yield


def viewer_of(user) -> Viewer:
    """A mail never tells what is Board only."""
    return Viewer(user, board_open=False, today=timezone.localdate())
