"""Django's door to the newsroom."""

from django.apps import AppConfig


class NewsroomConfig(AppConfig):
    """The newsroom."""

    name = "tajuk.newsroom"
    label = "newsroom"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Newsroom"
