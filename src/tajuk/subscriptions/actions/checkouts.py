"""Opening an order at a gateway. The rows are written before and after the call, never during it."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from tajuk.subscriptions.errors import SubscriptionsError
from tajuk.subscriptions.gateways.configured import gateway as gateway_of
from tajuk.subscriptions.gateways.port import (
    Gateway,
    GatewayError,
    Known,
    RefusedError,
    Renews,
    Request,
)
from tajuk.subscriptions.models import Checkout, Order
from tajuk.subscriptions.trace import trace
from tajuk.subscriptions.types import GatewayName, Happened, OrderState, Purpose
from tajuk.terms.money import Currency, Money

BANK_TIME = timedelta(days=3)
"""A transfer takes a colleague's eye: its order waits so long."""
_OPENING = timedelta(seconds=30)
_FIRST_LOOK = timedelta(minutes=5)


def open_checkout(order: Order, name: GatewayName, *, return_url: str, now: datetime) -> Checkout:
    """The order's checkout at this gateway: the one that is open, or a new one.

    Two clicks in the same instant open one. When the gateway gives no answer `failure` says so, and the next call
    tries again with the same reference. Raises SubscriptionsError when the order can't be paid so.
    """
    found = gateway_of(name)
    if found is None or Currency(order.currency) not in found.can.currencies:
        raise SubscriptionsError(f"This order can't be paid by {name}: choose another way.")
    claimed, is_again = _claimed(order, name, now)
    if claimed is None:
        return order.checkouts.get(gateway=name, closed_at__isnull=True)
    return _opened(found, claimed, is_again=is_again, return_url=return_url, now=now)


def _claimed(order: Order, name: GatewayName, now: datetime) -> tuple[Checkout | None, bool]:
    """The checkout that this caller opens, and whether it may be open there already; None when it is open."""
    with transaction.atomic():
        locked = Order.objects.select_for_update().get(pk=order.pk)
        if locked.state != OrderState.OPEN or locked.expires_at <= now:
            raise SubscriptionsError("This order can no longer be paid: order anew.")
        held = locked.checkouts.filter(gateway=name, closed_at__isnull=True).first()
        if held is not None:
            is_busy = held.opening_until is not None and held.opening_until > now
            if held.provider_id or is_busy:
                return None, False
            held.opening_until, held.failure = now + _OPENING, ""
            held.save(update_fields=["opening_until", "failure"])
            return held, True
        if name is GatewayName.BANK and locked.expires_at < now + BANK_TIME:
            locked.expires_at = now + BANK_TIME
            locked.save(update_fields=["expires_at"])
        number = locked.checkouts.count() + 1
        made = Checkout.objects.create(
            order=locked, gateway=name, reference=f"{locked.reference}-{number}", opened_at=now,
            opening_until=now + _OPENING,
        )  # fmt: skip
    return made, False


def _opened(
    at: Gateway, checkout: Checkout, *, is_again: bool, return_url: str, now: datetime
) -> Checkout:
    order = Order.objects.select_related("plan").get(pk=checkout.order_id)
    currency = Currency(order.currency)
    asked = Request(
        reference=checkout.reference,
        total=order.amounts.total,
        renewal=Money(order.renewal_total, currency),
        period=order.period,
        # A renewal that is paid by invoice stays so; a gift is one period.
        is_recurring=at.can.renews is Renews.BY_ITSELF and order.purpose == Purpose.FIRST,
        description=f"{settings.PAPER.name}: {order.plan.name}",
        email=order.billed_email,
        name=order.billed_name,
        language=order.spoken,
        opened_at=checkout.opened_at,  # asked again it is the same request, to the second
        expires_at=order.expires_at,
        return_url=return_url,
    )
    before = Known(checkout.reference, checkout.provider_id) if is_again else None
    try:
        opened = at.open(asked, before=before)
    except GatewayError as error:
        checkout.failure, checkout.opening_until = str(error)[:300], None
        if isinstance(error, RefusedError):
            # A reference it has refused once may be spent there; the next try has another.
            checkout.closed_at = now
        with transaction.atomic():
            checkout.save(update_fields=["failure", "opening_until", "closed_at"])
            trace(
                Happened.CHECKOUT_FAILED, now=now, order=order, gateway=at.name, why=checkout.failure
            )  # fmt: skip
        return checkout
    checkout.provider_id, checkout.pay_url = opened.provider_id, opened.pay_url
    checkout.opening_until, checkout.failure = None, ""
    checkout.ask_at = now + _FIRST_LOOK if at.can.tells else None
    with transaction.atomic():
        # A notice may have come before the answer did: the earlier asking stays.
        sooner = Checkout.objects.filter(pk=checkout.pk, ask_at__isnull=False).first()
        checkout.ask_at = sooner.ask_at if sooner else checkout.ask_at
        checkout.save(
            update_fields=["provider_id", "pay_url", "opening_until", "failure", "ask_at"]
        )
        trace(Happened.CHECKOUT_OPENED, now=now, order=order, gateway=at.name)
    return checkout
