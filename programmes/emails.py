"""Mails of the ground floor. Each says why it came and needs no sign-in to be read."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


def invitation(user) -> EmailMessage:
    """The link that sets a first password, in the account's own language."""
    with translation.override(user.language):
        context = {
            "name": user.person.name if user.person_id else "",
            "email": user.email,
            "link": password_link(user),
            "days": settings.PASSWORD_RESET_TIMEOUT // (60 * 60 * 24),
        }
        text = render_to_string("programmes/mail/invitation.txt", context)
        return EmailMessage(_("Your account at WIEGO Review"), text, to=[user.email])


def code(user, code) -> EmailMessage:
    """A code that proves who reads this mailbox."""
    with translation.override(user.language):
        text = render_to_string("account/email/login_code_message.txt", {"code": code})
        subject = render_to_string("account/email/login_code_subject.txt").strip()
        return EmailMessage(subject, text, to=[user.email])


STEP_NEWS = {
    "password_changed": gettext_lazy("The password of your account was changed."),
    "password_reset": gettext_lazy("A new password was set for your account, by a mailed link."),
    "totp_activated": gettext_lazy("An app that shows codes was set up as your second step."),
    "totp_deactivated": gettext_lazy("The app that shows codes is no longer your second step."),
    "webauthn_added": gettext_lazy("A passkey was added: it signs you in."),
    "webauthn_removed": gettext_lazy("A passkey was taken off: it does not sign you in any more."),
    "recovery_codes_generated": gettext_lazy(
        "New recovery codes were made. The old ones do not work any more."
    ),
    "taken_off": gettext_lazy(
        "An administrator took your second step off, because you lost it. Everywhere you were "
        "signed in you are signed out. Set up a new one in your account, under “Second step”."
    ),
}


def step_news(user, what) -> EmailMessage:
    """What happened to a second step, to whom it concerns: they may not have done it."""
    with translation.override(user.language):
        context = {
            "name": user.person.name if user.person_id else "",
            "news": STEP_NEWS[what],
            "link": f"{settings.SITE_URL}{reverse('account')}",
        }
        text = render_to_string("programmes/mail/step_news.txt", context)
        return EmailMessage(_("How you sign in to WIEGO Review"), text, to=[user.email])


def board_news(reader, user, by) -> EmailMessage:
    """To one of the Board: who joined it here, and who made them join.

    Only of an account that is linked to nobody the address is told: there is no name.
    """
    with translation.override(reader.language):
        context = {
            "name": reader.person.name if reader.person_id else "",
            "who": user.person.name if user.person_id else user.email,
            "by": by.person.name if by and by.person_id else _("An administrator"),
            "link": f"{settings.SITE_URL}{reverse('home')}",
        }
        text = render_to_string("programmes/mail/board_news.txt", context)
        return EmailMessage(_("Who is of the Board in WIEGO Review"), text, to=[reader.email])


def password_link(user) -> str:
    """Good for one password, for so long as a forgotten one's link is."""
    key = default_token_generator.make_token(user)
    return password_address(f"{user_pk_to_url_str(user)}-{key}")


def password_address(key) -> str:
    """Where a password is set with a mailed key, `account-token`."""
    path = reverse("account_reset_password_from_key", args=key.split("-", 1))
    return f"{settings.SITE_URL}{path}"
