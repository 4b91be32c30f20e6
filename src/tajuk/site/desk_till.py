"""The circulation desk's till: subscriptions' own actions, handed to a department that may only read there."""

from datetime import datetime
from typing import Any

from tajuk.circulation.desk.till import TillRefusedError, hand_in
from tajuk.subscriptions.actions.refunds import refund_order
from tajuk.subscriptions.actions.subscriptions import cancel_subscription
from tajuk.subscriptions.errors import SubscriptionsError
from tajuk.subscriptions.models import Order, Subscription


class DeskTill:
    """What colleagues do with readers' money."""

    def refund(self, reference: str, *, reason: str, by: Any, now: datetime) -> None:
        """All that was paid for this order goes back. Raises TillRefusedError."""
        try:
            refund_order(Order.objects.get(reference=reference), reason=reason, by=by, now=now)
        except SubscriptionsError as refusal:
            raise TillRefusedError(str(refusal)) from refusal

    def cancel(self, subscription_id: int, *, by: Any, now: datetime) -> None:
        """No further period."""
        cancel_subscription(Subscription.objects.get(pk=subscription_id), by=by, now=now)


def register_till() -> None:
    """Tells the desk where the till is."""
    hand_in(DeskTill())
