"""What may become of an order, and of the money that arrives for it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tajuk.subscriptions.errors import WrongStepError
from tajuk.subscriptions.types import Judgement, OrderState
from tajuk.terms.money import Money

_NEXT: dict[OrderState, frozenset[OrderState]] = {
    OrderState.OPEN: frozenset({OrderState.PAID, OrderState.EXPIRED, OrderState.CANCELLED}),
    OrderState.EXPIRED: frozenset({OrderState.PAID}),  # paid late, and honoured
    OrderState.PAID: frozenset({OrderState.REFUNDED}),
    OrderState.CANCELLED: frozenset(),
    OrderState.REFUNDED: frozenset(),
}

LATE = timedelta(days=14)
"""A payment that comes so long after its order ran out is still honoured; later ones are given back."""
REFUNDABLE = timedelta(days=7)
"""So long after paying for the first period a reader may have the money back without a reason."""


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """An order as the judgement sees it."""

    state: OrderState
    total: Money
    expires_at: datetime
    is_plan_sold: bool
    has_reader: bool


def step(before: OrderState, after: OrderState) -> OrderState:
    """`after`, if an order may go there. Raises WrongStepError."""
    if after not in _NEXT[before]:
        raise WrongStepError(before, after)
    return after


def judged(order: OrderFacts, paid: Money, *, paid_at: datetime) -> Judgement:
    """Whether money that arrived for the order is honoured, or why it is given back.

    A late payment counts by the moment it was made at: QRIS is often paid after its code ran out, and a notice may
    come hours after the payment.
    """
    if paid.currency is not order.total.currency:
        return Judgement.OTHER_CURRENCY
    if paid.amount != order.total.amount:
        return Judgement.OTHER_AMOUNT
    if order.state in {OrderState.PAID, OrderState.REFUNDED}:
        return Judgement.PAID_TWICE
    if order.state is OrderState.CANCELLED:
        return Judgement.ORDER_CANCELLED
    if not order.has_reader:
        return Judgement.READER_GONE
    if paid_at > order.expires_at + LATE:
        return Judgement.TOO_LATE
    # In time the reader gets what was ordered, whatever the manager has done to the plan since.
    if paid_at > order.expires_at and not order.is_plan_sold:
        return Judgement.PLAN_GONE
    return Judgement.HONOURED


def may_ask_refund(*, is_first: bool, paid_at: datetime, now: datetime) -> bool:
    """Whether a reader gets the money back for the asking: for a first period, in its first days."""
    return is_first and now < paid_at + REFUNDABLE
