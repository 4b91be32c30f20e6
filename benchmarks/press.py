"""The press on 2,000 real stories and on the sample: everything anew, one publication, a burst of two hundred.

    python -m benchmarks press [--rounds 5] [--publications 60]

Processor time of the one process that presses, medians of the rounds: it says what one core can do whatever else the
machine does meanwhile; the wall's time stands beside it. A publication is what the worker does with one message: until
readers have it (its page and all it is on, in one batch), until feeds and sitemaps have it too, and with the search index. The stories are
the newest fifty and ten chosen evenly from the rest, and each is pressed as if it were just published.

What the worker does for a story, without the processes around it; from the editor's call to the reader's page under
load is measured by `newsstand --only publish`.
"""

import argparse
import json
import statistics
import sys
import time
from argparse import Namespace
from collections.abc import Iterator
from typing import Any

from benchmarks.figures import Figure
from benchmarks.papers import copy_of, real_paper, run, sample_paper
from tajuk.site.commands.newspaper import paper_of, wake_django
from tajuk.terms.paper import Paper

BURST = 200
_NEWEST_OF_SIX = 5
"""So many of six publications are of the newest stories."""


def figures(arguments: list[str]) -> Iterator[Figure]:
    """Everything, then one by one, then two hundred at once; on copies."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks press")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--publications", type=int, default=60)
    asked = parser.parse_args(arguments)
    with copy_of(real_paper()) as paper:
        rounds = [_measured(paper, "everything") for _ in range(asked.rounds)]
        rate = statistics.median(each["stories"] / each["cpu"] for each in rounds)
        by_wall = statistics.median(each["stories"] / each["wall"] for each in rounds)
        yield Figure("re-press, one core", rate, "stories/s", 300, higher_is_better=True)
        yield Figure("re-press, by the wall", by_wall, "stories/s")
        yield from _publications("2,000 real stories", paper, asked.publications)
        yield from _burst(_measured(paper, "burst", str(BURST)))
    with copy_of(sample_paper()) as paper:
        yield from _publications("the sample", paper, asked.publications)


def _publications(name: str, paper: Paper, count: int) -> Iterator[Figure]:
    told = _measured(paper, "publications", str(count))
    for part in ("pages", "documents", "whole"):
        for clock in ("cpu", "wall"):
            times = sorted(each[part][clock] * 1000 for each in told["each"])
            goal = 250 if (part, clock) == ("pages", "cpu") else None
            label = f"one publication, {name}: {part}, {clock}"
            yield Figure(f"{label}, p50", statistics.median(times), "ms")
            yield Figure(f"{label}, p99", times[int(0.99 * (len(times) - 1))], "ms", goal)


def _burst(told: dict[str, Any]) -> Iterator[Figure]:
    yield Figure(f"burst of {BURST}: every own page, cpu", told["own"]["cpu"] * 1000, "ms")
    yield Figure(f"burst of {BURST}: fronts and lists too, cpu", told["pages"]["cpu"] * 1000, "ms")


def _measured(paper: Paper, *what: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(
        run([sys.executable, "-m", "benchmarks.press", *what], paper.folder)
    )
    return told


# ---- in the process that presses ----------------------------------------------------------------------------------


class _Clock:
    """Seconds since it was made, of this process's processor time and of the wall."""

    def __init__(self) -> None:
        self._cpu, self._wall = time.process_time(), time.perf_counter()

    def seconds(self) -> dict[str, float]:
        return {
            "cpu": time.process_time() - self._cpu, "wall": time.perf_counter() - self._wall,
        }  # fmt: skip


def _everything() -> dict[str, Any]:
    from tajuk.newsroom.queries import how_many
    from tajuk.press.whole import press_all
    from tajuk.site.press_room import store
    from tajuk.terms.clock import now

    clock = _Clock()
    press_all(store(), now=now(), made_from="a measure")
    return clock.seconds() | {"stories": how_many()}


def _chosen(count: int) -> list[int]:
    from tajuk.newsroom.models import Story

    ids = list(
        Story.objects.filter(live=True).order_by("-published_at").values_list("pk", flat=True)
    )
    newest = count * _NEWEST_OF_SIX // 6
    rest = ids[newest:]
    return [*ids[:newest], *rest[:: max(1, len(rest) // max(1, count - newest))]][:count]


def _pressing(story_ids: list[int]) -> dict[str, Any]:
    """What the worker does with these messages, and when each batch was in the store."""
    from tajuk.contracts.messages import StoryPublished
    from tajuk.press.run import Run
    from tajuk.site.flow import FLOW
    from tajuk.terms.ids import StoryId

    clock, marks = _Clock(), list[dict[str, float]]()

    class Watched(Run):
        """A run that notes when it is committed."""

        def commit(self) -> int:
            pressed = super().commit()
            marks.append(clock.seconds())
            return pressed

    from tajuk.press import runs

    runs.Run = Watched  # type: ignore[misc]
    try:
        for step in FLOW[StoryPublished]:
            for _ in step([StoryPublished(StoryId(each)) for each in story_ids]) or ():
                break  # the rest may wait, and does
    finally:
        runs.Run = Run  # type: ignore[misc]
    own, *pages = marks
    return {"own": own, "pages": own if len(story_ids) == 1 else pages[0],
            "documents": marks[-1], "whole": clock.seconds()}  # fmt: skip


def main(what: str, *arguments: str) -> None:
    """One measure, as a line of JSON."""
    wake_django(paper_of(Namespace(dir=None)))
    if what == "everything":
        told = _everything()
    elif what == "burst":
        _pressing(_chosen(3))
        told = _pressing(_chosen(int(arguments[0])))
    else:
        wanted = _chosen(int(arguments[0]))
        for each in wanted[:3]:
            _pressing([each])
        told = {"each": [_pressing([each]) for each in wanted]}
    print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
