"""Subscriptions: they start, go on, are cancelled, end. Each change is told, so that the newsstand knows at once."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction

from tajuk.accounts.models import User
from tajuk.contracts.messages import ReaderChanged
from tajuk.outbox.actions import put
from tajuk.paywall.passes import whole_second
from tajuk.subscriptions.actions.orders import renewal_of
from tajuk.subscriptions.errors import NoTrialError, SubscriptionsError
from tajuk.subscriptions.house import zone
from tajuk.subscriptions.models import Letter, Order, Plan, Price, Subscription
from tajuk.subscriptions.rules.periods import access_until, end_of
from tajuk.subscriptions.trace import READER, trace
from tajuk.subscriptions.types import Happened, Period
from tajuk.terms.language import Language
from tajuk.terms.money import Currency

REMIND_BEFORE = timedelta(days=7)
_AT_ONCE = 200


def start_trial(
    reader: User, plan: Plan, *, currency: Currency, language: Language, now: datetime
) -> Subscription:
    """The plan for its days of trial, once for each reader. Raises NoTrialError."""
    with transaction.atomic():
        get_user_model().objects.select_for_update().get(pk=reader.pk)
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
    get_user_model().objects.select_for_update().get(pk=order.reader.pk)
    held = (
        order.subscription
        or Subscription.objects.filter(
            reader=order.reader, plan=order.plan, ended_at__isnull=True
        ).first()
    )
    if held is not None and held.ended_at is not None:
        # Paid after it had ended: it goes on, unless the reader began anew meanwhile.
        newer = Subscription.objects.filter(
            reader=order.reader, plan=order.plan, ended_at__isnull=True
        ).first()
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
        if held.ended_at is not None:
            held.anchor_day = begun.astimezone(zone()).day
    held.ended_at, held.ended_because, held.cancelled_at = None, "", None
    held.is_trial = False
    held.gateway = gateway or held.gateway
    if gateway and provider_subscription != held.provider_subscription:
        held.provider_subscription = provider_subscription
        held.stop_renewing_at = None
    _lengthen(held, begun, order.period)
    held.save()
    order.subscription = held
    trace(happened, now=now, order=order, until=held.paid_until.isoformat())
    put(ReaderChanged(order.reader.pk))
    return held, begun


def take_period_back(held: Subscription, begun: datetime, *, now: datetime) -> None:
    """The money for the period that began then goes back: it is as if it had not been paid for.

    Runs in the caller's transaction.
    """
    moment = whole_second(now)
    held.paid_until = max(held.started_at, min(held.paid_until, max(begun, moment)))
    if held.paid_until <= moment:
        _end(held, Subscription.Ended.REFUNDED, at=moment)
    else:
        held.access_until = held.paid_until
    if held.provider_subscription and held.stop_renewing_at is None:
        held.stop_renewing_at = now
    held.save()
    trace(Happened.SUBSCRIPTION_ENDED, now=now, subscription=held.pk, why="refunded")
    if held.reader_id:
        put(ReaderChanged(held.reader_id))


def cancel_subscription(held: Subscription, *, by: Any, now: datetime) -> Subscription:
    """No further period; what is paid for is read to its end. Cancelling twice changes nothing."""
    with transaction.atomic():
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
    """The reader thought better of it: it is renewed again by invoice. Raises SubscriptionsError when it is over."""
    with transaction.atomic():
        found = Subscription.objects.select_for_update().select_related("plan").get(pk=held.pk)
        if found.ended_at is not None or found.provider_subscription:
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
