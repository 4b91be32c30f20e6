"""Any target and any headers, by both of the newsstand's ways: a valid answer, and nothing in it that isn't the asker's."""

import asyncio
from pathlib import Path
from typing import Any

from tajuk.contracts.pages import WHOLE
from tajuk.edge.newsstand import Newsstand
from tajuk.edge.server import Limits
from tajuk.edge.server.faults import FaultError
from tajuk.edge.server.request import Request, examine, scope_of
from tajuk.paywall.passes import PASS_COOKIE
from tajuk.paywall.policy import WallPolicy
from tajuk.store import PageStore
from tests.edge.asking import premises
from tests.fuzz.pages import Said, assert_theirs, from_the_wire, said, text_of
from tests.fuzz.surface import (
    FOREIGN,
    METER,
    PASSES,
    POLICY,
    STORIES,
    Surface,
    press,
    standing_still,
    write_keys,
)

_STATUSES = {200, 301, 304, 308, 400, 404, 405, 413, 414, 503}
"""503: asked of the desk, which is not there."""
_UNSENDABLE = bytes([*range(9), *range(10, 32), 127])
"""The parser lets none of these through."""
_LIMITS = Limits()


class Asked(Surface):
    """The first line is method and target, each further one a header."""

    def __init__(self, folder: Path) -> None:
        self._store = PageStore.open(folder / "store")
        press(self._store)
        with self._store.batch(self._store.next_run()) as batch:
            batch.put_mark(WHOLE, b"dress")
        (folder / "static").mkdir()
        (folder / "static/a.css").write_bytes(b"body{}")
        (folder / "secret.txt").write_bytes(b"a secret of the house")
        write_keys(folder)
        self._loop = asyncio.new_event_loop()
        self._stand = Newsstand(premises(folder, wall=WallPolicy(POLICY)), now=standing_still)

    def __call__(self, data: bytes) -> None:
        request = _request(data)
        if request is None:
            return
        cookies = b"; ".join(value for name, value in request.headers if name == b"cookie")
        at_once = None
        if request.may_be_at_once:
            found = self._stand.at_once(request.method, request.target, request.headers, b"\r\n")
            if found is not None:
                at_once = from_the_wire(found)
                self._look_at(at_once, cookies, request)
        try:
            scope = scope_of(request, client=("203.0.113.9", 50000), server=("127.0.0.1", 80))
        except FaultError:
            assert at_once is None
            return
        by_asgi = self._loop.run_until_complete(self._ask(scope))
        self._look_at(by_asgi, cookies, request)
        assert at_once is None or at_once == by_asgi

    async def _ask(self, scope: dict[str, Any]) -> Said:
        events: list[Any] = []
        waiting = [{"type": "http.request", "body": b"", "more_body": False}]

        async def receive() -> Any:
            return waiting.pop() if waiting else {"type": "http.disconnect"}

        async def send(event: Any) -> None:
            events.append(event)

        await self._stand(scope, receive, send)
        start, *rest = events
        body = b"".join(
            Path(event["path"]).read_bytes() if "path" in event else event["body"] for event in rest
        )
        return said(start["status"], start["headers"], body)

    def _look_at(self, answer: Said, cookies: bytes, request: Request) -> None:
        assert answer.status in _STATUSES, answer
        text = text_of(answer, is_head=request.is_head)
        assert b"a secret of the house" not in text
        assert_theirs(text, cookies)
        if answer.cookies:
            assert answer.headers[b"cache-control"] == b"private, no-cache"
        if answer.status == 304:
            asked = b",".join(value for name, value in request.headers if name == b"if-none-match")
            assert answer.headers[b"etag"] in asked or b"*" in asked

    def close(self) -> None:
        async def receive() -> Any:
            return {"type": "lifespan.shutdown"}

        async def send(event: Any) -> None:
            assert event["type"] == "lifespan.shutdown.complete"

        self._loop.run_until_complete(self._stand({"type": "lifespan"}, receive, send))
        self._loop.close()
        self._store.close()

    @staticmethod
    def seeds() -> list[bytes]:
        name = PASS_COOKIE.encode()
        cookies = [b"cookie: " + name + b"=" + each for each in (*PASSES, *FOREIGN, METER)]
        paths = [path.encode() for _, path in STORIES.values()]
        pages = [
            b"\n".join([b"GET " + path, b"accept-encoding: gzip", cookie])
            for path in paths
            for cookie in (b"a: b", *cookies)
        ]
        gzip = b"\naccept-encoding: gzip"
        return [
            *pages, b"HEAD " + paths[0] + gzip, b"GET " + paths[2] + gzip + b"\ncookie: tajuk_meter=" + METER,
            b"GET " + paths[2] + b"\npurpose: prefetch", b"GET " + paths[1] + b"\naccept-encoding: gzip;q=0, *;q=0.5",
            b"GET " + paths[1] + b"?utm_source=x" + gzip + b'\nif-none-match: W/"a", *', b"POST " + paths[1],
            b"GET " + paths[1] + b"/" + gzip, b"GET /old" + gzip, b"GET /feed.xml" + gzip + b"\nrange: bytes=0-5",
            b"GET /static/a.css", b"GET /static/%2e%2e/secret.txt", b"GET /static/..%2fsecret.txt", b"GET /media/x",
            b"GET /static/%252e%252e/secret.txt", b"GET /%c0%af", b"GET //evil.example/%2f..", b"GET /maritim/%00",
            b"GET http://evil.example/feed.xml", b"GET /latest/before/999999999999999999", b"GET /desk/", b"GET /en",
            b"GET /maritim/2026/11/23/23/lain", b"GET /sitemap-2019-99.xml", b"GET /epaper/2026-02-30", b"GET *",
        ]  # fmt: skip


def _request(data: bytes) -> Request | None:
    """What the server would have made of it; None for what it refuses, which is another surface's matter."""
    first, *lines = data.split(b"\n")
    method, _, target = first.partition(b" ")
    if method not in {b"GET", b"HEAD", b"POST", b"OPTIONS"} or not target:
        return None
    if not target.isascii() or target.translate(None, _UNSENDABLE + b"\t ") != target:
        return None
    headers = [(b"host", b"uji.example")]
    for line in lines:
        name, _, value = line.partition(b":")
        if name.isalnum() or name.replace(b"-", b"").isalnum():
            headers.append((name.lower(), value.translate(None, _UNSENDABLE).strip()))
    try:
        request = examine(
            method, target, headers, version="1.1", keep_alive=True, upgrade=False, limits=_LIMITS
        )
    except FaultError:
        return None
    return request if not request.has_body else None
