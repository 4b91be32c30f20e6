"""Django's door to the accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The user model."""

    name = "tajuk.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Accounts"
