"""Django's door to `subscriptions`."""

from django.apps import AppConfig


class SubscriptionsConfig(AppConfig):
    """The department's tables, templates and receivers."""

    name = "tajuk.subscriptions"
    label = "subscriptions"
    default_auto_field = "django.db.models.BigAutoField"
