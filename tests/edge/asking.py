"""Asking the newsstand as a server would: ASGI scopes in, statuses, headers and bodies out."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from tajuk.edge.asgi import Event, Receive
from tajuk.edge.newsstand import Newsstand, Premises


@dataclass
class Said:
    """What was answered."""

    status: int
    headers: dict[str, str]
    body: bytes


def premises(folder: Path, **more: Any) -> Premises:
    """A newsstand's folders, whether they exist or not."""
    return Premises(
        name="Harian Uji",
        store=folder / "store",
        static=folder / "static",
        media=folder / "media",
        socket=folder / "desk.sock",
        keys=folder / "pass-keys.json",
        **more,
    )


async def ask(
    stand: Newsstand,
    target: str,
    *,
    method: str = "GET",
    headers: dict[str, str] | None = None,
    body: bytes = b"",
    client: str = "203.0.113.9",
    extensions: dict[str, Any] | None = None,
    receive: Receive | None = None,
) -> Said:
    """One request, its target as it would stand on the wire; `receive` if the body comes in its own way."""
    raw, _, query = target.partition("?")
    named = {"host": "uji.example", **(headers or {})}
    if body and "transfer-encoding" not in named:
        named.setdefault("content-length", str(len(body)))
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote(raw, errors="replace"),
        "raw_path": raw.encode(),
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in named.items()],
        "client": (client, 50000),
        "extensions": extensions or {},
    }
    events: list[Event] = []
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def at_once() -> Event:
        return waiting.pop() if waiting else {"type": "http.disconnect"}

    async def send(event: Event) -> None:
        events.append(event)

    await stand(scope, receive or at_once, send)
    return _said(events)


def _said(events: list[Event]) -> Said:
    start, *rest = events
    assert start["type"] == "http.response.start"
    body = b""
    for event in rest:
        if event["type"] == "http.response.pathsend":
            body += Path(event["path"]).read_bytes()
        else:
            body += event["body"]
    assert not rest[-1].get("more_body")
    names = [name for name, _ in start["headers"]]
    assert all(name == name.lower() for name in names)
    headers = {name.decode(): value.decode() for name, value in start["headers"]}
    if "content-length" in headers and rest[-1].get("body"):
        assert int(headers["content-length"]) == len(body)
    return Said(start["status"], headers, body)


def at(folder: Path, work: Callable[[Newsstand], Coroutine[Any, Any, None]], **more: Any) -> None:
    """Does the work at a newsstand that is opened for it and closed after."""

    async def whole() -> None:
        stand = Newsstand(premises(folder, **more))
        events = [{"type": "lifespan.shutdown"}, {"type": "lifespan.startup"}]
        try:
            await work(stand)
        finally:

            async def receive() -> Event:
                return events.pop()

            async def send(event: Event) -> None:
                assert event["type"].endswith(".complete")

            await stand({"type": "lifespan"}, receive, send)

    asyncio.run(whole())
