"""How long readers wait under an open-loop load at 70 % of the peak, beside a constant from the same server."""

import contextlib
import json
import signal
import statistics
import subprocess
import sys
import urllib.request
from collections.abc import Iterator

from benchmarks.figures import Figure, Note
from benchmarks.loads import Opened, open_loop, wrk
from benchmarks.papers import BUILD, ROOT, environment
from benchmarks.processes import Place, free_port, started
from benchmarks.publishing import READY
from benchmarks.readers import cookies_of
from benchmarks.stand import CONNECTIONS, Stand
from tajuk.terms.clock import now
from tajuk.terms.paper import Paper

SHARE = 0.7
BEYOND_FLOOR = 1.0
"""Milliseconds that a page may take longer than a constant of its size, at the 99th percentile."""
_SERVERS_OWN = frozenset({"connection", "date"})


def figures(stand: Stand, peak: float) -> Iterator[Figure | Note]:
    """In quiet, and while editors save and publish; the floor in turn with the page in every round."""
    rate = SHARE * peak
    with _floor(stand) as floor:
        most = wrk(
            floor.port, stand.asking("subscriber"), connections=CONNECTIONS, seconds=stand.seconds
        )
        yield Figure("floor: requests", most.rate, "/s", higher_is_better=True)
        yield Figure("open loop: rate", rate, "/s", higher_is_better=True)
        quiet = _rounds(stand, floor, rate)
        yield from _told("in quiet", quiet)
        with worker_of(stand.paper), _editors(stand.paper) as editors:
            busy = _rounds(stand, floor, rate)
        yield from _told("while editors work", busy)
        beside = statistics.median(page.p99 for _, page in busy) - statistics.median(
            each.p99 for each, _ in quiet
        )
        yield Figure("p99 beyond the floor in quiet, while editors work", beside, "ms")
        yield Note(f"Editors meanwhile, through the desk's screens: {editors}")


def _rounds(stand: Stand, floor: Place, rate: float) -> list[tuple[Opened, Opened]]:
    seen = []
    for _ in range(stand.rounds):
        asking = stand.asking("subscriber")
        seen.append(
            (
                open_loop(floor.port, asking, rate=rate, seconds=stand.seconds),
                open_loop(stand.place.port, asking, rate=rate, seconds=stand.seconds),
            )
        )
    return seen


def _told(when: str, seen: list[tuple[Opened, Opened]]) -> Iterator[Figure]:
    beyond = statistics.median(page.p99 - floor.p99 for floor, page in seen)
    yield Figure(f"p99 beyond the floor, {when}", beyond, "ms", BEYOND_FLOOR)
    for who, rounds in (
        ("floor", [floor for floor, _ in seen]),
        ("subscriber", [page for _, page in seen]),
    ):
        for name in ("p50", "p99", "p999"):
            value = statistics.median(getattr(each, name) for each in rounds)
            yield Figure(f"{who}, open loop {when}: {name}", value, "ms")
    every = [each for pair in seen for each in pair]
    yield Figure(f"open loop {when}: errors", sum(each.errors for each in every), "", 0)
    lag = statistics.median(each.lag for each in every)
    yield Figure(f"open loop {when}: the generator itself was late, p99", lag, "ms")


@contextlib.contextmanager
def _floor(stand: Stand) -> Iterator[Place]:
    """The same server with a constant: the subscriber's page of middling size, with its head."""
    kept = BUILD / "load" / "constant"
    cookie = cookies_of("subscriber", stand.paper, now=now())[0]
    kept.parent.mkdir(parents=True, exist_ok=True)
    answers = sorted((_whole(stand.place.url + path, cookie) for path in stand.paths), key=len)
    kept.write_bytes(answers[len(answers) // 2])
    port = free_port()
    command = [sys.executable, "-m", "benchmarks.floor", str(port), str(kept)]
    with started(command, log=BUILD / "log" / "floor.log", port=port) as place:
        yield place


def _whole(url: str, cookie: str) -> bytes:
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip", "Cookie": cookie})
    with urllib.request.urlopen(request) as response:
        lines = [
            f"{name.lower()}: {value}\r\n"
            for name, value in response.headers.items()
            if name.lower() not in _SERVERS_OWN
        ]
        head = "".join(["HTTP/1.1 200 OK\r\n", *lines, "\r\n"])
        return head.encode("latin-1") + bytes(response.read())


@contextlib.contextmanager
def worker_of(paper: Paper) -> Iterator[Place]:
    """The newspaper's worker, on whatever core is free."""
    command = [sys.executable, "-m", "tajuk.site.commands", "worker", "--dir", str(paper.folder)]
    log = BUILD / "log" / "worker.log"
    with started(command, log=log, core=None, environment=environment(paper.folder)) as place:
        yield place


@contextlib.contextmanager
def _editors(paper: Paper) -> "Iterator[_Said]":
    """Editors at their steady work from the moment they are ready until the block ends."""
    said = _Said()
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.publishing", "edit"],
        cwd=ROOT, env=environment(paper.folder), stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        if process.stdout.readline().strip() != READY:
            raise SystemExit("The editors did not begin; see above.")
        try:
            yield said
        finally:
            process.send_signal(signal.SIGTERM)
            said.text = process.stdout.read().strip()
    if not json.loads(said.text).get("published"):
        raise SystemExit("The editors published nothing: something else was measured.")


class _Said:
    """What the editors did, once they have ended."""

    text = ""

    def __str__(self) -> str:
        return self.text
