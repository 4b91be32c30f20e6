"""The worker: fetches messages the moment they are committed and takes them to their steps, many at once."""

import contextlib
import logging
import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection, connections

from tajuk.contracts.messages import Message, unpacked
from tajuk.outbox import actions
from tajuk.outbox.bell import Bell
from tajuk.outbox.models import OutboxMessage
from tajuk.terms.clock import now as read_clock

Step = Callable[[Sequence[Any]], None]
"""Something to be done about messages of the kinds it stands at in the flow; all of them, or it raises."""
Flow = Mapping[type[Message], Sequence[Step]]

log = logging.getLogger(__name__)

AT_ONCE = 250
"""So many messages are claimed together."""
_LOOK_EVERY = 0.5
_SAY_SO_EVERY = actions.CLAIM / 3


@dataclass(frozen=True, slots=True)
class _Group:
    """Messages that have the same steps to go."""

    rows: Sequence[OutboxMessage]
    messages: Sequence[Message]
    steps: Sequence[Step]

    def halves(self) -> "tuple[_Group, _Group]":
        """The earlier and the later of them."""
        middle = len(self.rows) // 2
        return (
            _Group(self.rows[:middle], self.messages[:middle], self.steps),
            _Group(self.rows[middle:], self.messages[middle:], self.steps),
        )


def deliver_due(flow: Flow, *, by: str, stop: threading.Event | None = None) -> int:
    """Takes the due messages to their steps, those with the same steps together; how many were claimed.

    A message whose step fails stays in the outbox for a later try, and the others go on. Once `stop` is set,
    the group in hand is finished and the rest is given back.
    """
    claimed = actions.claim(by=by, now=read_clock(), at_most=AT_ONCE)
    if not claimed:
        return 0
    with _held(claimed):
        for group in _groups(claimed, flow):
            if stop is not None and stop.is_set():
                actions.give_back(group.rows)
            else:
                _deliver(group)
    return len(claimed)


def _groups(claimed: Collection[OutboxMessage], flow: Flow) -> list[_Group]:
    """By steps, the oldest first. What failed before goes by itself, so that it holds up nothing new."""
    together: dict[tuple[int, bool], list[tuple[OutboxMessage, Message]]] = {}
    steps: dict[int, Sequence[Step]] = {}
    for row in claimed:
        try:
            message = unpacked(row.kind, row.payload)
            its_steps = flow[type(message)]
        except Exception as error:  # noqa: BLE001  whatever it is that can't be read: others must not wait for it
            _fail(row, error)
            continue
        steps[id(its_steps)] = its_steps
        together.setdefault((id(its_steps), bool(row.last_error)), []).append((row, message))
    return [
        _Group([row for row, _ in pairs], [message for _, message in pairs], steps[which])
        for (which, _), pairs in together.items()
    ]


def _deliver(group: _Group) -> None:
    """All steps; when one fails, each half by itself, down to the message that is at fault."""
    try:
        for step in group.steps:
            step(group.messages)
    except Exception as error:  # noqa: BLE001  whatever it is, it is written down and tried again
        if len(group.rows) == 1:
            _fail(group.rows[0], error)
            return
        log.warning("group_failed", extra={"messages": len(group.rows), "error": repr(error)})
    else:
        actions.done(group.rows)
        return
    for half in group.halves():
        _deliver(half)


def _fail(row: OutboxMessage, error: Exception) -> None:
    log.error("delivery_failed", extra={"kind": row.kind, "tries": row.tries}, exc_info=error)
    actions.failed(row, error, now=read_clock())


@contextlib.contextmanager
def _held(rows: Collection[OutboxMessage]) -> Iterator[None]:
    """Renews the claims while a long delivery goes on, so that no other worker starts it too."""
    finished = threading.Event()

    def renew() -> None:
        while not finished.wait(_SAY_SO_EVERY / timedelta(seconds=1)):
            actions.hold(rows, now=read_clock())
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
            while not stop.is_set() and deliver_due(flow, by=by, stop=stop):
                pass
        except Exception:
            # The database may be away: nothing is lost, it is asked again.
            log.exception("worker_could_not_look")
            connection.close()
            stop.wait(_LOOK_EVERY)
        bell.wait(_LOOK_EVERY)
