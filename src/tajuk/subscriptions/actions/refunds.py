"""Money that goes back: by rule, by a reader's right, by the desk. Asked for here; made by the cashier."""

from datetime import datetime
from typing import Any

from django.db import transaction

from tajuk.accounts.models import User
from tajuk.subscriptions.actions.ledger import book_given_back, book_unearned
from tajuk.subscriptions.actions.locks import lock_reader
from tajuk.subscriptions.actions.subscriptions import take_period_back
from tajuk.subscriptions.errors import NotRefundableError
from tajuk.subscriptions.models import Gift, Letter, Order, Payment, Refund, Subscription
from tajuk.subscriptions.rules.orders import may_ask_refund, step
from tajuk.subscriptions.trace import READER, trace
from tajuk.subscriptions.types import Happened, Judgement, OrderState, Purpose, RefundState


def ask_refund_of(payment: Payment, *, reason: str, by: Any, now: datetime) -> Refund:
    """All of the payment is to go back. Runs in the caller's transaction."""
    refund = Refund.objects.create(
        payment=payment, reason=reason[:300], state=RefundState.ASKED, asked_at=now, try_at=now,
        asked_by=by if isinstance(by, User) else None,
    )  # fmt: skip
    trace(
        Happened.REFUND_ASKED, now=now, order=payment.order, gateway=payment.gateway, by=by, amount=payment.amount
    )  # fmt: skip
    Letter.objects.get_or_create(
        kind=Letter.Kind.OWED, order=payment.order, defaults={"send_at": now}
    )
    return refund


def refund_order(
    order: Order, *, reason: str, by: Any, now: datetime, has_happened: bool = False
) -> Refund:
    """What was paid for the order goes back, and what it gave ends at once. Raises NotRefundableError.

    `has_happened`: the gateway says that it went back already; then no rule of ours can refuse it.
    """
    with transaction.atomic():
        lock_reader(order.reader_id)
        found = (
            Order.objects.select_for_update(of=("self",))
            .select_related("subscription", "plan")
            .get(pk=order.pk)
        )
        payment = (
            Payment.objects.filter(order=found, judgement=Judgement.HONOURED)
            .select_related("order", "receipt", "checkout")
            .first()
        )
        if payment is None or found.state != OrderState.PAID:
            raise NotRefundableError("it isn't paid, or was refunded before")
        _take_back(found, payment, now=now, has_happened=has_happened)
        refund = ask_refund_of(payment, reason=reason, by=by, now=now)
        book_unearned(payment, refund, now=now)
    return refund


def refund_for_reader(order: Order, *, now: datetime) -> Refund:
    """The reader's own right: a first period, in its first days. Raises NotRefundableError."""
    if not is_refundable_for_reader(order, now=now):
        raise NotRefundableError("only a first period is, within seven days of paying")
    return refund_order(order, reason="within seven days", by=READER, now=now)


def is_refundable_for_reader(order: Order, *, now: datetime) -> bool:
    """Whether the reader may have the money back for the asking. One query."""
    if order.state != OrderState.PAID or order.purpose != Purpose.FIRST:
        return False
    paid_at = (
        order.payments.filter(judgement=Judgement.HONOURED)
        .values_list("paid_at", flat=True)
        .first()
    )
    return paid_at is not None and may_ask_refund(is_first=True, paid_at=paid_at, now=now)


def refund_seen(payment: Payment, *, now: datetime) -> None:
    """The gateway says that the payment went back: our own doing, the provider's, or a colleague's there."""
    refund = Refund.objects.filter(payment=payment).first()
    if refund is None:
        order = payment.order
        if order.state == OrderState.PAID and payment.judgement == Judgement.HONOURED:
            refund = refund_order(
                order, reason="at the gateway", by=None, now=now, has_happened=True
            )
        else:
            refund = ask_refund_of(payment, reason="at the gateway", by=None, now=now)
    if refund.state != RefundState.DONE:
        refund_made(refund, provider_id="", by=None, now=now)


def refund_made(refund: Refund, *, provider_id: str, by: Any, now: datetime) -> None:
    """The money is on its way. Saying it twice changes nothing."""
    with transaction.atomic():
        found = (
            Refund.objects.select_for_update(of=("self",))
            .select_related("payment__order")
            .get(pk=refund.pk)
        )
        if found.state == RefundState.DONE:
            return
        found.state, found.done_at, found.try_at = RefundState.DONE, now, None
        found.provider_id = provider_id[:100]
        found.save()
        book_given_back(found.payment, found, now=now)
        trace(
            Happened.REFUND_DONE, now=now, order=found.payment.order, gateway=found.payment.gateway, by=by,
            amount=found.payment.amount,
        )  # fmt: skip
    refund.state = found.state


def _take_back(order: Order, payment: Payment, *, now: datetime, has_happened: bool) -> None:
    order.state = step(OrderState(order.state), OrderState.REFUNDED)
    order.save(update_fields=["state"])
    if order.purpose == Purpose.GIFT:
        gift = Gift.objects.select_for_update().get(order=order)
        if gift.taken_at is not None:
            if has_happened:
                return  # whoever took it in good faith reads it to its end
            raise NotRefundableError("somebody has taken the gift")
        gift.ended_at = now
        gift.save(update_fields=["ended_at"])
        return
    if order.subscription_id:
        held = Subscription.objects.select_for_update().get(pk=order.subscription_id)
        if held.ended_at is None:
            take_period_back(held, payment, now=now)
