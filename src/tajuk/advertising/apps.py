"""Django's door to `advertising`."""

from django.apps import AppConfig


class AdvertisingConfig(AppConfig):
    """The department's tables, templates and receivers."""

    name = "tajuk.advertising"
    label = "advertising"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listens to what is deleted."""
        from tajuk.advertising import receivers  # noqa: F401  importing connects it
