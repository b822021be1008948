from functools import cache
from zoneinfo import available_timezones

from django.apps import apps
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from rules import has_perm

from wiego_review.common import access
from wiego_review.common.record import Record, RecordQuerySet, everything

from .mailing import MailKind

DEMO_DOMAIN = "@demo.invalid"


@cache
def zones() -> frozenset:
    """The names of the IANA list; to find them reads a folder of hundreds of files."""
    return frozenset(available_timezones())


def known_zone(value: str) -> None:
    """Refuse what is not a time zone of the IANA list."""
    if value not in zones():
        raise ValidationError(_("Choose a time zone from the list, such as Africa/Accra."))


def second_steps(user):
    """The second steps of an account. Recovery codes alone are none: they stand for another."""
    model = apps.get_model("mfa", "Authenticator")
    return model.objects.filter(user=user).exclude(type=model.Type.RECOVERY_CODES)


class UserQuerySet(RecordQuerySet):
    GRAINS = {"all": everything, "own": lambda viewer: Q(pk=viewer.user.pk)}

    def demo(self):
        """The accounts of the demo, which have no place elsewhere."""
        return self.filter(email__endswith=DEMO_DOMAIN)

    def to_sign_in(self, pk):
        """The account with its person and roles, read at once, or None."""
        a_row_each = self.select_related("person").annotate(role=F("groups__name"))
        if settings.SECOND_STEP_REQUIRED:
            a_row_each = a_row_each.annotate(has_second_step=Exists(second_steps(OuterRef("pk"))))
        rows = list(a_row_each.filter(pk=pk))
        for user in rows[:1]:
            user.held = {each.role for each in rows}
            return user

    def mailed(self):
        """Whom a round may write to; `may_read_mails` is asked of each."""
        return self.filter(is_active=True, person__isnull=False).order_by("pk")


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def create_user(self, email, password=None, *, roles=(), **fields):
        """An account with a password and role names; e-mail is stored in lower case."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save()
        user.groups.set(Group.objects.filter(name__in=roles))
        return user

    def create_superuser(self, email, password=None, **fields):
        """For `createsuperuser`: an administrator. The flag itself gives no rights."""
        return self.create_user(
            email, password, roles=["administrator"], is_superuser=True, **fields
        )


class User(Record, AbstractBaseUser):
    """A login, linked to a Person or not. Rights come from roles (groups) alone."""

    email = models.EmailField(_("e-mail"), unique=True)
    person = models.OneToOneField(
        "programmes.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="user",
        verbose_name=_("person"),
    )
    groups = models.ManyToManyField(
        Group, blank=True, related_name="users", verbose_name=_("roles")
    )
    timezone = models.CharField(
        _("time zone"), max_length=60, default="UTC", validators=[known_zone]
    )
    language = models.CharField(
        _("language"), max_length=10, default="en", choices=settings.LANGUAGES
    )
    mails_monday = models.BooleanField(MailKind.MONDAY.label, default=True)
    mails_news = models.BooleanField(MailKind.NEWS.label, default=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_superuser = models.BooleanField(default=False, editable=False)
    date_joined = models.DateTimeField(_("since"), auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ["email"]
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="user_email_lower",
                violation_error_message=_("Write the e-mail address in small letters."),
            )
        ]

    def __str__(self):
        return self.person.name if self.person_id else str(_("Somebody"))

    def get_username(self):
        return self.email

    @cached_property
    def roles(self) -> frozenset:
        """Role names, implied ones included (a chair is of the Board); none once deactivated."""
        if not self.is_active:
            return frozenset()
        held = self.held & set(access.ROLES)
        return frozenset(held.union(*(access.IMPLIED.get(role, set()) for role in held)))

    @cached_property
    def held(self) -> set:
        """The names of the groups this account is in."""
        return set(self.groups.values_list("name", flat=True))

    @cached_property
    def programme_ids(self) -> frozenset:
        """The programmes this person is in today, in whatever role."""
        if not self.person_id:
            return frozenset()
        memberships = self.person.memberships.standing(timezone.localdate())
        return frozenset(
            memberships.filter(programme__isnull=False).values_list("programme_id", flat=True)
        )

    @property
    def is_staff(self) -> bool:
        return bool(self.roles & access.STAFF)

    @cached_property
    def has_second_step(self) -> bool:
        """An app or a passkey, besides the password or a mailed code."""
        return second_steps(self).exists()

    @property
    def must_have_second_step(self) -> bool:
        return bool(self.roles & set(settings.SECOND_STEP_REQUIRED))

    @property
    def lacks_second_step(self) -> bool:
        return self.must_have_second_step and not self.has_second_step

    @property
    def is_stray(self) -> bool:
        """A demo account outside the demo."""
        return self.email.endswith(DEMO_DOMAIN) and not settings.DEMO

    @property
    def may_sign_in(self) -> bool:
        return self.is_active and not self.is_stray

    @property
    def may_read_mails(self) -> bool:
        """Where a second step must be set up first, pages tell nothing: so do mails."""
        return self.may_sign_in and bool(self.person_id) and not self.lacks_second_step

    def wants(self, kind) -> bool:
        """Whether mails of this kind are switched on."""
        return getattr(self, f"mails_{kind}")

    def has_perm(self, perm, obj=None) -> bool:
        """Every right wants a role, and who has left has none."""
        return has_perm(perm, self, obj)

    def has_perms(self, perms, obj=None) -> bool:
        return all(self.has_perm(perm, obj) for perm in perms)

    def has_module_perms(self, app_label) -> bool:
        return self.is_staff
