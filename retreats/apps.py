from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RetreatsConfig(AppConfig):
    name = "retreats"
    verbose_name = _("What we discussed")

    def ready(self):
        from . import (  # noqa: F401  (they register themselves)
            consequences,
            panels,
            policies,
            scopes,
            searches,
            tables,
            touches,
        )
