"""Django's door to `channels`."""

from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    """The department's tables, templates and receivers."""

    name = "tajuk.channels"
    label = "channels"
    default_auto_field = "django.db.models.BigAutoField"
