from django.apps import AppConfig


class CommonConfig(AppConfig):
    """Template tags and static files of the foundation; no models."""

    name = "wiego_review.common"
    label = "common"
