"""Every mail leaves through here: sent, or kept until it can be. None is lost silently."""

import logging
import smtplib
from base64 import b64decode, b64encode

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone
from django.utils.translation import gettext as _

from .models import Installation, KeptMail

log = logging.getLogger(__name__)

HELD = "held back: this copy sends no mail yet"
PARTS = ("subject", "body", "from_email", "to", "cc", "bcc", "reply_to")


class Backend(BaseEmailBackend):
    """`EMAIL_BACKEND`. `MAIL_CARRIER` is the backend that carries mails out."""

    def send_messages(self, messages):
        """How many went out; the others are kept."""
        messages = list(messages)
        if is_held():
            for message in messages:
                keep(message, HELD)
            return 0
        sent = sum(self.send_one(message) for message in messages)
        if sent and KeptMail.objects.waiting().exists():
            send_kept()
        return sent

    def send_one(self, message) -> int:
        try:
            return carrier().send_messages([message]) or 0
        except (OSError, smtplib.SMTPException) as problem:
            log.warning("A mail could not go out and is kept: %s", told(problem))
            keep(message, told(problem))
            return 0


def carrier():
    return get_connection(settings.MAIL_CARRIER)


def is_held() -> bool:
    return Installation.objects.here().mail_held_since is not None


def hold() -> None:
    """From now on every mail is kept."""
    Installation.objects.note(mail_held_since=timezone.now())


def let_go() -> None:
    """From now on mails go out again; those kept are sent by `send_kept`."""
    Installation.objects.note(mail_held_since=None)


def why_kept() -> str:
    """What to tell whoever just wrote a mail that did not go."""
    if is_held():
        return _(
            "this copy sends no mail until those who look after the site allow it. "
            "Tell them that it waits."
        )
    return _(
        "the mail server does not answer. It goes as soon as the server is back; you need not "
        "send it again."
    )


def keep(message, problem: str) -> None:
    KeptMail.objects.keep(as_json(message), problem)


def send_kept() -> int:
    """Send what was kept, oldest first; how many went. Stops where the carrier is away."""
    sent = 0
    for mail in KeptMail.objects.waiting():
        if not KeptMail.objects.claim(mail.pk):
            continue
        try:
            carrier().send_messages([from_json(mail.mail)])
        except (OSError, smtplib.SMTPException) as problem:
            KeptMail.objects.give_back(mail.pk, told(problem))
            if is_away(problem):
                break
            continue
        KeptMail.objects.take_out(mail.pk)
        sent += 1
    return sent


def is_away(problem) -> bool:
    """Whether the carrier answers nobody; else it refused this one mail."""
    refused = (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError)
    return not isinstance(problem, refused)


def told(problem) -> str:
    return f"{type(problem).__name__}: {problem}"


def as_json(message) -> dict:
    """All that is needed to send it later."""
    mail = {name: getattr(message, name) for name in PARTS}
    mail = {n: list(v) if isinstance(v, tuple) else v for n, v in mail.items()}
    mail["subject"], mail["body"] = str(message.subject), str(message.body)
    mail["headers"] = {name: str(value) for name, value in message.extra_headers.items()}
    mail["alternatives"] = [list(each) for each in getattr(message, "alternatives", ())]
    mail["attachments"] = [packed(*each) for each in message.attachments]
    return mail


def packed(name, content, kind):
    data = content.encode() if isinstance(content, str) else content
    return [name, b64encode(data).decode(), kind, isinstance(content, str)]


def from_json(mail) -> EmailMultiAlternatives:
    parts = {name: mail[name] for name in PARTS}
    message = EmailMultiAlternatives(**parts, headers=mail["headers"])
    for content, kind in mail["alternatives"]:
        message.attach_alternative(content, kind)
    for name, data, kind, is_text in mail["attachments"]:
        content = b64decode(data)
        message.attach(name, content.decode() if is_text else content, kind)
    return message
