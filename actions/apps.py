from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActionsConfig(AppConfig):
    name = "actions"
    verbose_name = _("What we promised and decided")

    def ready(self):
        from . import consequences, figures, panels, policies, scopes  # noqa: F401  (they register)
        from . import searches  # noqa: F401
