"""Django's door to `press`."""

from django.apps import AppConfig


class PressConfig(AppConfig):
    """The department's tables, templates and receivers."""

    name = "tajuk.press"
    label = "press"
    default_auto_field = "django.db.models.BigAutoField"
