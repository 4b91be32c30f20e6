"""A desk of the plainest kind for tests: WSGI behind a Unix socket, in a process of its own.

Run as `python -m tests.edge.desk SOCKET FOLDER`. It answers `/slow/…` by pressing the page into the store of
FOLDER, slowly, and counts how often; `/echo` with what reached it; `/broken/…` in ways a desk shouldn't.
"""

import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from granian.constants import Interfaces
from granian.server import Server

from tajuk.contracts.pages import Fixed, PagePlan
from tajuk.store import PageStore

Start = Callable[[str, list[tuple[str, str]]], object]
HTML = (("content-type", "text/html; charset=utf-8"),)


class PlainDesk:
    """The application."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._store = PageStore.open(folder / "store")

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if path.startswith("/slow/"):
            return self._press(path, start)
        if path == "/account/echo":
            return self._echo(environ, start)
        if path == "/desk/large":
            start("200 OK", [("Content-Type", "text/plain"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"),
                             ("Connection", "x-secret"), ("X-Secret", "hop")])  # fmt: skip
            return self._large()
        if path == "/desk/own":
            start(
                "200 OK",
                [("Content-Security-Policy", "default-src 'self'"), ("X-Tajuk-Pressed", "1")],
            )
            return [b"own"]
        if path == "/desk/crash":
            raise RuntimeError(path)
        start("404 Not Found", [("Content-Type", "text/html")])
        self._note("missing")
        return [b"no such page"]

    def _press(self, path: str, start: Start) -> Iterable[bytes]:
        self._note("pressed")
        run = self._store.next_run()
        time.sleep(0.3)
        with self._store.batch(run) as batch:
            batch.put_fragment(path, b"<h1>Pressed</h1>")
            batch.put_plan(path, PagePlan(200, HTML, (Fixed(path),)))
        start("200 OK", [("X-Tajuk-Pressed", "1"), ("Content-Type", "text/html")])
        return [b"from the desk itself"]

    def _echo(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        body = environ["wsgi.input"].read()
        told = {key: value for key, value in environ.items() if isinstance(value, str)}
        start("200 OK", [("Content-Type", "application/json")])
        return [json.dumps({"environ": told, "length": len(body), "sum": sum(body)}).encode()]

    def _large(self) -> Iterator[bytes]:
        for _ in range(300):
            yield b"x" * 10_000

    def _note(self, what: str) -> None:
        with (self._folder / f"{what}.log").open("a") as log:
            log.write("1\n")


def main() -> None:
    """Serves until killed."""
    socket_path, folder = map(Path, sys.argv[1:])
    Server(
        "desk", uds=socket_path, interface=Interfaces.WSGI, blocking_threads=4, log_enabled=False
    ).serve(target_loader=lambda: PlainDesk(folder), wrap_loader=False)


if __name__ == "__main__":
    main()
