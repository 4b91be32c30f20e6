"""The process group of `tajuk serve`, with real processes."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tajuk.site.ports import PortBusyError, PortRefusedError, refuse_busy_port

pytestmark = pytest.mark.processes

SUPERVISOR = """
import sys, logging
from pathlib import Path
from tajuk.site.commands.failure import CommandError
from tajuk.site.processes import Child, serve
from tajuk.terms.paper import Paper
folder, port = Path(sys.argv[1]), int(sys.argv[2])
logging.basicConfig(level=logging.WARNING)
paper = Paper(folder=folder, name="Harian Uji", address="http://localhost", secret_key="x" * 40)
python = sys.executable
CHILD = '''
import os, signal, sys, time
from pathlib import Path
folder, name = Path(sys.argv[1]), sys.argv[2]
def end(*_):
    (folder / f"{name}.ended").touch()
    sys.exit(0)
signal.signal(signal.SIGTERM, end)
with (folder / f"{name}.started").open("a") as log:
    log.write(f"{os.getpid()}\\\\n")
if len(sys.argv) > 3:
    exec(sys.argv[3])
time.sleep(600)
'''
def child(name, extra=""):
    return Child(name, (python, "-c", CHILD, str(folder), name, extra))
def run(*children, roles=frozenset({"worker"})):
    try:
        sys.exit(serve(paper, host="127.0.0.1", port=port, roles=roles, children=children))
    except CommandError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
"""

Start = Callable[[str], subprocess.Popen[str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "var").mkdir()
    return tmp_path


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def start(folder: Path, free_port: int) -> Iterator[Start]:
    with contextlib.ExitStack() as started:

        def start(code: str) -> subprocess.Popen[str]:
            process = subprocess.Popen(
                [sys.executable, "-c", SUPERVISOR + textwrap.dedent(code), folder, str(free_port)],
                stderr=subprocess.PIPE,
                text=True,
            )
            started.enter_context(process)
            started.callback(process.kill)
            return process

        yield start


def wait_until(holds: Callable[[], bool], seconds: float = 20) -> None:
    give_up_at = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < give_up_at, "waited too long"
        threading.Event().wait(0.02)


def started(folder: Path, name: str) -> list[int]:
    log = folder / f"{name}.started"
    return [int(line) for line in log.read_text().split()] if log.exists() else []


def is_alive(process: int) -> bool:
    """A process that has ended but wasn't collected yet is not alive."""
    try:
        status = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False
    return status.rsplit(")", 1)[1].split()[0] not in {"Z", "X"}


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_all_children_end_cleanly_when_told_to(
    folder: Path, start: Start, ending: signal.Signals
) -> None:
    supervisor = start("run(child('one'), child('two'))")
    wait_until(lambda: bool(started(folder, "one") and started(folder, "two")))

    supervisor.send_signal(ending)

    assert supervisor.wait(10) == 0
    for name in ("one", "two"):
        assert (folder / f"{name}.ended").exists()
        assert not is_alive(started(folder, name)[0])


def test_a_child_that_dies_is_started_again_and_its_neighbour_left_alone(
    folder: Path, start: Start
) -> None:
    supervisor = start("run(child('one'), child('two'))")
    wait_until(lambda: bool(started(folder, "one") and started(folder, "two")))

    os.kill(started(folder, "one")[0], signal.SIGKILL)

    wait_until(lambda: len(started(folder, "one")) == 2)
    assert len(started(folder, "two")) == 1
    assert supervisor.poll() is None


def test_no_orphans_when_the_supervisor_is_killed(folder: Path, start: Start) -> None:
    supervisor = start("run(child('one'), child('two'))")
    wait_until(lambda: bool(started(folder, "one") and started(folder, "two")))

    supervisor.kill()

    wait_until(lambda: not any(is_alive(started(folder, name)[0]) for name in ("one", "two")))


def test_a_child_that_keeps_dying_stops_everything_and_says_so(folder: Path, start: Start) -> None:
    supervisor = start("run(child('fine'), child('broken', 'sys.exit(3)'))")

    _, said = supervisor.communicate(timeout=30)

    assert supervisor.returncode == 2
    assert len(started(folder, "broken")) == 5
    assert "The broken ended with exit code 3, for the 5th time within 10 s" in said
    assert not is_alive(started(folder, "fine")[0])


def test_a_child_that_will_not_end_is_killed(folder: Path, start: Start) -> None:
    """A second Ctrl-C doesn't wait out the ten seconds."""
    supervisor = start("run(child('deaf', 'signal.signal(signal.SIGTERM, signal.SIG_IGN)'))")
    wait_until(lambda: bool(started(folder, "deaf")))
    threading.Event().wait(0.2)

    supervisor.send_signal(signal.SIGINT)
    threading.Event().wait(0.3)
    assert is_alive(started(folder, "deaf")[0])
    supervisor.send_signal(signal.SIGINT)

    assert supervisor.wait(5) == 0
    assert not is_alive(started(folder, "deaf")[0])


def test_a_newspaper_is_served_once_and_again_after_the_first_has_died(
    folder: Path, start: Start
) -> None:
    first = start("run(child('one'))")
    wait_until(lambda: bool(started(folder, "one")))

    second = start("run(child('one'))")
    _, said = second.communicate(timeout=20)
    assert second.returncode == 2
    assert f"already running by process {first.pid}" in said
    other_role = start("run(child('other'), roles=frozenset({'desk'}))")
    wait_until(lambda: bool(started(folder, "other")))
    assert other_role.poll() is None

    first.kill()
    first.wait()
    start("run(child('one'))")
    wait_until(lambda: len(started(folder, "one")) == 2)


def test_a_busy_port_is_said_before_anything_is_started(
    folder: Path, start: Start, free_port: int
) -> None:
    with socket.socket() as somebody:
        somebody.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        somebody.bind(("127.0.0.1", free_port))
        somebody.listen()

        supervisor = start("run(child('one'), roles=frozenset({'newsstand'}))")
        _, said = supervisor.communicate(timeout=20)

    assert supervisor.returncode == 2
    assert f"Port {free_port} is in use by process {os.getpid()}" in said
    assert f"--port {free_port + 1}" in said
    assert not started(folder, "one")
    refuse_busy_port("127.0.0.1", free_port)


def test_addresses_nobody_can_listen_on_are_said_with_a_remedy() -> None:
    with pytest.raises(PortRefusedError, match=r"--host 127\.0\.0\.1"):
        refuse_busy_port("192.0.2.1", 8000)
    with pytest.raises(PortRefusedError, match="no address"):
        refuse_busy_port("no such host.invalid", 8000)
    assert issubclass(PortBusyError, Exception)
