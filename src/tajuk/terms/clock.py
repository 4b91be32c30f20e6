"""The one place that reads the clock. Doors (views, commands, workers) call it; rules are given it."""

from datetime import UTC, datetime


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)  # noqa: TID251  the one allowed reading
