"""Signing in: who may, by which means."""

from datetime import timedelta

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from knox.auth import TokenAuthentication as KnoxAuthentication
from rest_framework.exceptions import AuthenticationFailed

from programmes.models import User
from wiego_review.common.middleware import speak_to
from wiego_review.common.viewer import Viewer


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
    def is_open_for_signup(self, request):
        return False


class TokenAuthentication(KnoxAuthentication):
    """A program's token. It never opens Board-only matter."""

    def authenticate(self, request):
        try:
            found = super().authenticate(request)
        except ValueError:
            raise AuthenticationFailed from None
        if found is None:
            return None
        user, token = found
        if not user.may_sign_in:
            raise AuthenticationFailed
        self.mark_used(token)
        speak_to(user)
        request._request.viewer = Viewer(user)
        return found

    def _cleanup_token(self, token) -> bool:
        """Whether it has ended. An ended token stays, so that its owner sees it."""
        return token.expiry is not None and token.expiry < timezone.now()

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
