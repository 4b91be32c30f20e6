"""Django's door to the accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The user model, and how somebody signs in."""

    name = "tajuk.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Accounts"

    def ready(self) -> None:
        """Listens to addresses that are changed at the desk."""
        from tajuk.accounts import receivers  # noqa: F401  importing connects it
