from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ProgrammesConfig(AppConfig):
    name = "programmes"
    verbose_name = _("Who we are")

    def ready(self):
        from allauth.core.internal import ratelimit

        from . import checks, consequences, policies, searches, touches  # noqa: F401  (they register)

        # A room that signs in at once counts on one address: each waits a little for the others.
        ratelimit.CACHE_LOCK_WAIT_TIMEOUT, ratelimit.CACHE_LOCK_TIMEOUT = 15, 30
        post_migrate.connect(make_roles, sender=self)
        post_migrate.connect(make_cache, sender=self)


def make_roles(using="default", **kwargs):
    """Roles are groups by name; every database has them all."""
    from django.contrib.auth.models import Group

    from wiego_review.common.access import ROLES

    for name in ROLES:
        Group.objects.using(using).get_or_create(name=name)


def make_cache(using="default", **kwargs):
    """The table that limits are counted in, where the cache is one of the database's."""
    from django.core.management import call_command

    call_command("createcachetable", database=using, verbosity=0)
