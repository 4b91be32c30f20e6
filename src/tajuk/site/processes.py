"""The process group of `tajuk serve`: a supervisor, and its children newsstand, desk and worker.

A child that dies is started again. When the supervisor ends, however it ends, no child is left.
"""

import contextlib
import fcntl
import logging
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from tajuk.site.commands.failure import CommandError
from tajuk.site.leash import die_with
from tajuk.site.ports import PortBusyError, PortRefusedError, refuse_busy_port
from tajuk.terms.paper import Paper

__all__ = [
    "ROLES", "AlreadyServedError", "Child", "KeepsDyingError", "PortBusyError", "PortRefusedError",
    "children_of", "refuse_busy_port", "serve", "supervise",
]  # fmt: skip

ROLES = frozenset({"newsstand", "desk", "worker"})

END_SECONDS = 10
"""A child that hasn't ended by then is killed."""
DEATHS = 5
WITHIN_SECONDS = 10
"""A child that dies so often in so short a time won't get better by being started again."""
_FIRST_WAIT = 0.1
_LONGEST_WAIT = 5.0

_log = logging.getLogger(__name__)


class AlreadyServedError(CommandError):
    """Another process group serves this newspaper."""

    def __init__(self, role: str, folder: Path, holder: str) -> None:
        by = f" by process {holder}" if holder else ""
        super().__init__(
            f"The {role} of {folder} is already running{by}. Stop that one first (Ctrl-C where it was "
            f"started{f', or kill {holder}' if holder else ''}), or serve another newspaper with --dir."
        )


class KeepsDyingError(CommandError):
    """A child can't be kept alive."""

    def __init__(self, name: str, code: int) -> None:
        ended = f"was killed by signal {-code}" if code < 0 else f"ended with exit code {code}"
        super().__init__(
            f"The {name} {ended}, for the {DEATHS}th time within {WITHIN_SECONDS} s. Everything is "
            "stopped. What it said stands above; `tajuk doctor` looks for the usual causes."
        )


@dataclass(frozen=True, slots=True)
class Child:
    """A process to be kept alive."""

    name: str
    command: tuple[str, ...]


def serve(
    paper: Paper,
    *,
    host: str,
    port: int,
    roles: frozenset[str] = ROLES,
    workers: int = 1,
    children: Sequence[Child] | None = None,
) -> int:
    """Serves the newspaper until SIGINT or SIGTERM; the exit code. Call it in the main thread.

    What stands in the way is said before anything is started: PortBusyError, PortRefusedError,
    AlreadyServedError. Raises KeepsDyingError when a child can't be kept alive.
    """
    with contextlib.ExitStack() as locks:
        for role in sorted(roles):
            locks.enter_context(_alone(paper, role))
        if "newsstand" in roles:
            refuse_busy_port(host, port)
        if children is None:
            children = children_of(paper, host=host, port=port, roles=roles, workers=workers)
        return supervise(children, environment={**os.environ, "TAJUK_DIR": str(paper.folder)})


def children_of(
    paper: Paper, *, host: str, port: int, roles: frozenset[str], workers: int
) -> list[Child]:
    """The processes that fill these roles."""
    python = (sys.executable, "-m")
    commands = {
        "desk": (*python, "tajuk.site.servers", "desk"),
        "worker": (*python, "tajuk.site.commands", "worker", "--dir", str(paper.folder)),
        "newsstand": (
            *python, "tajuk.site.servers", "newsstand",
            "--host", host, "--port", str(port), "--workers", str(workers),
        ),
    }  # fmt: skip
    return [Child(name, command) for name, command in commands.items() if name in roles]


@contextlib.contextmanager
def _alone(paper: Paper, role: str) -> Iterator[None]:
    """Holds the role's lock file, with our process id in it. The kernel lets it go when we die."""
    path = paper.run_path / f"{role}.pid"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("a+", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            raise AlreadyServedError(role, paper.folder, file.read().strip()) from error
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield
        file.truncate(0)


def supervise(children: Sequence[Child], *, environment: dict[str, str]) -> int:
    """Keeps the children alive until SIGINT or SIGTERM, then ends them; 0."""
    kept = [_Kept(child, environment) for child in children]
    with _Signals() as signals:
        try:
            for each in kept:
                each.start()
            while not signals.told_to_end:
                waits = [each.look() for each in kept]
                signals.wait(min(waits))
        finally:
            _end(kept, signals)
    return 0


@dataclass(slots=True)
class _Kept:
    """A child under supervision."""

    child: Child
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None
    start_at: float = 0.0
    deaths: deque[float] = field(default_factory=lambda: deque(maxlen=DEATHS))

    def start(self) -> None:
        supervisor = os.getpid()
        self.process = subprocess.Popen(  # noqa: S603  our own commands
            self.child.command,
            env=self.environment,
            # A group of its own: Ctrl-C reaches the supervisor alone, which ends them in order.
            process_group=0,
            preexec_fn=lambda: die_with(supervisor),  # noqa: PLW1509  the supervisor has no threads
        )

    def look(self) -> float:
        """Starts the child again if it is time; for how many seconds there is nothing to do."""
        now = time.monotonic()
        if self.process is not None:
            code = self.process.poll()
            if code is None:
                return WITHIN_SECONDS
            self.process = None
            self.deaths.append(now)
            recent = [death for death in self.deaths if death > now - WITHIN_SECONDS]
            if len(recent) >= DEATHS:
                raise KeepsDyingError(self.child.name, code)
            wait = min(_FIRST_WAIT * 2 ** (len(recent) - 1), _LONGEST_WAIT)
            self.start_at = now + wait
            _log.warning("child_died name=%s code=%d again_in=%.1fs", self.child.name, code, wait)
        if now < self.start_at:
            return self.start_at - now
        self.start()
        return WITHIN_SECONDS

    def signal(self, number: int) -> None:
        """To the whole group of the child: a server has processes of its own."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                if number == signal.SIGKILL:
                    os.killpg(self.process.pid, number)
                else:
                    self.process.send_signal(number)

    def has_ended(self) -> bool:
        return self.process is None or self.process.poll() is not None


def _end(kept: list[_Kept], signals: "_Signals") -> None:
    """Asks all to end, and kills those who haven't in time, or when asked a second time."""
    for each in kept:
        each.signal(signal.SIGTERM)
    give_up_at = time.monotonic() + END_SECONDS
    asked = signals.told_to_end
    while not all(each.has_ended() for each in kept):
        left = give_up_at - time.monotonic()
        if left <= 0 or signals.told_to_end > asked:
            break
        signals.wait(left)
    for each in kept:
        if not each.has_ended():
            _log.warning("child_killed name=%s", each.child.name)
        each.signal(signal.SIGKILL)  # the group: what a server may have left behind
        if each.process is not None:
            each.process.wait()


class _Signals:
    """Wakes the supervisor for signals; nothing is done inside a handler."""

    _ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def __init__(self) -> None:
        self.told_to_end = 0
        self._reading, self._writing = socket.socketpair()

    def __enter__(self) -> "_Signals":
        self._reading.settimeout(0)
        self._writing.settimeout(0)
        self._wakeup = signal.set_wakeup_fd(self._writing.fileno(), warn_on_full_buffer=False)
        self._before = {
            number: signal.signal(number, self._note) for number in (*self._ENDING, signal.SIGCHLD)
        }
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._wakeup)
        self._reading.close()
        self._writing.close()

    def _note(self, number: int, _frame: FrameType | None) -> None:
        if number in self._ENDING:
            self.told_to_end += 1

    def wait(self, seconds: float) -> None:
        """Until a signal comes, or so long."""
        if select.select([self._reading], [], [], max(seconds, 0))[0]:
            with contextlib.suppress(BlockingIOError):
                self._reading.recv(4096)
