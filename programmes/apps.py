from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ProgrammesConfig(AppConfig):
    name = "programmes"
    verbose_name = _("Who we are")

    def ready(self):
        from . import checks, consequences, policies, searches, touches  # noqa: F401  (they register)

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
