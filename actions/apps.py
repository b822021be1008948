from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActionsConfig(AppConfig):
    name = "actions"
    verbose_name = _("What we promised and decided")

    def ready(self):
        from . import (  # noqa: F401  (they register)
            consequences,
            figures,
            joining,
            leaving,
            panels,
            policies,
            scopes,
            searches,
            tables,
            touches,
        )
