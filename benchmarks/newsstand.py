"""The newsstand on 2,000 real stories: beside nginx, beside its own floor, under many connections, while editors work.

    python -m benchmarks newsstand [--rounds 7] [--seconds 2] [--only speed,wait,publish,weight,parts]

One worker each. Every round asks each server in turn (wrk, one thread, 64 connections) for 500 stories by chance; medians
of the rounds, and of the ratios within them. nginx has the same pages as ready-compressed files, with the same
headers. *metered*: each with a meter card that has two other stories, so every metered page is counted and sets a cookie; *signed-in*: a
thousand readers with a pass; *subscriber*: a thousand, premium and without advertisements (*ad-free*: the same without topics), each following four topics of
their own choice, so that hardly any page was ever joined before for the one who asks. *Django*: the same page made for
every request (`benchmarks/uncached.py`).

Waiting times are measured under an open-loop load (`benchmarks/openloop.c`): requests come at random moments, whether answers do or not, and count from
when they were due. Three generators were tried: h2load paces each connection and measures from when it sent, so a
stall hides itself; one in Python on uvloop costs several times as much for a request as the server that is measured;
this one costs as much as wrk does. Servers are kept on one core, generators on another.
"""

import argparse
import contextlib
import os
import statistics
import sys
from collections.abc import Generator, Iterator

from benchmarks import freshness, parts, waits, weights
from benchmarks.figures import Figure, Note
from benchmarks.loads import Asking, Closed, demand, wrk
from benchmarks.nginx import nginx
from benchmarks.papers import BUILD, copy_of, environment, real_paper
from benchmarks.processes import Place, free_port, memory_of, started
from benchmarks.readers import KINDS, admit, cookies_of, story_paths
from benchmarks.stand import CONNECTIONS, Stand, check, newsstand_of
from tajuk.terms.clock import now
from tajuk.terms.paper import Paper

PARTS = ("speed", "wait", "publish", "weight", "parts")
MANY, FEW = 512, 8
_GOALS: dict[str, float | None] = {"anonymous": 0.5, "subscriber": 0.5}


def figures(arguments: list[str]) -> Iterator[Figure | Note]:
    """All of it, or the parts that are named."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks newsstand")
    parser.add_argument("--rounds", type=int, default=int(os.environ.get("ROUNDS", "7")))
    parser.add_argument("--seconds", type=float, default=float(os.environ.get("SECONDS", "2")))
    parser.add_argument("--only", default=",".join(PARTS), help=f"of: {', '.join(PARTS)}")
    asked = parser.parse_args(arguments)
    only = set(asked.only.split(","))
    demand("nginx", "wrk", "gcc")
    with copy_of(real_paper()) as paper:
        admit(paper)
        paths = story_paths(paper)
        with newsstand_of(paper) as place:
            stand = Stand(paper, place, paths, asked.rounds, asked.seconds)
            check(stand)
            peak = 0.0
            if "speed" in only:
                peak = yield from _speed(stand)
            if "weight" in only:
                yield from weights.figures(
                    place.url, paths, {kind: cookies_of(kind, paper, now=now()) for kind in KINDS}
                )
            if {"wait", "publish"} & only:
                subscribers = stand.asking("subscriber")
                peak = peak or wrk(place.port, subscribers, connections=CONNECTIONS, seconds=3).rate
                if "wait" in only:
                    yield from waits.figures(stand, peak)
                if "publish" in only:
                    yield from freshness.figures(stand, peak)
        if "parts" in only:
            yield from parts.figures(paper, paths)


@contextlib.contextmanager
def _uncached(paper: Paper) -> Iterator[Place]:
    port = free_port()
    command = [sys.executable, "-m", "benchmarks.uncached", str(port)]
    log = BUILD / "log" / "uncached.log"
    with started(command, log=log, port=port, environment=environment(paper.folder)) as place:
        yield place


def _speed(stand: Stand) -> Generator[Figure | Note, None, float]:
    """Requests a second, waits, sizes, memory; returns the subscriber's peak through `yield from`."""
    with nginx(stand.place.url, stand.paths) as files, _uncached(stand.paper) as django:
        seen: dict[str, list[Closed]] = {"nginx": [], **{kind: [] for kind in KINDS}, "Django": []}
        plain = Asking.of(stand.paths)
        askings = {kind: stand.asking(kind) for kind in KINDS}
        for number in range(stand.rounds + 1):
            seconds = stand.seconds if number else 1
            once: dict[str, Closed] = {
                "nginx": wrk(files.port, plain, connections=CONNECTIONS, seconds=seconds),
                **{
                    kind: wrk(stand.place.port, asking, connections=CONNECTIONS, seconds=seconds)
                    for kind, asking in askings.items()
                },
                "Django": wrk(django.port, plain, connections=FEW, seconds=seconds),
            }
            if number:  # the first one warms up
                for who, each in once.items():
                    seen[who].append(each)
        yield from _ratios(seen)
        for who, rounds in seen.items():
            yield Figure(
                f"{who}: requests",
                statistics.median(each.rate for each in rounds),
                "/s",
                higher_is_better=True,
            )
            yield Figure(f"{who}: p50", statistics.median(each.p50 for each in rounds), "ms")
            yield Figure(f"{who}: p99", statistics.median(each.p99 for each in rounds), "ms")
            yield Figure(f"{who}: an answer with its head", rounds[0].size, "bytes")
        errors = sum(each.errors for rounds in seen.values() for each in rounds)
        yield Figure("errors at 64 connections, all together", errors, "", 0)
        for who, place in (("nginx", files), ("newsstand", stand.place), ("Django", django)):
            memory = memory_of(place.pid)
            yield Figure(f"{who}: memory of its own", memory.own, "MiB")
            yield Figure(f"{who}: memory with pages of files", memory.resident, "MiB")
    for kind in KINDS:
        many = wrk(stand.place.port, askings[kind], connections=MANY, seconds=stand.seconds)
        yield Figure(f"{kind}: errors at {MANY} connections", many.errors, "", 0)
        yield Figure(
            f"{kind}: requests at {MANY} connections", many.rate, "/s", higher_is_better=True
        )
    return statistics.median(each.rate for each in seen["subscriber"])


def _ratios(seen: dict[str, list[Closed]]) -> Iterator[Figure]:
    for who, rounds in seen.items():
        if who != "nginx":
            ratio = statistics.median(
                each.rate / beside.rate for each, beside in zip(rounds, seen["nginx"], strict=True)
            )
            yield Figure(f"{who} beside nginx", ratio, "×", _GOALS.get(who), higher_is_better=True)
