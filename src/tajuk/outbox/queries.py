"""What is still in the outbox."""

import time
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from tajuk.outbox.models import OutboxMessage

_LOOK_AGAIN = 0.01


@dataclass(frozen=True, slots=True)
class Undelivered:
    """How much waits, how long the oldest has waited, and what the last failure said."""

    count: int
    oldest_put_at: datetime | None
    last_error: str


def undelivered() -> Undelivered:
    """The state of the outbox, for `tajuk doctor`. Three queries."""
    oldest = OutboxMessage.objects.order_by("put_at").values_list("put_at", flat=True).first()
    failing = (
        OutboxMessage.objects.exclude(last_error="")
        .order_by("-due_at")
        .values_list("last_error", flat=True)
    )
    return Undelivered(OutboxMessage.objects.count(), oldest, failing.first() or "")


def still_here(ids: Collection[int]) -> set[int]:
    """Which of these messages are in the outbox. One query."""
    return set(OutboxMessage.objects.filter(pk__in=ids).values_list("pk", flat=True))


def is_something_due(now: datetime) -> bool:
    """Whether a message waits that could be delivered at once, or is being delivered. One query."""
    return OutboxMessage.objects.filter(due_at__lte=now).exists()


def wait_until_delivered(ids: list[int], *, at_most: timedelta) -> bool:
    """Waits until these messages have left the outbox; False when the time ran out first."""
    give_up_at = time.monotonic() + at_most.total_seconds()
    while OutboxMessage.objects.filter(pk__in=ids).exists():
        if time.monotonic() >= give_up_at:
            return False
        time.sleep(_LOOK_AGAIN)
    return True
