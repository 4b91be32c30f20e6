"""Money lines: what happened, in the transaction in which it happened."""

from datetime import datetime
from typing import Any

from tajuk.subscriptions.models import MoneyLine, Notice, Order
from tajuk.subscriptions.types import GatewayName, Happened

READER = "reader"


def trace(
    happened: Happened, *, now: datetime, order: Order | None = None, notice: Notice | None = None,
    gateway: GatewayName | str = "", by: Any = None, **facts: str | int,
) -> None:  # fmt: skip
    """Writes a line. `by` is a colleague, `READER` or None for the house itself; facts hold no personal data."""
    name = by if isinstance(by, str) else str(by.pk) if by is not None else ""
    MoneyLine.objects.create(
        at=now,
        happened=happened,
        gateway=gateway,
        order=order,
        notice=notice,
        by=name,
        facts={
            key: value if isinstance(value, int) else str(value) for key, value in facts.items()
        },
    )
