"""Signing in: who may, by which means, and where one is signed in."""

from datetime import timedelta

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.adapter import DefaultMFAAdapter
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.authentication import SessionScheme as StockSessionScheme
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from knox.auth import TokenAuthentication as KnoxAuthentication
from rest_framework.authentication import SessionAuthentication as StockSessionAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied

from programmes import emails, proofs, sessions
from programmes.models import User
from wiego_review.common import limits
from wiego_review.common.middleware import speak_to
from wiego_review.common.viewer import Viewer

WRONG_CODE = gettext_lazy("That is not the code. Look again and type the newest one.")
TOO_OFTEN = gettext_lazy("Too many tries in a row. Wait five minutes, then try again.")
NO_PAIR = gettext_lazy(
    "E-mail and password do not fit together. Try again, or let us mail you a code."
)
NO_ACCESS = gettext_lazy("This access does not work any more. Make a new one in your account.")


class Backend(AuthenticationBackend):
    """E-mail and password. Asked again at each request, so that leaving takes effect at once."""

    def user_can_authenticate(self, user):
        return user.may_sign_in

    def get_user(self, user_id):
        user = User.objects.to_sign_in(user_id)
        return user if user and self.user_can_authenticate(user) else None

    def _check_password(self, user, password):
        """To sign in with a stray account is as with one that is not there."""
        return super()._check_password(None if user and user.is_stray else user, password)


class Adapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": NO_PAIR,
        "enter_current_password": proofs.WRONG_PASSWORD,
        "incorrect_code": WRONG_CODE,
        "too_many_login_attempts": TOO_OFTEN,
        "rate_limited": TOO_OFTEN,
    }

    def is_open_for_signup(self, request):
        return False

    def _get_login_attempts_cache_key(self, request, **credentials):
        """By the account alone: allauth's holds the host too, whose port anybody may make up."""
        return credentials.get("email", "").lower()

    def pre_login(self, request, user, **told):
        """Once the password, code or passkey is right: who has left still does not come in."""
        if user.is_stray:
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **told)

    def login(self, request, user):
        super().login(request, user)
        sessions.begin(request)

    def is_reauthentication_required(self, *, app, **more):
        """Our own `only_fresh` asks, before each page of a second step."""
        return False

    def get_reauthentication_methods(self, user):
        return [{"id": "proof", "url": reverse("account_reauthenticate")}]

    def get_reset_password_from_key_url(self, key):
        """By this installation's own address, not by what the request called it."""
        return emails.password_address(key)

    def send_notification_mail(self, template_prefix, user, *args, **kwargs):
        """Whom a change of what they sign in with concerns hears of it."""
        what = template_prefix.rpartition("/")[2]
        if what in emails.STEP_NEWS:
            emails.step_news(user, what).send()


class StepAdapter(DefaultMFAAdapter):
    """The second step, in our words."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
        "cannot_generate_recovery_codes": gettext_lazy("Set up an app or a passkey first."),
    }

    def generate_authenticator_name(self, user, type):
        number = user.authenticator_set.filter(type=type).count() + 1
        return _("Passkey") if number == 1 else _("Passkey %(number)s") % {"number": number}


class SecondStepRequired(PermissionDenied):
    default_code = "second_step_required"
    default_detail = gettext_lazy(
        "Set up a second step first: on the pages, in “Your account”, under “Second step”."
    )


class SessionAuthentication(StockSessionAuthentication):
    """Somebody signed in on the pages, with the second step they must have."""

    def authenticate(self, request):
        found = super().authenticate(request)
        if found and found[0].lacks_second_step:
            raise SecondStepRequired
        return found


class SessionScheme(StockSessionScheme):
    """How the schema tells of it: as of the stock one."""

    target_class = SessionAuthentication


class TokenAuthentication(KnoxAuthentication):
    """A program's token. It never opens Board-only matter."""

    def authenticate(self, request):
        try:
            found = self.find(request)
        except AuthenticationFailed:
            limits.count_failed_token(request._request)
            raise
        if found is None:
            return None
        user, token = found
        self.mark_used(token)
        speak_to(user)
        request._request.viewer = Viewer(user)
        return found

    def find(self, request):
        """`(user, token)`, or None where no token came. Raises AuthenticationFailed."""
        found = super().authenticate(request)
        if found and not found[0].may_sign_in:
            raise AuthenticationFailed(NO_ACCESS)
        if found and found[0].lacks_second_step:
            raise SecondStepRequired
        return found

    def authenticate_credentials(self, token):
        try:
            return super().authenticate_credentials(token)
        except (AuthenticationFailed, ValueError):
            raise AuthenticationFailed(NO_ACCESS) from None

    def _cleanup_token(self, token) -> bool:
        """Whether it has ended. An ended token stays, so that its owner sees it."""
        return token.has_ended

    def mark_used(self, token):
        """Once a minute, so that reading does not mean writing each time."""
        now = timezone.now()
        if token.last_used_at is None or now - token.last_used_at > timedelta(minutes=1):
            token.last_used_at = now
            token.save(update_fields=["last_used_at"])


class TokenScheme(OpenApiAuthenticationExtension):
    """How the schema tells of it."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema):
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "Token, a blank, and the secret shown once at “Access for programs”.",
        }
