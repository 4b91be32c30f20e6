"""Django's door to `wire`."""

from django.apps import AppConfig


class WireConfig(AppConfig):
    """The department's tables, templates and receivers."""

    name = "tajuk.wire"
    label = "wire"
    default_auto_field = "django.db.models.BigAutoField"
