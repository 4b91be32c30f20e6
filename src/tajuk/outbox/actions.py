"""Putting a message down, and carrying it out of the house: claim, done, try again later."""

import logging
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from django.db import connection, transaction
from django.db.models import F, Q

from tajuk.contracts.messages import Message, makes_pages, packed
from tajuk.outbox.bell import ring
from tajuk.outbox.models import OutboxMessage
from tajuk.terms.clock import now as read_clock

CLAIM = timedelta(seconds=30)
"""How long a worker may be silent about a message before others take it to have died."""
LONGEST_WAIT = timedelta(minutes=10)
HOPELESS = 6
"""Tries, about half a minute: what fails so often is no news any more."""


class Listener(Protocol):
    """Who is told what stands in the outbox and what has left it: the page store, through `site`."""

    def announce(self, message_ids: Iterable[int]) -> None:
        """These were committed."""

    def delivered(self, message_ids: Iterable[int]) -> None:
        """Every step has had these."""


LISTENERS: list[Callable[[], Listener]] = []
"""Made when they are needed: a process that puts no message opens nothing."""

log = logging.getLogger(__name__)

_put_here: ContextVar[list[int] | None] = ContextVar("put_here", default=None)


class NotInATransactionError(RuntimeError):
    """A message was put outside the transaction of the change it tells of."""

    def __init__(self) -> None:
        super().__init__(
            "outbox.put was called outside transaction.atomic: put the message in the transaction that "
            "makes the change, or a crash between the two loses it."
        )


def put(message: Message) -> None:
    """Puts a message down in the current transaction; the worker is woken when that commits.

    Raises NotInATransactionError outside of one.
    """
    if not connection.in_atomic_block:
        raise NotInATransactionError
    kind, payload = packed(message)
    moment = read_clock()
    row = OutboxMessage.objects.create(kind=kind, payload=payload, put_at=moment, due_at=moment)
    noted = _put_here.get()
    if noted is not None:
        noted.append(row.pk)
    told = [row.pk] if makes_pages(message) else []
    transaction.on_commit(partial(_tell, told), robust=True)


def _tell(message_ids: Collection[int]) -> None:
    """Committed: first the listeners, so that what a message brings is not denied, then the worker."""
    try:
        for listener in LISTENERS if message_ids else ():
            listener().announce(message_ids)
    finally:
        ring()


@contextmanager
def noting_what_is_put() -> Iterator[list[int]]:
    """Collects the ids of messages put inside the block, so that a request can wait for their delivery."""
    noted: list[int] = []
    token = _put_here.set(noted)
    try:
        yield noted
    finally:
        _put_here.reset(token)


def claim(*, by: str, now: datetime, at_most: int) -> list[OutboxMessage]:
    """Takes due messages that nobody has, oldest first, for `CLAIM` long.

    PostgreSQL passes over rows another worker is claiming (SKIP LOCKED); on SQLite the immediate
    transaction lets one worker claim at a time. Ids commit out of order, so none is followed by id.
    """
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lt=now)
    with transaction.atomic():
        rows = OutboxMessage.objects.filter(free, due_at__lte=now).order_by("due_at", "id")
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True)
        claimed = list(rows[:at_most])
        OutboxMessage.objects.filter(pk__in=[row.pk for row in claimed]).update(
            claimed_until=now + CLAIM, claimed_by=by, tries=F("tries") + 1
        )
    for row in claimed:
        row.tries += 1
        row.claimed_until = now + CLAIM
    return claimed


def hold(rows: Collection[OutboxMessage], *, now: datetime) -> None:
    """A worker still busy with these messages says so; of those that left its hands already, nothing."""
    OutboxMessage.objects.filter(
        pk__in=[row.pk for row in rows], claimed_until__isnull=False
    ).update(claimed_until=now + CLAIM)


def give_back(rows: Collection[OutboxMessage]) -> None:
    """A worker that ends has not begun with these messages: anybody may have them at once."""
    OutboxMessage.objects.filter(pk__in=[row.pk for row in rows]).update(claimed_until=None)


def free_claims(*, by: str) -> int:
    """Frees what a worker of this machine held when it died; called by its successor at the start."""
    return OutboxMessage.objects.filter(claimed_by=by, claimed_until__isnull=False).update(
        claimed_until=None
    )


def done(rows: Collection[OutboxMessage]) -> None:
    """Every step has had these messages: they leave the outbox."""
    ids = [row.pk for row in rows]
    OutboxMessage.objects.filter(pk__in=ids).delete()
    _tell_delivered(ids)


def _tell_delivered(ids: Collection[int]) -> None:
    for listener in LISTENERS:
        try:
            listener().delivered(ids)
        except Exception:
            # A full disk, say. The messages have been delivered all the same; `site.rebuild` tells it later.
            log.exception("delivery_not_told")


def failed(row: OutboxMessage, error: Exception, *, now: datetime) -> None:
    """A step failed: the message is tried again after 1, 2, 4 … seconds, ten minutes at most, for ever."""
    wait = min(timedelta(seconds=2 ** min(row.tries - 1, 10)), LONGEST_WAIT)
    if row.tries == HOPELESS:
        # `tajuk doctor` tells of it. One message nobody can deliver must not send every wrong address to the desk.
        _tell_delivered([row.pk])
    OutboxMessage.objects.filter(pk=row.pk).update(
        claimed_until=None, due_at=now + wait, last_error=f"{type(error).__name__}: {error}"[:2000]
    )
