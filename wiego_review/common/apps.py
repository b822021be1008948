from django.apps import AppConfig


class CommonConfig(AppConfig):
    """Template tags, lookups and static files of the foundation; no models."""

    name = "wiego_review.common"
    label = "common"

    def ready(self):
        from . import lookups  # noqa: F401  (they register themselves)
