"""From a thousand stories to a hundred thousand (and a million): what a page costs, what the store weighs, how fast it is pressed.

    python -m benchmarks curve [--million] [--stories 100000] [--seconds 2] [--rounds 7]

The archive is synthetic (`benchmarks/desk_archive.py`, SQLite): one edited story, copied by the database. The lists and
fronts are pressed in the ordinary way; the story pages are the first one's, copied into the store under each story's
own path with its fragments as they are, because pressing a hundred thousand would take minutes and answering doesn't
ask how a page came there. The rate of pressing is taken from stories by chance, rendered, compressed and committed by
`press.run` in one process, in seconds of its CPU. *Kept*: the same 500 stories by chance again and again, as readers mostly do; *first met*: pages that this process
has never answered.
"""

import argparse
import contextlib
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks import freshness
from benchmarks.figures import Figure, Note
from benchmarks.loads import Asking, demand, wrk
from benchmarks.papers import BUILD, run, tajuk
from benchmarks.readers import admit, story_paths
from benchmarks.stand import CONNECTIONS, Stand, newsstand_of
from tajuk.edge.assembly import Rack
from tajuk.edge.house_headers import house_headers
from tajuk.store import PageStore
from tajuk.terms import clock
from tajuk.terms.paper import read_paper

SMALL, LARGE, MILLION = 1_000, 100_000, 1_000_000
WITHIN = 1.10
PRESSED_A_SECOND = 300
_FIRST_MET = 400


@dataclass(frozen=True, slots=True)
class Archive:
    """A newspaper of so many stories, with its newsstand open."""

    size: int
    stand: Stand
    pressed_a_second: float


def figures(arguments: list[str]) -> Iterator[Figure | Note]:
    """Each size, and the larger beside the small one, in turn within every round."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks curve")
    parser.add_argument("--million", action="store_true", help="1 million stories as well (20 GB)")
    parser.add_argument("--stories", type=int, default=LARGE, help="the larger size")
    parser.add_argument("--rounds", type=int, default=int(os.environ.get("ROUNDS", "7")))
    parser.add_argument("--seconds", type=float, default=float(os.environ.get("SECONDS", "1")))
    asked = parser.parse_args(arguments)
    demand("wrk", "gcc")
    sizes = [SMALL, asked.stories, *([MILLION] if asked.million else [])]
    with contextlib.ExitStack() as opened:
        archives = [
            opened.enter_context(_archive(size, asked.rounds, asked.seconds)) for size in sizes
        ]
        yield from _page_cost(archives)
        for archive in archives:
            named = f"{archive.size:,} stories"
            data = archive.stand.paper.store_path / "data.mdb"
            size = data.stat().st_blocks * 512
            yield Figure(f"{named}: store", size / 1e6, "MB")
            yield Figure(f"{named}: store, for a story", size / archive.size / 1000, "kB")
            yield Figure(
                f"{named}: pressed again", archive.pressed_a_second, "stories/s of CPU", PRESSED_A_SECOND,
                higher_is_better=True,
            )  # fmt: skip
            subscribers = archive.stand.asking("subscriber")
            peak = wrk(
                archive.stand.place.port, subscribers, connections=CONNECTIONS, seconds=3
            ).rate
            yield from freshness.figures(
                archive.stand, peak, called=f"publish among {archive.size:,}"
            )


def _page_cost(archives: list[Archive]) -> Iterator[Figure]:
    kept: dict[int, list[float]] = {each.size: [] for each in archives}
    met: dict[int, list[float]] = {each.size: [] for each in archives}
    rates: dict[int, list[float]] = {each.size: [] for each in archives}
    for number in range(archives[0].stand.rounds + 1):
        for each in archives:
            stand = each.stand
            rate = wrk(
                stand.place.port,
                Asking.of(stand.paths),
                connections=CONNECTIONS,
                seconds=stand.seconds,
            ).rate
            first, again = _microseconds(stand, number)
            if number:  # the first one warms up
                rates[each.size].append(rate)
                met[each.size].append(first)
                kept[each.size].append(again)
    for name, took in (("kept", kept), ("first met", met)):
        for size, values in took.items():
            yield Figure(f"{size:,} stories: a page, {name}", statistics.median(values), "µs")
            if size != SMALL:
                pairs = zip(values, took[SMALL], strict=True)
                beside = statistics.median(large / small for large, small in pairs)
                yield Figure(f"{size:,} beside {SMALL:,}: a page, {name}", beside, "×", WITHIN)
    for size, values in rates.items():
        yield Figure(
            f"{size:,} stories: requests", statistics.median(values), "/s", higher_is_better=True
        )


def _microseconds(stand: Stand, number: int) -> tuple[float, float]:
    """Of a page that a new rack first meets, and of one it has kept."""
    now = clock.now()
    paths = list(stand.paths)
    random.Random(number).shuffle(paths)
    paths = paths[:_FIRST_MET]
    store = PageStore.open(stand.paper.store_path, readonly=True)
    rack = Rack(store, house_headers(secure=True))

    def all_of_them() -> float:
        begun = time.perf_counter()
        for path in paths:
            assert rack.answer(path, now=now, accept_encoding=b"gzip") is not None
        return (time.perf_counter() - begun) / len(paths) * 1e6

    first = all_of_them()
    again = min(all_of_them() for _ in range(5))
    store.close()
    return first, again


@contextlib.contextmanager
def _archive(size: int, rounds: int, seconds: float) -> Iterator[Archive]:
    BUILD.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f"curve-{size}-", dir=BUILD) as folder:
        there = Path(folder) / "paper"
        print(f"Making an archive of {size:,} stories …", file=sys.stderr)
        tajuk(there, "new", str(there), "--name", "Harian Ukur", "--languages", "id")
        said = run([sys.executable, "-m", "benchmarks.curve_desk", str(size)], there)
        paper = read_paper(there)
        admit(paper)
        with newsstand_of(paper) as place:
            stand = Stand(paper, place, story_paths(paper), rounds, seconds)
            yield Archive(size, stand, json.loads(said.splitlines()[-1])["a second"])
