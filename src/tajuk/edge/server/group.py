"""The parent that keeps the processes of a server alive. It serves nobody itself, and stays small."""

import contextlib
import logging
import os
import select
import signal
import socket
import sys
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from types import FrameType

_log = logging.getLogger(__name__)

_GRACE_SECONDS = 2
"""Beyond what the workers may take to end; who hasn't by then is killed."""
_DEATHS = 5
_WITHIN_SECONDS = 10
"""A worker that dies so often in so short a time won't get better by being started again."""
_FIRST_WAIT = 0.1
_ENDING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)

Work = Callable[[Sequence[socket.socket]], None]


@dataclass(slots=True)
class _Seat:
    """A worker's place: its sockets, which stay open between one worker and the next, so no client is lost."""

    sockets: list[socket.socket]
    process: int | None = None
    start_at: float = 0.0
    deaths: deque[float] = field(default_factory=lambda: deque(maxlen=_DEATHS))


def keep_workers(
    work: Work,
    seats: Sequence[list[socket.socket]],
    *,
    end_seconds: float,
    die_with: Callable[[int], None],
) -> int:
    """Runs `work` on each seat's sockets in a process of its own until SIGTERM or SIGINT; the exit code.

    Call it in the main thread. `die_with(parent)` ties a worker to this process. 1 if a worker keeps dying.
    """
    kept = [_Seat(sockets) for sockets in seats]
    code = 0
    with _signals() as told:
        while not told.to_end:
            now = time.monotonic()
            _collect(kept, now)
            if any(_keeps_dying(seat, now) for seat in kept):
                _log.error("worker_keeps_dying")
                code = 1
                break
            for seat in kept:
                if seat.process is None and seat.start_at <= now:
                    seat.process = _start(work, seat, kept, told, die_with)
            waits = [seat.start_at - now for seat in kept if seat.process is None]
            told.wait(min(waits, default=_WITHIN_SECONDS))
        _end(kept, told, end_seconds + _GRACE_SECONDS)
    return code


def _start(
    work: Work, seat: _Seat, kept: list[_Seat], told: "_Told", die_with: Callable[[int], None]
) -> int:
    parent = os.getpid()
    sys.stdout.flush()
    sys.stderr.flush()
    process = os.fork()
    if process:
        return process
    code = 1
    try:
        told.forget()
        die_with(parent)
        for other in kept:
            if other is not seat:
                for each in other.sockets:
                    each.close()
        work(seat.sockets)
        code = 0
    except BaseException:  # noqa: BLE001  it must not come back into the parent's code
        traceback.print_exc()
    finally:
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def _collect(kept: list[_Seat], now: float) -> None:
    """Notes who has died."""
    for seat in kept:
        if seat.process is None:
            continue
        process, status = os.waitpid(seat.process, os.WNOHANG)
        if not process:
            continue
        seat.process = None
        seat.deaths.append(now)
        recent = [death for death in seat.deaths if death > now - _WITHIN_SECONDS]
        wait = _FIRST_WAIT * 2 ** (len(recent) - 1)
        seat.start_at = now + wait
        code = os.waitstatus_to_exitcode(status)
        _log.warning("server_worker_died code=%d again_in=%.1fs", code, wait)


def _keeps_dying(seat: _Seat, now: float) -> bool:
    return len(seat.deaths) == _DEATHS and seat.deaths[0] > now - _WITHIN_SECONDS


def _end(kept: list[_Seat], told: "_Told", seconds: float) -> None:
    """Asks all to end, and kills those who haven't in time."""
    for seat in kept:
        if seat.process is not None:
            os.kill(seat.process, signal.SIGTERM)
    give_up_at = time.monotonic() + seconds
    while True:
        _collect_ended(kept)
        left = give_up_at - time.monotonic()
        if left <= 0 or all(seat.process is None for seat in kept):
            break
        told.wait(left)
    for seat in kept:
        if seat.process is not None:
            _log.warning("server_worker_killed")
            os.kill(seat.process, signal.SIGKILL)
            os.waitpid(seat.process, 0)
        for each in seat.sockets:
            each.close()


def _collect_ended(kept: list[_Seat]) -> None:
    for seat in kept:
        if seat.process is not None and os.waitpid(seat.process, os.WNOHANG)[0]:
            seat.process = None


class _Told:
    """What signals have told the parent; nothing is done inside a handler."""

    def __init__(self) -> None:
        self.to_end = False
        self._reading, self._writing = socket.socketpair()
        self._reading.settimeout(0)
        self._writing.settimeout(0)
        self._wakeup = signal.set_wakeup_fd(self._writing.fileno(), warn_on_full_buffer=False)
        self._before = {
            number: signal.signal(number, self._note) for number in (*_ENDING, signal.SIGCHLD)
        }

    def _note(self, number: int, _frame: FrameType | None) -> None:
        self.to_end = self.to_end or number in _ENDING

    def wait(self, seconds: float) -> None:
        """Until a signal comes, or so long."""
        if select.select([self._reading], [], [], max(seconds, 0))[0]:
            with contextlib.suppress(BlockingIOError):
                self._reading.recv(4096)

    def restore(self) -> None:
        """Handlers as they were before."""
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._wakeup)
        self._reading.close()
        self._writing.close()

    def forget(self) -> None:
        """In a worker: signals do what they do by themselves, so that one that still wakes can be stopped."""
        signal.set_wakeup_fd(-1)
        for number in self._before:
            signal.signal(number, signal.SIG_DFL)
        self._reading.close()
        self._writing.close()


@contextlib.contextmanager
def _signals() -> Iterator[_Told]:
    told = _Told()
    try:
        yield told
    finally:
        told.restore()
