"""What the circulation desk may ask about readers' money. Answers are frozen; costs are stated."""

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from tajuk.subscriptions.desk_types import (
    FileOfReader,
    GiftOfReader,
    LetterToReader,
    OrderOfReader,
    PayingState,
    PaymentOfReader,
    SeatOfReader,
    SubscriptionOfReader,
    SubscriptionState,
)
from tajuk.subscriptions.models import Gift, Letter, Order, Payment, Receipt, Seat, Subscription
from tajuk.subscriptions.types import GatewayName, Judgement, OrderState, Purpose, RefundState
from tajuk.terms.money import Currency, Money

MOST = 200
"""So many rows of each kind are read for one reader's page."""
_CHUNK = 500
_RECEIPT = re.compile(r"(\d{4})/(\d{1,9})")


def readers_of_number(number: str) -> tuple[int, ...]:
    """The readers of an order, a receipt or a payment with exactly this number. Two queries along unique indexes.

    A receipt is `2026/000017`; an order's number and a payment's at its gateway are compared as they are spelled.
    """
    asked = number.strip()
    if not asked:
        return ()
    found = set(Order.objects.filter(reference=asked.upper()).values_list("reader_id", flat=True))
    receipt = _RECEIPT.fullmatch(asked)
    if receipt:
        year, count = (int(each) for each in receipt.groups())
        found |= set(
            Receipt.objects.filter(year=year, number=count).values_list(
                "payment__order__reader_id", flat=True
            )
        )
    else:
        # With the gateway, for the index begins with it.
        from_gateway = Payment.objects.filter(gateway__in=list(GatewayName), provider_id=asked)
        found |= set(from_gateway.values_list("order__reader_id", flat=True))
    return tuple(sorted(each for each in found if each is not None))


def in_state(state: PayingState, *, now: datetime) -> Q:
    """A condition on rows of the user table: those who stand so now. Each is asked by an index on the reader."""
    own = Subscription.objects.filter(reader=OuterRef("pk"))
    goes_on = own.filter(ended_at__isnull=True, access_until__gt=now)
    match state:
        case PayingState.SUBSCRIBES:
            return Q(Exists(goes_on))
        case PayingState.IN_GRACE:
            return Q(Exists(goes_on.filter(paid_until__lte=now)))
        case PayingState.ENDED:
            return Q(Exists(own)) & ~Q(Exists(goes_on))
        case PayingState.NEVER:
            return ~Q(Exists(own))
        case PayingState.SEATED:
            seats = Seat.objects.filter(
                reader=OuterRef("pk"), left_at__isnull=True,
                group__starts_at__lte=now, group__ends_at__gt=now,
            )  # fmt: skip
            return Q(Exists(seats))


def latest_subscriptions(
    reader_ids: Collection[int], *, now: datetime
) -> dict[int, SubscriptionOfReader]:
    """Of each reader the subscription that lasts longest. One query."""
    rows = Subscription.objects.filter(reader_id__in=reader_ids).select_related("plan")
    found: dict[int, SubscriptionOfReader] = {}
    for row in rows.order_by("access_until", "id"):
        assert row.reader_id is not None, "asked for by reader"
        found[row.reader_id] = _subscription(row, now)
    return found


def file_of(reader_id: int, *, now: datetime) -> FileOfReader:
    """One reader's file. Seven queries, whatever is in it."""
    subscriptions = Subscription.objects.filter(reader_id=reader_id).select_related("plan")
    seats = Seat.objects.filter(reader_id=reader_id).select_related("group__plan")
    gifts = Gift.objects.filter(taken_by_id=reader_id).select_related("order__plan")
    return FileOfReader(
        subscriptions=tuple(_subscription(each, now) for each in subscriptions[:MOST]),
        seats=tuple(_seat(each) for each in seats.order_by("-id")[:MOST]),
        orders=_orders(Order.objects.filter(reader_id=reader_id).order_by("-placed_at", "-id")),
        letters=_letters(reader_id),
        gifts=tuple(
            GiftOfReader(each.order.plan.name, each.taken_at) for each in gifts[:MOST] if each.taken_at
        ),
    )  # fmt: skip


def order_of(reader_id: int, reference: str) -> OrderOfReader | None:
    """One order of this reader's, or None. Three queries."""
    found = _orders(Order.objects.filter(reader_id=reader_id, reference=reference))
    return found[0] if found else None


def _subscription(row: Subscription, now: datetime) -> SubscriptionOfReader:
    return SubscriptionOfReader(
        subscription_id=row.pk,
        plan=row.plan.name,
        gives=row.plan.entitlements,
        state=_state(row, now),
        since=row.started_at,
        paid_until=row.paid_until,
        access_until=row.access_until,
        is_gift=row.is_gift,
        gateway=row.get_gateway_display(),
        ended_because=row.get_ended_because_display(),
    )


def _state(row: Subscription, now: datetime) -> SubscriptionState:
    if row.ended_at is not None or row.access_until <= now:
        return SubscriptionState.ENDED
    if row.cancelled_at is not None:
        return SubscriptionState.CANCELLED
    if row.paid_until <= now:
        return SubscriptionState.IN_GRACE
    return SubscriptionState.TRIAL if row.is_trial else SubscriptionState.GOES_ON


def _seat(row: Seat) -> SeatOfReader:
    group = row.group
    return SeatOfReader(
        group.name, group.plan.name, group.plan.entitlements, row.taken_at or row.invited_at, row.left_at,
        group.starts_at, group.ends_at,
    )  # fmt: skip


def _orders(rows: QuerySet[Order]) -> tuple[OrderOfReader, ...]:
    orders = list(rows.select_related("plan")[:MOST])
    payments: dict[int, list[PaymentOfReader]] = {}
    came = Payment.objects.filter(order_id__in=[each.pk for each in orders])
    for each in came.select_related("receipt", "refund").order_by("paid_at", "id"):
        payments.setdefault(each.order_id, []).append(_payment(each))
    return tuple(_order(each, tuple(payments.get(each.pk, ()))) for each in orders)


def _order(row: Order, payments: tuple[PaymentOfReader, ...]) -> OrderOfReader:
    return OrderOfReader(
        reference=row.reference,
        plan=row.plan.name,
        purpose=Purpose(row.purpose),
        state=OrderState(row.state),
        total=Money(row.total, Currency(row.currency)),
        placed_at=row.placed_at,
        closed_at=row.closed_at,
        payments=payments,
    )


def _payment(row: Payment) -> PaymentOfReader:
    receipt, refund = getattr(row, "receipt", None), getattr(row, "refund", None)
    return PaymentOfReader(
        money=row.money,
        at=row.paid_at,
        gateway=row.get_gateway_display(),
        judgement=Judgement(row.judgement),
        judged=row.get_judgement_display(),
        receipt=receipt.spelled if receipt else "",
        refund=RefundState(refund.state) if refund else None,
        refund_asked_at=refund.asked_at if refund else None,
        refund_reason=refund.reason if refund else "",
        refund_done_at=refund.done_at if refund else None,
    )


def _letters(reader_id: int) -> tuple[LetterToReader, ...]:
    """Three queries, each along an index: one condition with OR would read every letter ever sent."""
    about: Iterable[tuple[str, str]] = (
        ("order__reader_id", "order__reference"),
        ("subscription__reader_id", "subscription__plan__name"),
        ("seat__reader_id", "seat__group__name"),
    )
    found: list[LetterToReader] = []
    for whose, name in about:
        sent = Letter.objects.filter(**{whose: reader_id}, sent_at__isnull=False)
        rows = sent.order_by("-sent_at").annotate(about=F(name))[:MOST]
        found += [
            LetterToReader(kind, str(named), sent_at)
            for kind, named, sent_at in rows.values_list("kind", "about", "sent_at")
            if sent_at is not None
        ]
    return tuple(sorted(found, key=lambda each: each.sent_at, reverse=True))


def subscriptions_of(
    reader_ids: Collection[int] | None, *, now: datetime
) -> Iterator[tuple[int | None, SubscriptionOfReader]]:
    """Every subscription of these readers, with the reader's id; None asks for those whose reader has left. One query."""
    rows = Subscription.objects.select_related("plan").order_by("-reader_id", "-started_at", "-id")
    for row in rows.filter(**_whose("reader", reader_ids)).iterator(_CHUNK):
        yield row.reader_id, _subscription(row, now)


def payments_of(
    reader_ids: Collection[int] | None, *, start: datetime, end: datetime
) -> Iterator[tuple[int | None, OrderOfReader, PaymentOfReader]]:
    """Every payment of these readers from `start` on, before `end`, with the reader's id and its order.

    None asks for those whose reader has left. One query.
    """
    rows = (
        Payment.objects.filter(paid_at__gte=start, paid_at__lt=end)
        .filter(**_whose("order__reader", reader_ids))
        .select_related("order__plan", "receipt", "refund")
        .order_by("-order__reader_id", "-paid_at", "-id")
    )
    for row in rows.iterator(_CHUNK):
        payment = _payment(row)
        yield row.order.reader_id, _order(row.order, (payment,)), payment


def _whose(reader: str, reader_ids: Collection[int] | None) -> dict[str, Any]:
    return {f"{reader}__isnull": True} if reader_ids is None else {f"{reader}__in": reader_ids}
