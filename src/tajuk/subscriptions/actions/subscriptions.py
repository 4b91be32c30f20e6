"""Subscriptions: they start, go on, are cancelled, end. Each change is told, so that the newsstand knows at once."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from tajuk.accounts.models import User
from tajuk.contracts.messages import ReaderChanged
from tajuk.outbox.actions import put
from tajuk.paywall.passes import whole_second
from tajuk.subscriptions.actions.locks import lock_reader
from tajuk.subscriptions.actions.orders import renewal_of
from tajuk.subscriptions.errors import NoTrialError, SubscriptionsError
from tajuk.subscriptions.house import zone
from tajuk.subscriptions.models import Checkout, Letter, Order, Payment, Plan, Price, Subscription
from tajuk.subscriptions.rules.periods import access_until, end_of, is_anchored
from tajuk.subscriptions.trace import READER, trace
from tajuk.subscriptions.types import Happened, Period, Purpose
from tajuk.terms.language import Language
from tajuk.terms.money import Currency

REMIND_BEFORE = timedelta(days=7)
_AT_ONCE = 200


def start_trial(
    reader: User, plan: Plan, *, currency: Currency, language: Language, now: datetime
) -> Subscription:
    """The plan for its days of trial, once for each reader. Raises NoTrialError."""
    with transaction.atomic():
        lock_reader(reader.pk)
        is_offered = (
            plan.is_sold
            and plan.trial_days
            and Price.objects.filter(plan=plan, currency=currency).exists()
        )
        if not is_offered or Subscription.objects.filter(reader=reader).exists():
            raise NoTrialError(plan.name)
        begun = whole_second(now)
        made = _begun(
            reader, plan, begun, begun + timedelta(days=plan.trial_days), currency, language
        )
        made.is_trial = True
        # A trial has no grace: nothing was ever paid.
        made.access_until = made.paid_until
        made.save()
        trace(
            Happened.SUBSCRIPTION_STARTED, now=now, by=READER, subscription=made.pk, trial=plan.trial_days
        )  # fmt: skip
        put(ReaderChanged(reader.pk))
    return made


def give_period(
    order: Order, *, now: datetime, gateway: str = "", provider_subscription: str = ""
) -> tuple[Subscription, datetime]:
    """What was paid for: the subscription, begun or longer by the order's period, and from when the period counts.

    Runs in the caller's transaction.
    """
    assert order.reader is not None, "judged before"
    lock_reader(order.reader.pk)
    locked = Subscription.objects.select_for_update()
    held = locked.filter(pk=order.subscription_id).first() if order.subscription_id else None
    if held is None or held.ended_at is not None:
        # Paid after it had ended: it goes on, unless the reader began anew meanwhile.
        newer = locked.filter(reader=order.reader, plan=order.plan, ended_at__isnull=True).first()
        held = newer or held
    begun = whole_second(now)
    if held is None:
        held = _begun(
            order.reader, order.plan, begun, begun, Currency(order.currency), order.spoken
        )
        happened = Happened.SUBSCRIPTION_STARTED
    else:
        # In grace the reader read on, so the period follows the last; after an end it begins now.
        begun = begun if held.ended_at is not None else max(held.paid_until, held.started_at)
        happened = Happened.SUBSCRIPTION_EXTENDED
        set_anchor(held, begun)
    if gateway:
        _renew_by(held, order, gateway, provider_subscription, now)
    held.ended_at, held.ended_because, held.cancelled_at = None, "", None
    held.is_trial = held.is_gift = False
    _lengthen(held, begun, order.period)
    held.save()
    order.subscription = held
    trace(happened, now=now, order=order, until=held.paid_until.isoformat())
    put(ReaderChanged(order.reader.pk))
    return held, begun


def set_anchor(held: Subscription, begun: datetime) -> None:
    """The day its periods end on, when one begins then: the same, unless a trial, a gap or a refund moved it."""
    is_kept = is_anchored(begun, anchor_day=held.anchor_day, zone=zone())
    if held.is_trial or held.ended_at is not None or not is_kept:
        held.anchor_day = begun.astimezone(zone()).day


def _renew_by(
    held: Subscription, order: Order, gateway: str, provider_subscription: str, now: datetime
) -> None:
    """Who takes the money of the next period, after a payment at this gateway; `held` is as it was before it.

    One gateway renews a subscription, and a payment that doesn't renew itself leaves it that. A number that is no
    longer the subscription's is stopped there.
    """
    before = held.provider_subscription
    if provider_subscription and provider_subscription != before:
        if order.purpose != Purpose.FIRST:
            return  # the last period by a number that was given up
        _let_go(held, now)
        held.gateway, held.provider_subscription = gateway, provider_subscription
    elif not provider_subscription:
        ends = (held.cancelled_at, held.ended_at, held.stop_renewing_at)
        is_over = any(each is not None for each in ends)
        if before and is_over:
            _let_go(held, now)  # from now on it is renewed by invoice
        if not held.provider_subscription:
            held.gateway = gateway


def _let_go(held: Subscription, now: datetime) -> None:
    if held.provider_subscription:
        Checkout.objects.filter(
            gateway=held.gateway, provider_subscription=held.provider_subscription
        ).update(stop_renewing_at=now)
    held.provider_subscription, held.stop_renewing_at = "", None


def take_period_back(held: Subscription, payment: Payment, *, now: datetime) -> None:
    """The payment goes back, and with it what wasn't read yet of its own period; what others paid for stays.

    Runs in the caller's transaction.
    """
    moment = whole_second(now)
    begun, until = payment.receipt.period_from, payment.receipt.period_until
    if begun is None or until is None:
        return  # a gift's
    unread = max(until - max(begun, moment), timedelta(0))
    held.paid_until = max(held.started_at, held.paid_until - unread)
    if held.paid_until <= moment:
        _end(held, Subscription.Ended.REFUNDED, at=moment)
    elif unread:
        held.access_until = held.paid_until
    number = payment.checkout.provider_subscription
    if number and number == held.provider_subscription and held.stop_renewing_at is None:
        held.stop_renewing_at = now
    held.save()
    trace(Happened.SUBSCRIPTION_ENDED, now=now, subscription=held.pk, why="refunded")
    if held.reader_id:
        put(ReaderChanged(held.reader_id))


def cancel_subscription(held: Subscription, *, by: Any, now: datetime) -> Subscription:
    """No further period; what is paid for is read to its end. Cancelling twice changes nothing."""
    with transaction.atomic():
        lock_reader(held.reader_id)
        found = Subscription.objects.select_for_update().get(pk=held.pk)
        if found.cancelled_at is not None or found.ended_at is not None:
            return found
        found.cancelled_at = now
        found.access_until = access_until(found.paid_until, grace_days=0, is_cancelled=True)
        if found.provider_subscription:
            found.stop_renewing_at = now
        if found.access_until <= now:  # in grace
            _end(found, Subscription.Ended.CANCELLED, at=whole_second(now))
        found.save()
        _withdraw_renewal(found, now)
        trace(Happened.SUBSCRIPTION_CANCELLED, now=now, by=by, subscription=found.pk)
        if found.reader_id:
            put(ReaderChanged(found.reader_id))
    return found


def resume_subscription(held: Subscription, *, now: datetime) -> Subscription:
    """The reader thought better of it: it is renewed again by invoice. Raises SubscriptionsError when it is over,
    wasn't cancelled, or is a gift, which nobody renews.
    """
    with transaction.atomic():
        found = Subscription.objects.select_for_update().select_related("plan").get(pk=held.pk)
        is_cancelled = found.cancelled_at is not None and found.ended_at is None
        if not is_cancelled or found.is_gift or found.provider_subscription:
            raise SubscriptionsError("This subscription can't be resumed: order it anew.")
        found.cancelled_at = None
        grace = 0 if found.is_trial else found.plan.grace_days
        found.access_until = access_until(found.paid_until, grace_days=grace, is_cancelled=False)
        found.save()
        trace(Happened.SUBSCRIPTION_EXTENDED, now=now, by=READER, subscription=found.pk)
        if found.reader_id:
            put(ReaderChanged(found.reader_id))
    return found


def ask_for_renewals(now: datetime) -> None:
    """A duty: who pays by invoice gets one a week before the period ends, and is reminded twice.

    Two queries when nothing is due.
    """
    going_on = Subscription.objects.filter(
        ended_at__isnull=True, cancelled_at__isnull=True, provider_subscription="", reader__isnull=False,
        is_gift=False,
    )  # fmt: skip
    ends_soon = going_on.filter(paid_until__lte=now + REMIND_BEFORE, access_until__gt=now)
    for held in ends_soon.exclude(orders__letters__kind=Letter.Kind.RENEWAL, orders__state="open")[
        :_AT_ONCE
    ]:
        _invite(held, now)
    for kind, before in (
        (Letter.Kind.RENEWAL_TOMORROW, timedelta(days=1)),
        (Letter.Kind.IN_GRACE, timedelta(0)),
    ):
        asked = Order.objects.filter(
            state="open", purpose="renewal", subscription__in=going_on, subscription__paid_until__lte=now + before
        )  # fmt: skip
        for order in asked.exclude(letters__kind=kind)[:_AT_ONCE]:
            Letter.objects.get_or_create(kind=kind, order=order, defaults={"send_at": now})


def end_subscriptions(now: datetime) -> None:
    """A duty: what is neither paid nor in grace has ended. One query when there is none."""
    due = Subscription.objects.filter(ended_at__isnull=True, access_until__lte=now)
    for held in due.order_by("access_until")[:_AT_ONCE]:
        with transaction.atomic():
            found = Subscription.objects.select_for_update().get(pk=held.pk)
            if found.ended_at is not None or found.access_until > now:
                continue
            is_cancelled = found.cancelled_at is not None or found.is_gift
            why = Subscription.Ended.CANCELLED if is_cancelled else Subscription.Ended.UNPAID
            _end(found, why, at=found.access_until)
            if found.provider_subscription and found.stop_renewing_at is None:
                found.stop_renewing_at = now
            found.save()
            trace(Happened.SUBSCRIPTION_ENDED, now=now, subscription=found.pk, why=why)
            if found.reader_id:
                put(ReaderChanged(found.reader_id))
                if why == Subscription.Ended.UNPAID:
                    Letter.objects.create(kind=Letter.Kind.ENDED, subscription=found, send_at=now)


def _invite(held: Subscription, now: datetime) -> None:
    with transaction.atomic():
        lock_reader(held.reader_id)  # the order that is made refers to them
        found = Subscription.objects.select_for_update().get(pk=held.pk)
        price = Price.objects.filter(plan=found.plan_id, currency=found.currency).first()
        if price is None or found.cancelled_at is not None or found.ended_at is not None:
            return
        order = renewal_of(found, price, now=now, expires_at=found.access_until)
        Letter.objects.get_or_create(
            kind=Letter.Kind.RENEWAL, order=order, defaults={"send_at": now}
        )


def _withdraw_renewal(held: Subscription, now: datetime) -> None:
    from tajuk.subscriptions.actions.orders import cancel_order

    for order in Order.objects.filter(subscription=held, state="open", purpose="renewal"):
        cancel_order(order, by=None, now=now)


def _begun(
    reader: User, plan: Plan, begun: datetime, until: datetime, currency: Currency, language: Language
) -> Subscription:  # fmt: skip
    return Subscription(
        reader=reader, plan=plan, language=language, currency=currency, started_at=begun,
        anchor_day=begun.astimezone(zone()).day, paid_until=until, access_until=until,
    )  # fmt: skip


def _lengthen(held: Subscription, begun: datetime, period: Period) -> None:
    held.paid_until = end_of(begun, period, anchor_day=held.anchor_day, zone=zone())
    grace = 0 if held.is_gift else held.plan.grace_days
    held.access_until = access_until(held.paid_until, grace_days=grace, is_cancelled=False)


def _end(held: Subscription, why: str, *, at: datetime) -> None:
    held.ended_at, held.ended_because = at, why
    held.access_until = min(held.access_until, at)
