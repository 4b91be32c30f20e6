"""The worker: fetches messages the moment they are committed and takes them to their steps, many at once."""

import contextlib
import logging
import threading
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection, connections

from tajuk.contracts.messages import Message, unpacked
from tajuk.outbox import actions
from tajuk.outbox.bell import Bell
from tajuk.outbox.models import OutboxMessage
from tajuk.terms.clock import now as read_clock

Step = Callable[[Sequence[Any]], Iterable[None] | None]
"""Something to be done about messages of the kinds it stands at in the flow; all of them, or it raises.

A step with much to do is a generator: it yields when what cannot wait is done, and between batches of the rest.
Whatever is put down meanwhile goes before the rest.
"""
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
    """Takes due messages to their steps, those with the same steps together, until none is due; how many there were.

    A message whose step fails stays in the outbox for a later try, and the others go on. Once `stop` is set,
    what has been begun goes on to where it can be left, and what is not finished is given back.
    """
    return _Round(flow, by, stop or threading.Event()).made()


class _Round:
    """From the first due message until nothing is due and nothing is left to do."""

    def __init__(self, flow: Flow, by: str, stop: threading.Event) -> None:
        self._flow = flow
        self._by = by
        self._stop = stop
        self._held: dict[int, OutboxMessage] = {}
        self._begun: deque[tuple[_Group, list[Iterator[None]]]] = deque()

    def made(self) -> int:
        """Makes the round; how many messages were claimed."""
        claimed = self._claim()
        count = len(claimed)
        if not claimed:
            return 0
        with _held(self._held):
            while claimed or self._begun:
                for group in self._groups(claimed):
                    if not self._stop.is_set():
                        self._begin(group)
                if not claimed:
                    self._go_on()
                if self._stop.is_set():
                    actions.give_back(list(self._held.values()))
                    break
                claimed = self._claim()
                count += len(claimed)
        return count

    def _claim(self) -> list[OutboxMessage]:
        claimed = actions.claim(by=self._by, now=read_clock(), at_most=AT_ONCE)
        self._held.update((row.pk, row) for row in claimed)
        return claimed

    def _groups(self, claimed: Collection[OutboxMessage]) -> list[_Group]:
        """By steps, the oldest first. What failed before goes by itself, so that it holds up nothing new."""
        together: dict[tuple[int, bool], list[tuple[OutboxMessage, Message]]] = {}
        steps: dict[int, Sequence[Step]] = {}
        for row in claimed:
            try:
                message = unpacked(row.kind, row.payload)
                its_steps = self._flow[type(message)]
            except Exception as error:  # noqa: BLE001  whatever it is that can't be read: others must not wait for it
                self._fail(row, error)
                continue
            steps[id(its_steps)] = its_steps
            together.setdefault((id(its_steps), bool(row.last_error)), []).append((row, message))
        return [
            _Group([row for row, _ in pairs], [message for _, message in pairs], steps[which])
            for (which, _), pairs in together.items()
        ]

    def _begin(self, group: _Group) -> None:
        """What cannot wait, of every step."""
        try:
            left = [
                rest for step in group.steps if (rest := _rest(step(group.messages))) is not None
            ]
        except Exception as error:  # noqa: BLE001  whatever it is, it is written down and tried again
            self._failed(group, error)
            return
        if left:
            self._begun.append((group, left))
        else:
            self._done(group)

    def _go_on(self) -> None:
        """A batch of what could wait, of the group that has waited longest."""
        group, left = self._begun[0]
        try:
            while left and next(left[0], _END) is _END:
                left.pop(0)
        except Exception as error:  # noqa: BLE001  as above
            self._begun.popleft()
            self._failed(group, error)
            return
        if not left:
            self._begun.popleft()
            self._done(group)

    def _done(self, group: _Group) -> None:
        actions.done(group.rows)
        self._let_go(group.rows)

    def _failed(self, group: _Group, error: Exception) -> None:
        """Each half by itself, down to the message that is at fault."""
        if len(group.rows) == 1:
            self._fail(group.rows[0], error)
            return
        log.warning("group_failed", extra={"messages": len(group.rows), "error": repr(error)})
        for half in group.halves():
            self._begin(half)

    def _fail(self, row: OutboxMessage, error: Exception) -> None:
        log.error("delivery_failed", extra={"kind": row.kind, "tries": row.tries}, exc_info=error)
        actions.failed(row, error, now=read_clock())
        self._let_go([row])

    def _let_go(self, rows: Iterable[OutboxMessage]) -> None:
        for row in rows:
            self._held.pop(row.pk, None)


_END = object()


def _rest(answer: Iterable[None] | None) -> Iterator[None] | None:
    """What a step has left after its first batch; None where that was all."""
    if answer is None:
        return None
    rest = iter(answer)
    return None if next(rest, _END) is _END else rest


@contextlib.contextmanager
def _held(rows: Mapping[int, OutboxMessage]) -> Iterator[None]:
    """Renews the claims on what is in these rows while a long delivery goes on, so that no other worker starts it too."""
    finished = threading.Event()

    def renew() -> None:
        while not finished.wait(_SAY_SO_EVERY / timedelta(seconds=1)):
            actions.hold(list(rows.values()), now=read_clock())
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
            # The database may be away: nothing is lost, it is asked again, also for what was in hand.
            log.exception("worker_could_not_look")
            connection.close()
            is_first_look = True
            stop.wait(_LOOK_EVERY)
        bell.wait(_LOOK_EVERY)
