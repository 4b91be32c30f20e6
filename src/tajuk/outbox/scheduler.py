"""The clock of the house: one process of the group ticks, with no cron.

Every candidate tries for the lease; who holds it ticks once a second and whenever something is due, and renews
it. When it dies the lease runs out and another takes over.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, connection, transaction
from django.db.models import Q

from tajuk.outbox.models import Lease
from tajuk.terms.clock import now as read_clock

LEASE = timedelta(seconds=15)
_RENEW_BEFORE = timedelta(seconds=10)
_LONGEST_SLEEP = timedelta(seconds=1)
_NAME = "scheduler"

Duty = Callable[[datetime], object]
"""Something to be done when its time has come; called with the moment of the tick. May run twice."""
Foresight = Callable[[datetime], datetime | None]
"""When, after a moment, a duty will next have something to do, as far as the tables tell; asked after each tick."""

log = logging.getLogger(__name__)


def take_lease(holder: str, *, now: datetime) -> datetime | None:
    """Takes or renews the lease; the moment it runs out, or None when somebody else holds it."""
    until = now + LEASE
    mine_or_free = Q(holder=holder) | Q(expires_at__lt=now)
    with transaction.atomic():
        if Lease.objects.filter(mine_or_free, name=_NAME).update(holder=holder, expires_at=until):
            return until
    try:
        with transaction.atomic():
            Lease.objects.create(name=_NAME, holder=holder, expires_at=until)
    except IntegrityError:
        return None
    return until


def give_lease_back(holder: str) -> None:
    """At a clean end, so that the next process ticks at once."""
    Lease.objects.filter(name=_NAME, holder=holder).delete()


def keep_time(
    duties: Sequence[Duty], stop: threading.Event, *, holder: str, foresights: Sequence[Foresight] = ()
) -> None:  # fmt: skip
    """Ticks until `stop` is set, while this process holds the lease: at each moment foreseen, and every second."""
    until: datetime | None = None
    while not stop.is_set():
        moment = read_clock()
        wake_at = moment + _LONGEST_SLEEP
        try:
            if until is None or until - moment < _RENEW_BEFORE:
                until = take_lease(holder, now=moment)
            if until is not None:
                _tick(duties, moment)
                foreseen = [at for foresee in foresights if (at := foresee(moment)) is not None]
                wake_at = min([wake_at, *foreseen])
        except Exception:
            log.exception("tick_failed")
            connection.close()
            until = None
        stop.wait(max((wake_at - read_clock()).total_seconds(), 0))
    if until is not None:
        give_lease_back(holder)
    connection.close()


def _tick(duties: Sequence[Duty], moment: datetime) -> None:
    for duty in duties:
        try:
            duty(moment)
        except Exception:
            # One duty that fails must not keep the others from their hour.
            log.exception("duty_failed", extra={"duty": getattr(duty, "__name__", repr(duty))})
