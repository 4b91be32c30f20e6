"""Django's door to the picture desk."""

from django.apps import AppConfig


class PicturesConfig(AppConfig):
    """The picture desk."""

    name = "tajuk.pictures"
    label = "pictures"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Pictures"
