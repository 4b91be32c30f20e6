"""Processes that are measured or that measure: started, waited for, pinned, weighed, ended."""

import contextlib
import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.papers import ROOT

SERVERS_CORE, LOADS_CORE = 0, 1
"""One server at a time is measured on a core of its own; what asks it runs on another, as it would elsewhere."""
_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a server listens."""

    port: int
    pid: int

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def on_core(core: int) -> None:
    """Keeps this process on one core where there are two; for `preexec_fn`."""
    if (os.cpu_count() or 1) > 1:
        os.sched_setaffinity(0, {core})


def undisturbed(core: int) -> None:
    """The same for a generator of load that keeps time, ahead of everything else where that is allowed.

    It stands for readers elsewhere, whom this machine's work wouldn't hold up.
    """
    on_core(core)
    with contextlib.suppress(PermissionError):
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))


@contextlib.contextmanager
def started(
    command: Sequence[str],
    *,
    log: Path,
    core: int | None = SERVERS_CORE,
    port: int = 0,
    environment: Mapping[str, str] | None = None,
) -> Iterator[Place]:
    """The process, in a group of its own, until the block ends; with `port`, once something listens there."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w") as said:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=said, stderr=said, process_group=0,
            preexec_fn=None if core is None else lambda: on_core(core),  # noqa: PLW1509  no threads
        )  # fmt: skip
    try:
        give_up_at = time.monotonic() + _PATIENCE
        while port and not _listens(port):
            if process.poll() is not None or time.monotonic() > give_up_at:
                raise SystemExit(f"{command[0]} did not start:\n{log.read_text()[-3000:]}")
            time.sleep(0.02)
        yield Place(port, process.pid)
    finally:
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)
            process.wait()


def _listens(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


@dataclass(frozen=True, slots=True)
class Memory:
    """MiB of a process and its children: its own, and all that is resident (with pages of files, which are shared)."""

    own: float
    resident: float


def memory_of(pid: int) -> Memory:
    """What the kernel says now."""
    own = resident = 0
    for each in [pid, *_descendants(pid)]:
        with contextlib.suppress(OSError):
            for line in Path(f"/proc/{each}/status").read_text().splitlines():
                name, _, value = line.partition(":")
                if name == "RssAnon":
                    own += int(value.split()[0])
                elif name == "VmRSS":
                    resident += int(value.split()[0])
    return Memory(own / 1024, resident / 1024)


def _descendants(pid: int) -> list[int]:
    found: list[int] = []
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                found += [int(child), *_descendants(int(child))]
    return found
