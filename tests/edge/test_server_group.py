"""The server's processes: several workers, kept alive, ended together."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.processes

CODE = """
import os, sys, time
from tajuk.edge.server import Limits, keep_workers, listen, work
from tajuk.site.leash import die_with
host, workers, how = sys.argv[1], int(sys.argv[2]), sys.argv[3]
class Paper:
    async def __call__(self, scope, receive, send):
        assert scope["type"] == "http"
        if scope["path"] == "/slow":
            import asyncio
            await asyncio.sleep(1)
        if scope["path"] == "/files":
            import resource
            body = repr(resource.getrlimit(resource.RLIMIT_NOFILE)).encode()
        else:
            body = b"%d" % os.getpid()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": body})
def serve(sockets):
    if how == "broken":
        raise SystemExit(3)
    if how == "stubborn":
        import signal
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        time.sleep(600)
    work(Paper, sockets, Limits(end_seconds=3))
first = listen(host, 0)
port = first[0].getsockname()[1]
print(port, flush=True)
seats = [first, *[listen(host, port) for _ in range(workers - 1)]]
sys.exit(keep_workers(serve, seats, end_seconds=0.5 if how == "stubborn" else 3, die_with=die_with))
"""


class Group:
    """The processes, and how to ask them."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        self.process = process
        self.port = int(process.stdout.readline())

    def get(self, path: str = "/", host: str = "127.0.0.1") -> str:
        """The body; a worker's process id."""
        with socket.create_connection((host, self.port), timeout=20) as line:
            line.sendall(f"GET {path} HTTP/1.1\r\nHost: uji\r\nConnection: close\r\n\r\n".encode())
            answer = b""
            while piece := line.recv(1000):
                answer += piece
        return answer.decode().rpartition("\r\n")[2]

    def workers(self) -> set[int]:
        """Those who answer, asked often enough to meet both of two."""
        return {int(self.get()) for _ in range(40)}


@pytest.fixture
def start() -> Iterator[Callable[..., Group]]:
    with contextlib.ExitStack() as started:

        def start(host: str = "127.0.0.1", workers: int = 2, how: str = "well") -> Group:
            process = subprocess.Popen(
                [sys.executable, "-c", CODE, host, str(workers), how],
                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            )  # fmt: skip
            started.enter_context(process)
            started.callback(process.kill)
            return Group(process)

        yield start


def is_alive(process: int) -> bool:
    try:
        status = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False
    return status.rsplit(")", 1)[1].split()[0] not in {"Z", "X"}


def wait_until(holds: Callable[[], bool]) -> None:
    give_up_at = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < give_up_at, "waited too long"
        time.sleep(0.02)


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_both_workers_serve_and_end_when_told_to(
    start: Callable[..., Group], ending: signal.Signals
) -> None:
    group = start()
    wait_until(lambda: len(group.workers()) == 2)
    workers = group.workers()
    assert group.process.pid not in workers

    group.process.send_signal(ending)

    assert group.process.wait(10) == 0
    assert not any(is_alive(worker) for worker in workers)
    with pytest.raises(ConnectionRefusedError):
        group.get()


def test_a_worker_that_dies_is_replaced_and_nobody_is_refused(start: Callable[..., Group]) -> None:
    group = start()
    wait_until(lambda: len(group.workers()) == 2)
    before = group.workers()
    killed = before.pop()
    (other,) = before

    os.kill(killed, signal.SIGKILL)

    after = group.workers()  # none of these is refused or reset: the sockets stay open meanwhile
    wait_until(lambda: len(group.workers()) == 2)
    after |= group.workers()
    assert killed not in after
    assert other in after
    assert len(after) == 2


def test_no_worker_outlives_a_killed_parent(start: Callable[..., Group]) -> None:
    group = start()
    wait_until(lambda: len(group.workers()) == 2)
    workers = group.workers()
    group.process.kill()
    group.process.wait()
    wait_until(lambda: not any(is_alive(worker) for worker in workers))


def test_workers_that_keep_dying_end_the_group(start: Callable[..., Group]) -> None:
    group = start(how="broken")
    assert group.process.wait(20) == 1
    assert group.process.stderr is not None
    assert "worker_keeps_dying" in group.process.stderr.read()


def test_a_worker_that_won_t_end_is_killed(start: Callable[..., Group]) -> None:
    group = start(workers=1, how="stubborn")
    time.sleep(1)  # it has no way to say that it has begun to ignore signals
    group.process.send_signal(signal.SIGTERM)
    assert group.process.wait(10) == 0


def test_what_is_under_way_is_finished(start: Callable[..., Group]) -> None:
    group = start(workers=1)
    wait_until(lambda: bool(group.get()))
    with socket.create_connection(("127.0.0.1", group.port), timeout=20) as line:
        line.sendall(b"GET /slow HTTP/1.1\r\nHost: uji\r\n\r\n")
        time.sleep(0.3)  # it is under way
        group.process.send_signal(signal.SIGTERM)
        answer = b""
        while piece := line.recv(1000):
            answer += piece
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert b"connection: close" in answer
    assert group.process.wait(10) == 0


def test_on_every_address_and_by_name(start: Callable[..., Group]) -> None:
    assert start("0.0.0.0", workers=1).get()
    by_name = start("localhost", workers=2)
    assert by_name.get()
    assert by_name.get(host="localhost")


def test_it_takes_all_the_files_it_may_have(start: Callable[..., Group]) -> None:
    soft, hard = start(workers=1).get("/files").strip("()").split(", ")
    assert soft == hard
