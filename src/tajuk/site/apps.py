"""Django's door to `site`."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The department's tables, templates and receivers."""

    name = "tajuk.site"
    label = "site"
    default_auto_field = "django.db.models.BigAutoField"
