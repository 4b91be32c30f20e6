"""How soon a published story is everywhere, while readers ask at 70 % of the peak."""

import contextlib
import json
import subprocess
import sys
from collections.abc import Iterator

from benchmarks.figures import Figure
from benchmarks.loads import Opened, open_loop_command, opened_of
from benchmarks.papers import BUILD, ROOT, environment
from benchmarks.processes import LOADS_CORE, Place, started, undisturbed
from benchmarks.publishing import READY
from benchmarks.stand import Stand
from benchmarks.waits import SHARE, worker_of
from tajuk.terms.paper import Paper

STORIES = 40
GOAL = 250.0
PLACES = ("page", "front", "section", "latest", "topic")
_LONGEST = 120.0


def figures(stand: Stand, peak: float, *, called: str = "publish") -> Iterator[Figure]:
    """From the call of the action to each page that shows the story, as a reader sees it through the newsstand."""
    with worker_of(stand.paper), _desk(stand.paper), reading(stand, SHARE * peak) as readers:
        seen = published(stand)
    everywhere = sorted(max(each[place] for place in PLACES) for each in seen)
    yield Figure(f"{called}: visible everywhere, p99", _at(everywhere, 0.99), "ms", GOAL)
    yield Figure(f"{called}: visible everywhere, p50", _at(everywhere, 0.5), "ms")
    since = sorted(max(each[place] for place in PLACES) - each["committed"] for each in seen)
    yield Figure(
        f"{called}: visible everywhere, from the end of the action, p99", _at(since, 0.99), "ms"
    )
    for place in ("committed", *PLACES):
        yield Figure(
            f"{called}: {place}, p50", _at(sorted(each[place] for each in seen), 0.5), "ms"
        )
    (load,) = readers
    yield Figure(f"{called}: errors of the readers meanwhile", load.errors, "", 0)
    yield Figure(f"{called}: readers' p99 meanwhile", load.p99, "ms")


def published(stand: Stand) -> list[dict[str, float]]:
    """Publishes the stories; for each the milliseconds to its commit and to each place."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.publishing", "publish", stand.place.url, str(STORIES)],
        cwd=ROOT, env=environment(stand.paper.folder), capture_output=True, text=True, check=False,
    )  # fmt: skip
    lines = done.stdout.splitlines()
    if done.returncode or lines[:1] != [READY]:
        raise SystemExit(f"Publishing failed:\n{done.stdout[-500:]}{done.stderr[-3000:]}")
    return [json.loads(line) for line in lines[1:]]


@contextlib.contextmanager
def reading(stand: Stand, rate: float) -> Iterator[list[Opened]]:
    """Subscribers who ask at this rate until the block ends; what they met is in the list then."""
    command = open_loop_command(
        stand.place.port, stand.asking("subscriber"), rate=rate, seconds=_LONGEST
    )
    told: list[Opened] = []
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: undisturbed(LOADS_CORE),  # noqa: PLW1509  no threads here
    ) as process:
        try:
            yield told
        finally:
            process.terminate()
            said, _ = process.communicate()
    told.append(opened_of(json.loads(said)))


@contextlib.contextmanager
def _desk(paper: Paper) -> Iterator[Place]:
    """The desk, which presses a page that is asked for before the worker has."""
    command = [sys.executable, "-m", "tajuk.site.servers", "desk"]
    log = BUILD / "log" / "desk.log"
    with started(command, log=log, core=None, environment=environment(paper.folder)) as place:
        yield place


def _at(values: list[float], share: float) -> float:
    return values[min(len(values) - 1, int(len(values) * share))]
