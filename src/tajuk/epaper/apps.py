"""Django's door to `epaper`."""

from django.apps import AppConfig


class EpaperConfig(AppConfig):
    """The department's tables, templates and receivers."""

    name = "tajuk.epaper"
    label = "epaper"
    default_auto_field = "django.db.models.BigAutoField"
