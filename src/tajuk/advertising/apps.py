"""Django's door to `advertising`."""

from django.apps import AppConfig


class AdvertisingConfig(AppConfig):
    """The department's tables, templates and receivers."""

    name = "tajuk.advertising"
    label = "advertising"
    default_auto_field = "django.db.models.BigAutoField"
