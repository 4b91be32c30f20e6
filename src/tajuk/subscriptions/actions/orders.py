"""Placing orders, letting them run out, taking them back."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction

from tajuk.accounts.models import User
from tajuk.subscriptions.actions.vouchers import found_voucher, give_voucher_back, use_voucher
from tajuk.subscriptions.errors import AlreadySubscribedError, NotSoldError, TooManyOrdersError
from tajuk.subscriptions.house import billing, with_tax
from tajuk.subscriptions.models import Order, Plan, Price, Subscription
from tajuk.subscriptions.rules.orders import step
from tajuk.subscriptions.rules.prices import discounted, rate_of
from tajuk.subscriptions.trace import READER, trace
from tajuk.subscriptions.types import Happened, OrderState, Purpose
from tajuk.terms.language import Language
from tajuk.terms.money import Currency, Money

TIME_TO_PAY = timedelta(days=1)
MOST_WAITING = 20
SOON = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class GiftTo:
    """Whom a gift is for."""

    email: str
    note: str = ""


def place_order(
    reader: User, plan: Plan, *,
    currency: Currency, key: str, language: Language, now: datetime, voucher_code: str = "", gift: GiftTo | None = None,
) -> Order:  # fmt: skip
    """A reader's order for a first period, a gift, or, when they have the plan already, its renewal.

    The same reader with the same key gets the same order: a double click is one. An order that costs nothing, by a
    voucher, has still to be settled (`payments.settle_free`). Raises NotSoldError, AlreadySubscribedError,
    VoucherRefusedError, TooManyOrdersError.
    """
    with transaction.atomic():
        # One order of a reader at a time: vouchers and introductory offers are counted.
        get_user_model().objects.select_for_update().get(pk=reader.pk)
        before = Order.objects.filter(reader=reader, key=key).first()
        if before is not None:
            return before
        waiting = Order.objects.filter(reader=reader, state=OrderState.OPEN).count()
        if waiting >= MOST_WAITING:
            raise TooManyOrdersError
        price = Price.objects.filter(plan=plan, plan__is_sold=True, currency=currency).first()
        if price is None:
            raise NotSoldError(plan.name, currency)
        if gift is None:
            held = Subscription.objects.filter(
                reader=reader, plan=plan, ended_at__isnull=True
            ).first()
            if held is not None:
                if held.renews_itself:
                    raise AlreadySubscribedError(plan.name)
                return renewal_of(held, price, now=now, expires_at=_until(held, now), by=READER)
        voucher = found_voucher(voucher_code, plan, now=now) if voucher_code.strip() else None
        asked = price.first if gift is None and is_new(reader) else price.money
        if voucher is not None:
            asked = discounted(asked, percent=voucher.percent)
        order = _made(
            price, asked, reader, language=language, now=now, key=key, voucher=voucher, expires_at=now + TIME_TO_PAY,
            purpose=Purpose.GIFT if gift else Purpose.FIRST,
            gift_email=gift.email if gift else "", gift_note=gift.note if gift else "",
        )  # fmt: skip
        if voucher is not None:
            use_voucher(voucher, order, now=now)
        trace(Happened.ORDER_PLACED, now=now, order=order, by=READER, total=order.total)
    return order


def renewal_of(
    held: Subscription, price: Price, *, now: datetime, expires_at: datetime, by: str | None = None
) -> Order:
    """The order for a subscription's next period: the one that waits already, or a new one."""
    waiting = Order.objects.filter(
        subscription=held, purpose=Purpose.RENEWAL, state=OrderState.OPEN
    ).first()
    if waiting is not None:
        return waiting
    assert held.reader is not None, "a subscription that goes on has a reader"
    asked = price.first if held.is_trial and is_new(held.reader) else price.money
    order = _made(
        price, asked, held.reader, language=Language(held.language), now=now,
        key=f"renewal {secrets.token_hex(12)}", expires_at=expires_at, purpose=Purpose.RENEWAL, subscription=held,
    )  # fmt: skip
    trace(Happened.ORDER_PLACED, now=now, order=order, by=by, total=order.total)
    return order


def is_new(reader: User) -> bool:
    """Whether the introductory offer is for them: they never paid for a first period. One query."""
    paid = Order.objects.filter(reader=reader, state__in=[OrderState.PAID, OrderState.REFUNDED])
    return not paid.exclude(purpose=Purpose.GIFT).exists()


def cancel_order(order: Order, *, by: User | str | None, now: datetime) -> None:
    """The reader doesn't want it: money that comes all the same goes back. Raises WrongStepError."""
    _close(order, OrderState.CANCELLED, Happened.ORDER_CANCELLED, by=by, now=now)


def expire_orders(now: datetime) -> None:
    """A duty: orders whose time to pay is over run out, and free their vouchers. One query when there are none."""
    due = Order.objects.filter(state=OrderState.OPEN, expires_at__lte=now).order_by("expires_at")
    for order in due[:200]:
        with transaction.atomic():
            found = Order.objects.select_for_update().get(pk=order.pk)
            if found.state == OrderState.OPEN:
                _close(found, OrderState.EXPIRED, Happened.ORDER_EXPIRED, by=None, now=now)


def _close(
    order: Order, state: OrderState, happened: Happened, *, by: User | str | None, now: datetime
) -> None:
    with transaction.atomic():
        found = Order.objects.select_for_update().get(pk=order.pk)
        found.state = step(OrderState(found.state), state)
        found.closed_at = now
        found.save(update_fields=["state", "closed_at"])
        give_voucher_back(found)
        # The gateway is asked once more: it may have been paid in this very moment.
        found.checkouts.filter(closed_at__isnull=True).update(ask_at=now + SOON)
        trace(happened, now=now, order=found, by=by)
    order.state, order.closed_at = found.state, found.closed_at


def _until(held: Subscription, now: datetime) -> datetime:
    return max(held.access_until, now + TIME_TO_PAY)


def _made(
    price: Price, asked: Money, reader: User, *, language: Language, now: datetime, **fields: Any
) -> Order:
    house = billing()
    amounts = with_tax(asked, house)
    plan = price.plan
    return Order.objects.create(
        reference=secrets.token_hex(8).upper(),
        reader=reader,
        billed_name=reader.get_full_name()[:150],
        billed_email=reader.email,
        language=language,
        plan=plan,
        period_unit=plan.period_unit,
        period_count=plan.period_count,
        currency=price.currency,
        net=amounts.net.amount,
        tax=amounts.tax.amount,
        total=amounts.total.amount,
        renewal_total=with_tax(price.money, house).total.amount,
        tax_name=house.tax_name,
        tax_rate=rate_of(house.tax_percent),
        placed_at=now,
        **fields,
    )
