"""Django's door to `subscriptions`."""

from django.apps import AppConfig


class SubscriptionsConfig(AppConfig):
    """The department's tables, templates and receivers."""

    name = "tajuk.subscriptions"
    label = "subscriptions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Says what it holds of readers, and how it forgets them."""
        from tajuk.accounts import personal_data
        from tajuk.subscriptions import queries
        from tajuk.subscriptions.actions.readers import forget_reader

        personal_data.register(
            self.label,
            tells=lambda user: queries.personal_data(user.pk),
            erases=lambda user, *, now: forget_reader(user.pk, now),
        )
