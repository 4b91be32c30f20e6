"""Money that arrived: recorded once, judged, and what follows from it, in one transaction."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from tajuk.subscriptions.actions.ledger import book_honoured, book_owed
from tajuk.subscriptions.actions.locks import lock_reader
from tajuk.subscriptions.actions.refunds import ask_refund_of, refund_seen
from tajuk.subscriptions.actions.subscriptions import cancel_subscription, give_period
from tajuk.subscriptions.gateways.port import Paid, Stage, Standing
from tajuk.subscriptions.house import billing, seller, zone
from tajuk.subscriptions.models import (
    Checkout,
    Gift,
    Letter,
    Order,
    Payment,
    Receipt,
    ReceiptNumber,
    Subscription,
)
from tajuk.subscriptions.rules.orders import OrderFacts, judged, step
from tajuk.subscriptions.trace import READER, trace
from tajuk.subscriptions.types import Happened, Judgement, OrderState, Purpose

GIFT_LIFE = timedelta(days=365)
_OVER = frozenset({Stage.EXPIRED, Stage.FAILED})


def record(checkout: Checkout, standing: Standing, *, now: datetime) -> None:
    """What a gateway said of a checkout when it was asked. Saying it twice changes nothing the second time.

    Every payment named is recorded, whatever is made of it: money that arrives is never lost.
    """
    with transaction.atomic():
        lock_reader(checkout.order.reader_id)
        order = (
            Order.objects.select_for_update(of=("self",))
            .select_related("plan", "reader", "subscription")
            .get(pk=checkout.order_id)
        )
        found = Checkout.objects.get(pk=checkout.pk)
        if standing.provider_subscription and not found.provider_subscription:
            found.provider_subscription = standing.provider_subscription
            found.save(update_fields=["provider_subscription"])
        for paid in sorted(standing.payments, key=lambda each: (each.is_renewal, each.paid_at)):
            _take(found, order, paid, now=now)
        if standing.stage in _OVER and found.closed_at is None:
            found.closed_at = now  # it can be opened again, at this gateway or another
            found.save(update_fields=["closed_at"])
        if standing.is_renewal_over and found.provider_subscription:
            for held in Subscription.objects.filter(
                provider_subscription=found.provider_subscription,
                cancelled_at__isnull=True,
                ended_at__isnull=True,
            ):
                cancel_subscription(held, by=None, now=now)


def settle_free(order: Order, *, now: datetime) -> None:
    """An order that costs nothing is paid as it is placed: no payment, no receipt."""
    with transaction.atomic():
        lock_reader(order.reader_id)
        found = (
            Order.objects.select_for_update(of=("self",))
            .select_related("plan", "reader", "subscription")
            .get(pk=order.pk)
        )
        if found.total == 0 and found.state == OrderState.OPEN:
            _give(found, None, now=now)
            trace(Happened.PAYMENT_HONOURED, now=now, order=found, by=READER, amount=0)


def _take(checkout: Checkout, order: Order, paid: Paid, *, now: datetime) -> None:
    known = Payment.objects.filter(gateway=checkout.gateway, provider_id=paid.provider_id).first()
    if known is None:
        known = _recorded(
            checkout, _renewal(checkout, order, now) if paid.is_renewal else order, paid, now
        )
    if paid.refunded >= known.amount:
        refund_seen(known, now=now)


def _recorded(checkout: Checkout, order: Order, paid: Paid, now: datetime) -> Payment:
    facts = OrderFacts(
        state=OrderState(order.state),
        total=order.amounts.total,
        expires_at=order.expires_at,
        is_plan_sold=order.plan.is_sold,
        has_reader=order.reader_id is not None,
    )
    judgement = judged(facts, paid.money, paid_at=paid.paid_at)
    payment = Payment.objects.create(
        checkout=checkout, order=order, gateway=checkout.gateway, provider_id=paid.provider_id,
        method=paid.method[:40], currency=paid.money.currency, amount=paid.money.amount, paid_at=paid.paid_at,
        recorded_at=now, judgement=judgement,
    )  # fmt: skip
    facts_of: dict[str, Any] = {
        "amount": payment.amount,
        "currency": payment.currency,
        "payment": payment.pk,
    }
    if judgement is Judgement.HONOURED:
        book_honoured(payment, now=now)
        _give(order, payment, now=now)
        trace(
            Happened.PAYMENT_HONOURED, now=now, order=order, gateway=payment.gateway, **facts_of
        )  # fmt: skip
    else:
        if checkout.provider_subscription:
            # What the gateway would renew by itself gives the reader nothing: it is stopped there.
            Checkout.objects.filter(pk=checkout.pk).update(stop_renewing_at=now)
        book_owed(payment, now=now)
        trace(
            Happened.PAYMENT_OWED, now=now, order=order, gateway=payment.gateway, why=judgement, **facts_of
        )  # fmt: skip
        ask_refund_of(payment, reason=judgement, by=None, now=now)
    return payment


def _give(order: Order, payment: Payment | None, *, now: datetime) -> None:
    """What was paid for."""
    order.state = step(OrderState(order.state), OrderState.PAID)
    order.closed_at = now
    begun: datetime | None = None
    until: datetime | None = None
    if order.purpose == Purpose.GIFT:
        Gift.objects.create(
            code=secrets.token_urlsafe(18), order=order, made_at=now, expires_at=now + GIFT_LIFE
        )
        Letter.objects.create(kind=Letter.Kind.GIFT, order=order, send_at=now)
    else:
        gateway, renewing = "", ""
        if payment is not None:
            gateway = payment.gateway
            renewing = payment.checkout.provider_subscription
        held, begun = give_period(order, now=now, gateway=gateway, provider_subscription=renewing)
        until = held.paid_until
    order.save(update_fields=["state", "closed_at", "subscription"])
    if payment is not None:
        _receipt(payment, order, begun, until, now)
        Letter.objects.create(kind=Letter.Kind.PAID, order=order, send_at=now)
    # Elsewhere it must not be paid again: the gateway is told to close what else is open.
    others = order.checkouts.filter(closed_at__isnull=True)
    if payment is not None:
        others = others.exclude(pk=payment.checkout_id)
        order.checkouts.filter(pk=payment.checkout_id).update(closed_at=now)
    others.update(ask_at=now)


def _receipt(
    payment: Payment, order: Order, begun: datetime | None, until: datetime | None, now: datetime
) -> None:
    """The next number. It is taken and used in one transaction, so none is ever left out."""
    year = now.astimezone(zone()).year
    ReceiptNumber.objects.get_or_create(year=year)
    counter = ReceiptNumber.objects.select_for_update().get(year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    house = billing()
    Receipt.objects.create(
        year=year, number=counter.last, payment=payment, issued_at=now, seller=seller(house),
        seller_address=house.seller_address, seller_tax_id=house.seller_tax_id, plan=order.plan.name,
        period_from=begun, period_until=until,
    )  # fmt: skip


def _renewal(checkout: Checkout, first: Order, now: datetime) -> Order:
    """The order for a further period that the gateway took by itself, as it was agreed when the first was placed.

    It is a cancelled one, and its money goes back, unless the first period was honoured and stands.
    """
    is_honoured = (
        first.state == OrderState.PAID
        and checkout.payments.filter(order=first, judgement=Judgement.HONOURED).exists()
    )
    total = first.renewal_total
    base = 10_000
    tax = (2 * total * first.tax_rate + base + first.tax_rate) // (2 * (base + first.tax_rate))
    made = Order.objects.create(
        reference=secrets.token_hex(8).upper(), reader=first.reader, billed_name=first.billed_name,
        billed_email=first.billed_email, language=first.language, plan=first.plan, purpose=Purpose.RENEWAL,
        subscription=_renewed_by(checkout, first), period_unit=first.period_unit, period_count=first.period_count,
        currency=first.currency, net=total - tax, tax=tax, total=total, renewal_total=total, tax_name=first.tax_name,
        tax_rate=first.tax_rate, key=f"renewal {secrets.token_hex(12)}", placed_at=now, expires_at=now + timedelta(days=1),
        state=OrderState.OPEN if is_honoured else OrderState.CANCELLED, closed_at=None if is_honoured else now,
    )  # fmt: skip
    trace(Happened.ORDER_PLACED, now=now, order=made, gateway=checkout.gateway, total=total)
    return made


def _renewed_by(checkout: Checkout, first: Order) -> Subscription | None:
    return (
        first.subscription
        or Subscription.objects.filter(provider_subscription=checkout.provider_subscription)
        .order_by("-id")
        .first()
    )
