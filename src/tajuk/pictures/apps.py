"""Django's door to the picture desk."""

from django.apps import AppConfig


class PicturesConfig(AppConfig):
    """The picture desk."""

    name = "tajuk.pictures"
    label = "pictures"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Pictures"

    def ready(self) -> None:
        """Listens to what leaves the picture desk."""
        from tajuk.pictures import receivers  # noqa: F401  importing connects them
