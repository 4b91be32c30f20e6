"""Django's door to `wall`."""

from django.apps import AppConfig


class WallConfig(AppConfig):
    """The department's tables."""

    name = "tajuk.wall"
    label = "wall"
    default_auto_field = "django.db.models.BigAutoField"
