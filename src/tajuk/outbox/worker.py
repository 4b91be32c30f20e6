"""The worker: fetches messages the moment they are committed and takes each to its steps."""

import contextlib
import logging
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta

from django.db import connection, connections

from tajuk.contracts.messages import Message, unpacked
from tajuk.outbox import actions
from tajuk.outbox.bell import Bell
from tajuk.outbox.models import OutboxMessage
from tajuk.terms.clock import now as read_clock

Step = Callable[[Message], None]
Flow = Mapping[type[Message], Sequence[Step]]

log = logging.getLogger(__name__)

_AT_ONCE = 10
_LOOK_EVERY = 0.5
_SAY_SO_EVERY = actions.CLAIM / 3


def deliver_due(flow: Flow, *, by: str) -> int:
    """Takes every due message to its steps; returns how many were claimed.

    A step that fails leaves its message in the outbox for a later try, and the other messages go on.
    """
    claimed = actions.claim(by=by, now=read_clock(), at_most=_AT_ONCE)
    for row in claimed:
        with _held(row):
            _deliver(row, flow)
    return len(claimed)


def _deliver(row: OutboxMessage, flow: Flow) -> None:
    try:
        message = unpacked(row.kind, row.payload)
        for step in flow[type(message)]:
            step(message)
    except Exception as error:
        log.exception("delivery_failed", extra={"kind": row.kind, "tries": row.tries})
        actions.failed(row, error, now=read_clock())
    else:
        actions.done(row)


@contextlib.contextmanager
def _held(row: OutboxMessage) -> Iterator[None]:
    """Renews the claim while a long delivery goes on, so that no other worker starts it too."""
    finished = threading.Event()

    def renew() -> None:
        while not finished.wait(_SAY_SO_EVERY / timedelta(seconds=1)):
            actions.hold(row, now=read_clock())
        connections.close_all()

    renewer = threading.Thread(target=renew, name="claim", daemon=True)
    renewer.start()
    try:
        yield
    finally:
        finished.set()
        renewer.join()


def work(flow: Flow, bell: Bell, stop: threading.Event, *, by: str) -> None:
    """Delivers until `stop` is set. What a dead predecessor on this machine had claimed is freed first."""
    is_first_look = True
    while not stop.is_set():
        try:
            if is_first_look:
                log.info("worker_started", extra={"freed": actions.free_claims(by=by)})
                is_first_look = False
            while not stop.is_set() and deliver_due(flow, by=by):
                pass
        except Exception:
            # The database may be away: nothing is lost, it is asked again.
            log.exception("worker_could_not_look")
            connection.close()
            stop.wait(_LOOK_EVERY)
        bell.wait(_LOOK_EVERY)
