"""Django's door to `discovery`."""

from django.apps import AppConfig


class DiscoveryConfig(AppConfig):
    """The department's tables, templates and receivers."""

    name = "tajuk.discovery"
    label = "discovery"
    default_auto_field = "django.db.models.BigAutoField"
