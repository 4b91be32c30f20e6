"""Django's door to `circulation`."""

from django.apps import AppConfig


class CirculationConfig(AppConfig):
    """The department's tables, templates and receivers."""

    name = "tajuk.circulation"
    label = "circulation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listens to what changes at the desk: passwords, accounts that end, sign-outs; says what it holds of readers."""
        from tajuk.accounts import personal_data
        from tajuk.circulation import (
            held_of_readers,
            receivers,  # noqa: F401  importing connects it
        )

        personal_data.register(
            self.label, tells=held_of_readers.told, erases=held_of_readers.forget
        )
