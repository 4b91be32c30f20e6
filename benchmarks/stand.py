"""The newsstand that is measured, started with one worker, and what is asked of it."""

import contextlib
import sys
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.loads import Asking
from benchmarks.papers import BUILD, environment
from benchmarks.processes import Place, free_port, started
from benchmarks.readers import KINDS, Kind, cookies_of
from tajuk.terms.clock import now
from tajuk.terms.paper import Paper

CONNECTIONS = 64


@dataclass(frozen=True, slots=True)
class Stand:
    """The newspaper, the newsstand before it, the paths that are asked for, and for how long."""

    paper: Paper
    place: Place
    paths: Sequence[str]
    rounds: int
    seconds: float

    def asking(self, kind: Kind) -> Asking:
        """Of readers of this kind, with passes that are fresh now."""
        return Asking.of(self.paths, cookies_of(kind, self.paper, now=now()))


@contextlib.contextmanager
def newsstand_of(paper: Paper) -> Iterator[Place]:
    """The newsstand with one worker."""
    port = free_port()
    command = [
        sys.executable, "-m", "tajuk.site.servers", "newsstand", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "1",
    ]  # fmt: skip
    log = BUILD / "log" / "newsstand.log"
    with started(command, log=log, port=port, environment=environment(paper.folder)) as place:
        yield place


def check(stand: Stand) -> None:
    """That each kind of reader is met as what they are; else something else would be measured."""
    seen: dict[str, set[str]] = {kind: set() for kind in KINDS}
    counted = 0
    for kind in KINDS:
        for path in stand.paths[:40]:
            cookies = cookies_of(kind, stand.paper, now=now())
            request = urllib.request.Request(
                stand.place.url + path, headers={"Cookie": cookies[0]} if cookies else {}
            )
            with urllib.request.urlopen(request) as response:
                seen[kind].add(response.headers["etag"])
                counted += "tajuk_meter" in (response.headers["set-cookie"] or "")
    known = seen["subscriber"] | seen["signed-in"]
    if known & seen["anonymous"] or not counted:
        raise SystemExit(
            "The newsstand takes readers for others: passes or meter cards are not believed."
        )
