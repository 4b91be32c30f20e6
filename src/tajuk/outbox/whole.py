"""Publications that are told: rows, audit line and message stand in one transaction, whoever publishes.

Wagtail saves a draft in a transaction but publishes after it has ended; without these two, what receivers put
in the outbox would have none to stand in.
"""

from typing import Any

from django.db import transaction


class PublishedWhole:
    """For a model with drafts, before Wagtail's mixins: publishing and taking back are each one transaction."""

    def publish(self, *args: Any, **kwargs: Any) -> None:
        """As Wagtail does, in one transaction."""
        with transaction.atomic():
            super().publish(*args, **kwargs)  # type: ignore[misc]

    def unpublish(self, *args: Any, **kwargs: Any) -> None:
        """As Wagtail does, in one transaction."""
        with transaction.atomic():
            super().unpublish(*args, **kwargs)  # type: ignore[misc]


class UnpublishedWhole:
    """For Wagtail's view that takes something back: it passes by the model's own `unpublish`."""

    def unpublish(self) -> Any:
        """As Wagtail does, in one transaction."""
        with transaction.atomic():
            return super().unpublish()  # type: ignore[misc]
