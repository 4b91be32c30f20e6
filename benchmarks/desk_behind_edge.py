"""Where Django stands behind the newsstand: what its work costs the readers.

    python benchmarks/desk_behind_edge.py [--rounds 5] [--seconds 4] [--rate 200]

Three arrangements of the same parts, in interleaved rounds on one machine, medians of rounds:

* `socket`:   Django as WSGI in a process of its own, over the Unix socket (what `tajuk serve` does);
* `asgi`:     the same with Django's ASGI handler;
* `inside`:   Django in the newsstand's own process, in a thread pool.

Readers ask for a pressed page at a steady rate, whether answers come or not; a request's time counts from when
it was due. Meanwhile two editors ask for the desk's sign-in page as fast as they get it.
"""

import argparse
import asyncio
import contextlib
import io
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from tajuk.contracts.pages import Fixed, PagePlan
from tajuk.edge.asgi import Receive, Scope, Send
from tajuk.edge.newsstand import Newsstand
from tajuk.edge.routes import Counter, counter_for
from tajuk.site.newsstand import newsstand_of
from tajuk.store import PageStore
from tajuk.terms.paper import Paper, read_paper

ARRANGEMENTS = ("socket", "asgi", "inside")
DESK_PAGE = "/desk/login/"
EDITORS = 2
_THREADS = 8
_HERE = Path(__file__).resolve()


class DeskInside:
    """A newsstand with Django in its own process: what we might have done."""

    def __init__(self, paper: Paper) -> None:
        from tajuk.site.wsgi import application

        self._stand: Newsstand = newsstand_of(paper)
        self._django = application
        self._threads = ThreadPoolExecutor(_THREADS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_desk = scope["type"] == "http" and counter_for(scope["path"]) is Counter.DESK
        if not is_desk:
            await self._stand(scope, receive, send)
            return
        loop = asyncio.get_running_loop()
        status, headers, body = await loop.run_in_executor(self._threads, self._ask, scope)
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    def _ask(self, scope: Scope) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
        started: dict[str, Any] = {}

        def start(status: str, headers: list[tuple[str, str]], _error: Any = None) -> Any:
            started["status"] = int(status[:3])
            started["headers"] = [(n.lower().encode(), v.encode("latin-1")) for n, v in headers]

        environ = {
            "REQUEST_METHOD": scope["method"], "PATH_INFO": scope["path"], "SCRIPT_NAME": "",
            "QUERY_STRING": scope["query_string"].decode(), "SERVER_NAME": "desk", "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr,
            "wsgi.url_scheme": "http", "wsgi.version": (1, 0), "wsgi.multithread": True,
            "wsgi.multiprocess": False, "wsgi.run_once": False, "HTTP_HOST": "localhost",
        }  # fmt: skip
        answer = self._django(environ, start)
        try:
            body = b"".join(answer)
        finally:
            if hasattr(answer, "close"):
                answer.close()
        return started["status"], started["headers"], body


def serve_part(part: str, folder: Path, port: int) -> None:
    """One server process of an arrangement."""
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    from tajuk.site.servers import run_desk, run_newsstand

    paper = read_paper(folder)
    if part == "newsstand":
        run_newsstand(paper, host="127.0.0.1", port=port, workers=1)
    elif part == "desk":
        run_desk(paper)
    elif part == "desk-asgi":

        def django_asgi() -> Any:
            from django.core.asgi import get_asgi_application

            from tajuk.site.wsgi import application

            assert application is not None
            return get_asgi_application()

        paper.socket_path.unlink(missing_ok=True)
        Server("desk", uds=paper.socket_path, interface=Interfaces.ASGINL, log_level=LogLevels.error).serve(
            target_loader=django_asgi, wrap_loader=False
        )  # fmt: skip
    else:
        Server("inside", port=port, interface=Interfaces.ASGI, log_level=LogLevels.error).serve(
            target_loader=lambda: DeskInside(paper), wrap_loader=False
        )


@contextlib.contextmanager
def running(arrangement: str, folder: Path, port: int) -> Iterator[None]:
    """The arrangement, warmed up; ended afterwards."""
    parts = {
        "socket": ("desk", "newsstand"),
        "asgi": ("desk-asgi", "newsstand"),
        "inside": ("inside",),
    }
    environment = {**os.environ, "TAJUK_DIR": str(folder)}
    started = [
        subprocess.Popen(
            [sys.executable, str(_HERE), "--part", part, "--dir", str(folder), "--port", str(port)],
            env=environment,
        )
        for part in parts[arrangement]
    ]
    try:
        give_up_at = time.monotonic() + 90
        while True:
            with contextlib.suppress(OSError):
                for _ in range(10):
                    urllib.request.urlopen(f"http://127.0.0.1:{port}{DESK_PAGE}", timeout=60).read()
                break
            if time.monotonic() > give_up_at:
                raise SystemExit(f"The arrangement {arrangement!r} does not answer; see above.")
            time.sleep(0.2)
        yield
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait()


async def read_steadily(port: int, *, rate: int, seconds: float) -> list[float]:
    """Readers' waiting times in milliseconds, each from when its request was due."""
    request = b"GET / HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n"
    idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []
    times: list[float] = []

    async def ask(due: float) -> None:
        line = idle.pop() if idle else await asyncio.open_connection("127.0.0.1", port)
        line[1].write(request)
        head = await line[0].readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200"), head
        length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        await line[0].readexactly(length)
        times.append((time.perf_counter() - due) * 1000)
        idle.append(line)

    start = time.perf_counter()
    asked = []
    for number in range(int(rate * seconds)):
        due = start + number / rate
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        asked.append(asyncio.create_task(ask(due)))
    await asyncio.gather(*asked)
    for _, writer in idle:
        writer.close()
    return times


@contextlib.contextmanager
def editors_at_work(port: int) -> Iterator[list[int]]:
    """Editors who ask for a page of the desk as fast as they get it; counts their pages."""
    stop = threading.Event()
    pages = [0] * EDITORS

    def work(editor: int) -> None:
        while not stop.is_set():
            urllib.request.urlopen(f"http://127.0.0.1:{port}{DESK_PAGE}", timeout=60).read()
            pages[editor] += 1

    threads = [threading.Thread(target=work, args=(each,)) for each in range(EDITORS)]
    for thread in threads:
        thread.start()
    try:
        yield pages
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def readers_in_their_own_process(port: int, *, rate: int, seconds: float) -> list[float]:
    """So that the editors' client doesn't hold the readers' interpreter."""
    done = subprocess.run(
        [sys.executable, str(_HERE), "--part", "readers", "--port", str(port), "--rate", str(rate),
         "--seconds", str(seconds)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [float(each) for each in done.stdout.split()]


def measure(
    arrangement: str, folder: Path, port: int, *, rate: int, seconds: float
) -> dict[str, float]:
    """One round."""
    with running(arrangement, folder, port):
        quiet = sorted(readers_in_their_own_process(port, rate=rate, seconds=seconds))
        with editors_at_work(port) as pages:
            before, since = sum(pages), time.perf_counter()
            busy = sorted(readers_in_their_own_process(port, rate=rate, seconds=seconds))
            desk_rate = (sum(pages) - before) / (time.perf_counter() - since)
    return {
        "quiet p50": at(quiet, 0.5), "quiet p99": at(quiet, 0.99),
        "busy p50": at(busy, 0.5), "busy p99": at(busy, 0.99), "desk pages/s": desk_rate,
    }  # fmt: skip


def at(times: list[float], share: float) -> float:
    """A quantile of sorted times."""
    return times[min(len(times) - 1, int(len(times) * share))]


def make_newspaper(folder: Path) -> None:
    """A new newspaper with a database, and one pressed page of a story's size."""
    tajuk = [sys.executable, "-m", "tajuk.site.commands"]
    subprocess.run(
        [*tajuk, "new", str(folder), "--name", "Harian Ukur"], check=True, capture_output=True
    )
    subprocess.run([*tajuk, "manage", "--dir", str(folder), "migrate", "-v0"], check=True)
    subprocess.run(
        [*tajuk, "manage", "--dir", str(folder), "collectstatic", "-v0", "--noinput"], check=True
    )
    store = PageStore.open(folder / "var" / "store")
    words = [f"kata{number * 7919 % 10007}" for number in range(2500)]
    with store.batch(store.next_run()) as batch:
        batch.put_fragment("bench:head", " ".join(words[:500]).encode())
        batch.put_fragment("bench:body", " ".join(words[500:]).encode())
        plan = PagePlan(
            200,
            (("content-type", "text/html; charset=utf-8"),),
            (Fixed("bench:head"), Fixed("bench:body")),
        )
        batch.put_plan("/", plan)
    store.close()


def report(rounds: dict[str, list[dict[str, float]]]) -> None:
    """Medians, and first the ratios to `socket`."""
    medians = {
        name: {
            figure: statistics.median(each[figure] for each in measured) for figure in measured[0]
        }
        for name, measured in rounds.items()
    }
    console = Console(width=110)
    table = Table(
        "arrangement", *medians["socket"], title="Readers' wait in ms; ratio to socket in brackets"
    )
    for name, figures in medians.items():
        cells = [
            f"{value:.2f} ({value / medians['socket'][f]:.2f})" for f, value in figures.items()
        ]
        table.add_row(name, *cells)
    console.print(table)


def main() -> None:
    """Measures, or is one of the processes measured."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--rate", type=int, default=200)
    parser.add_argument("--part", help=argparse.SUPPRESS)
    parser.add_argument("--dir", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, default=18765)
    options = parser.parse_args()
    if options.part == "readers":
        times = asyncio.run(read_steadily(options.port, rate=options.rate, seconds=options.seconds))
        sys.stdout.write(" ".join(f"{each:.3f}" for each in times))
        return
    if options.part:
        serve_part(options.part, options.dir, options.port)
        return
    with tempfile.TemporaryDirectory(prefix="tajuk-bench-") as temporary:
        folder = Path(temporary) / "paper"
        make_newspaper(folder)
        rounds: dict[str, list[dict[str, float]]] = {name: [] for name in ARRANGEMENTS}
        for number in range(options.rounds):
            for name in ARRANGEMENTS:
                rounds[name].append(
                    measure(name, folder, options.port, rate=options.rate, seconds=options.seconds)
                )
            print(f"round {number + 1} of {options.rounds} done", file=sys.stderr)
        report(rounds)


if __name__ == "__main__":
    main()
