"""Mails of the ground floor. Each says why it came and needs no sign-in to be read."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _


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


def password_link(user) -> str:
    """Good for one password, for so long as a forgotten one's link is."""
    key = default_token_generator.make_token(user)
    path = reverse("account_reset_password_from_key", args=[user_pk_to_url_str(user), key])
    return f"{settings.SITE_URL}{path}"
