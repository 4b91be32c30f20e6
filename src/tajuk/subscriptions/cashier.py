"""The cashier: threads of the worker that talk to gateways and send letters, so that nothing else waits for them.

What is to be done stands in the tables with the moment it is due, and is written down as done only afterwards: a
cashier that dies leaves it to the next. Several may work at once; each takes a row for itself for a while.
"""

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.db.models import F, QuerySet

from tajuk.accounts.mail import UNSENT
from tajuk.subscriptions.actions.payments import record
from tajuk.subscriptions.actions.refunds import refund_made
from tajuk.subscriptions.gateways.configured import gateway
from tajuk.subscriptions.gateways.port import (
    GatewayError,
    Known,
    Paid,
    Refunds,
    RefusedError,
    Stage,
    Standing,
)
from tajuk.subscriptions.letters import send_letter
from tajuk.subscriptions.models import Checkout, Letter, Refund, Subscription
from tajuk.subscriptions.reconciliation import reconcile_when_due
from tajuk.subscriptions.trace import trace
from tajuk.subscriptions.types import GatewayName, Happened, OrderState, RefundState
from tajuk.terms.clock import now as read_clock

PAUSE = 0.5
"""Seconds between two looks when there was nothing to do."""
LONGEST_PAUSE = 60.0
"""Seconds after a lane has failed again and again; after the first time it is PAUSE, and twice as long each time."""
MINE = timedelta(seconds=60)
"""So long a row is one cashier's; longer than a gateway's time-outs together."""
LONGEST_WAIT = timedelta(hours=1)
AT_ONCE = 20
STOP_AGAIN = timedelta(minutes=10)
"""A stop that failed is tried again, for ever: as long as it isn't made, money is taken."""
ASK_AGAIN = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=3), timedelta(hours=12))
"""After the first look, and the last for as long as the order is open or might be paid late."""
_OPEN = frozenset({OrderState.OPEN, OrderState.EXPIRED})

log = logging.getLogger(__name__)


def keep_till(stop: threading.Event) -> None:
    """Works until `stop` is set: a thread for each lane, so that a gateway that doesn't answer holds up no other."""
    lanes = [
        threading.Thread(target=_keep, args=(lane, stop), name="cashier", daemon=True)
        for lane in LANES
    ]
    for lane in lanes:
        lane.start()
    for lane in lanes:
        lane.join()


def work_once(moment: datetime) -> int:
    """Does what is due in every lane, one after the other; how much that was."""
    return sum(lane(moment) for lane in LANES)


def _keep(lane: Callable[[datetime], int], stop: threading.Event) -> None:
    pause = PAUSE
    while not stop.is_set():
        try:
            done = lane(read_clock())
        except Exception:
            log.exception("cashier_failed")
            connection.close()
            stop.wait(pause)
            pause = min(2 * pause, LONGEST_PAUSE)
            continue
        pause = PAUSE
        if not done:
            stop.wait(PAUSE)
    connection.close()


def _at_gateway(name: GatewayName, moment: datetime) -> int:
    """Four queries when nothing is due."""
    asks = Checkout.objects.filter(gateway=name, ask_at__lte=moment)
    refunds = Refund.objects.filter(payment__gateway=name, try_at__lte=moment)
    unwanted = Checkout.objects.filter(gateway=name, stop_renewing_at__lte=moment)
    endings = Subscription.objects.filter(gateway=name, stop_renewing_at__lte=moment)
    return (
        _each(asks, "ask_at", moment, ask)
        + _each(refunds, "try_at", moment, _give_back)
        + _each(endings, "stop_renewing_at", moment, _stop_renewing)
        + _each(unwanted, "stop_renewing_at", moment, _stop_renewing)
    )


def _letters(moment: datetime) -> int:
    """One query when nothing is due."""
    return _each(Letter.objects.filter(send_at__lte=moment), "send_at", moment, _send)


LANES: tuple[Callable[[datetime], int], ...] = (
    *(partial(_at_gateway, name) for name in GatewayName),
    _letters,
    reconcile_when_due,
)


def ask(checkout: Checkout, moment: datetime) -> None:
    """Asks the gateway how a checkout stands, and records what it says."""
    mine = checkout.ask_at
    at = gateway(checkout.gateway)
    if at is None:
        _again(checkout, "ask_at", mine, moment, "this newspaper no longer has its keys")
        return
    order = checkout.order
    not_closed: GatewayError | None = None
    try:
        if order.state != OrderState.OPEN and checkout.closed_at is None:
            try:
                at.close(_known(checkout))
            except GatewayError as error:  # it may have been paid, which is why it can't be closed
                not_closed = error
        standing = at.standing(_known(checkout))
    except GatewayError as error:
        _again(checkout, "ask_at", mine, moment, str(error))
        return
    if standing.stage is Stage.UNKNOWN and order.state != OrderState.OPEN:
        standing = Standing(Stage.EXPIRED)  # nobody ever began to pay it
    record(checkout, standing, now=read_clock())
    is_waiting = standing.stage is Stage.PENDING
    if is_waiting and not_closed is not None and not isinstance(not_closed, RefusedError):
        _again(checkout, "ask_at", mine, moment, str(not_closed))
        return
    next_at = _next_look(checkout, standing, moment)
    # Another notice may have come while we asked: then it is asked again, by what that one wrote.
    seen = Checkout.objects.filter(pk=checkout.pk)
    seen.filter(ask_at=mine).update(ask_at=next_at)
    seen.update(asked_at=moment, asked_times=F("asked_times") + 1, failed_times=0, last_error="")


def _next_look(checkout: Checkout, standing: Standing, moment: datetime) -> datetime | None:
    if standing.provider_subscription or standing.stage is Stage.PAID:
        return None  # notices tell of renewals, and the daily reconciliation asks
    at = gateway(checkout.gateway)
    if at is None or not at.can.tells or checkout.order.state not in _OPEN:
        return None
    if checkout.asked_times >= len(ASK_AGAIN):
        return None
    return moment + ASK_AGAIN[checkout.asked_times]


def _known(checkout: Checkout) -> Known:
    return Known(checkout.reference, checkout.provider_id, checkout.provider_subscription)


def _give_back(refund: Refund, moment: datetime) -> None:
    payment = refund.payment
    at = gateway(payment.gateway)
    if at is None or at.can.refunds is Refunds.BY_HAND:
        _by_hand(refund, "this way of paying is paid back by hand", moment)
        return
    paid = Paid(payment.provider_id, payment.money, payment.paid_at)
    try:
        made = at.refund(
            _known(payment.checkout),
            paid,
            key=f"refund-{payment.provider_id}",
            reason=refund.reason,
        )
    except RefusedError as error:
        _by_hand(refund, str(error), moment)
    except GatewayError as error:
        _again(refund, "try_at", refund.try_at, moment, str(error))
    else:
        refund_made(refund, provider_id=made.provider_id, by=None, now=read_clock())


def _by_hand(refund: Refund, why: str, moment: datetime) -> None:
    with transaction.atomic():
        changed = Refund.objects.filter(pk=refund.pk, state=RefundState.ASKED).update(
            state=RefundState.BY_HAND, try_at=None, last_error=why[:300]
        )
        if changed:
            trace(
                Happened.REFUND_BY_HAND, now=moment, order=refund.payment.order, gateway=refund.payment.gateway, why=why[:200]
            )  # fmt: skip


def _stop_renewing(row: Subscription | Checkout, moment: datetime) -> None:
    mine = row.stop_renewing_at
    rows = type(row)._default_manager.filter(pk=row.pk, stop_renewing_at=mine)  # noqa: SLF001  Django's own
    why = _not_stopped(GatewayName(row.gateway), row.provider_subscription) if row.gateway else ""
    if why:
        log.warning("stop_renewing_failed number=%s error=%s", row.provider_subscription, why)
        rows.update(stop_renewing_at=moment + STOP_AGAIN)
        return
    rows.update(stop_renewing_at=None)


def _not_stopped(name: GatewayName, number: str) -> str:
    """Tells the gateway to take no further period; why that failed, or empty."""
    if not number:
        return ""
    at = gateway(name)
    if at is None:
        return "this newspaper no longer has its keys"
    try:
        at.stop_renewing(number)
    except GatewayError as error:
        return str(error)
    return ""


def _send(letter: Letter, moment: datetime) -> None:
    mine = letter.send_at
    try:
        send_letter(letter)
    except UNSENT as error:
        log.warning("letter_failed letter=%d error=%s", letter.pk, type(error).__name__)
        wait = min(timedelta(minutes=2 ** min(letter.failed_times, 8)), LONGEST_WAIT)
        Letter.objects.filter(pk=letter.pk).update(
            send_at=moment + wait, failed_times=F("failed_times") + 1
        )
        return
    Letter.objects.filter(pk=letter.pk, send_at=mine).update(send_at=None, sent_at=moment)


def _again(row: Any, when: str, mine: datetime | None, moment: datetime, why: str) -> None:
    """Asking failed: after 5, 10, 20 … seconds, an hour at most, it is tried again, for ever."""
    wait = min(timedelta(seconds=5 * 2 ** min(row.failed_times, 10)), LONGEST_WAIT)
    rows = type(row).objects.filter(pk=row.pk)
    rows.filter(**{when: mine}).update(**{when: moment + wait})
    rows.update(failed_times=F("failed_times") + 1, last_error=why[:300])


def _each(
    due: "QuerySet[Any]", when: str, moment: datetime, do: Callable[[Any, datetime], None]
) -> int:
    """Takes the rows one by one: each is put off, which makes it ours, and then worked on outside a transaction."""
    done = 0
    for pk, seen in due.order_by(when).values_list("pk", when)[:AT_ONCE]:
        rows = due.model._default_manager.filter(pk=pk)  # noqa: SLF001  Django's own public-enough name
        mine = moment + MINE
        if not rows.filter(**{when: seen}).update(**{when: mine}):
            continue  # another cashier has it
        do(rows.get(), moment)
        done += 1
    return done
