"""Codes typed in: of the app, or of the paper the recovery codes stand on."""

from allauth.core import context
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class Recoverable:
    """A form of allauth's that takes both, and tells what is to be told of the paper."""

    def clean_code(self):
        try:
            return super().clean_code()
        except ValidationError as problem:
            if problem.code == "incorrect_code" and codes_of(self.user):
                told = _(
                    "That is not a code that works now: look again, or take the next of your "
                    "recovery codes."
                )
                raise ValidationError(told, code=problem.code) from problem
            raise

    def save(self):
        super().save()
        if self.authenticator.type == Authenticator.Type.RECOVERY_CODES:
            messages.info(context.request, words_of(len(codes_of(self.user))))


def codes_of(user) -> list[str]:
    """The recovery codes of theirs that were not used yet."""
    type = Authenticator.Type.RECOVERY_CODES
    found = Authenticator.objects.filter(user_id=user.pk, type=type).first()
    return found.wrap().get_unused_codes() if found else []


def words_of(left) -> str:
    if not left:
        return _("That was your last recovery code. Make new ones: Your account, Second step.")
    told = ngettext("%(left)s recovery code is left.", "%(left)s recovery codes are left.", left)
    return told % {"left": left}
