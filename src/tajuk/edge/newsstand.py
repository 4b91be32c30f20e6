"""The newsstand itself: the ASGI application that every reader meets."""

import asyncio
import json
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from urllib.parse import quote

import aiohttp

from tajuk.edge.asgi import Receive, Scope, Send, send_answer
from tajuk.edge.assembly import Answer, Rack
from tajuk.edge.desk_line import (
    PRESSED,
    BodyTooLargeError,
    DeskLine,
    LineError,
    headers_of,
    relay,
)
from tajuk.edge.forwarded import TrustedProxies
from tajuk.edge.house_headers import house_headers, with_house_headers
from tajuk.edge.refusals import refusal
from tajuk.edge.routes import (
    LONGEST_PATH,
    Counter,
    counter_for,
    is_desk,
    is_speakable,
    other_form,
)
from tajuk.edge.shelf import PRIVATE_MEDIA, Shelf
from tajuk.store import PageStore
from tajuk.terms import clock

_READING = frozenset({"GET", "HEAD"})
_SAFE_IN_PATHS = "/-._~!$&'()*+,;=:@"
_ALLOW = ((b"allow", b"GET, HEAD"),)


@dataclass(frozen=True, slots=True)
class Premises:
    """Where the newsstand stands: folders, socket, whose word it takes."""

    name: str
    """The paper's, for the few lines the newsstand says itself."""
    store: Path
    static: Path
    media: Path
    socket: Path
    trusted_proxies: tuple[str, ...] = ()
    secure: bool = False
    """Whether the public address is https."""
    patience: float = 0.0
    """For how many seconds a request waits while nobody listens at the desk."""


class _Outcome(Enum):
    """How the first asking for an unpressed page ended, for those who waited for it."""

    PRESSED = "pressed"
    PASSED_ON = "passed on"
    NO_ANSWER = "no answer"
    BROKEN_OFF = "broken off"


@dataclass(slots=True)
class _Flight:
    """An asking for a page under way, which others wait for."""

    ended: asyncio.Future[_Outcome] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )
    status: int = 503


class Newsstand:
    """Answers from the page store and from disk; passes everything else to the desk."""

    def __init__(self, premises: Premises) -> None:
        """Opens the store, which need not be there yet. Make it in the process that serves, after any fork."""
        self._name = premises.name
        self._house = house_headers(secure=premises.secure)
        self._store = PageStore.open(premises.store, readonly=True)
        self._rack = Rack(self._store, self._house)
        self._line = DeskLine(
            premises.socket,
            TrustedProxies(premises.trusted_proxies),
            patience=premises.patience,
        )
        self._static = Shelf(premises.static)
        self._media = Shelf(premises.media, private=PRIVATE_MEDIA, uploads=True)
        self._flights: dict[str, _Flight] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI's entrance."""
        match scope["type"]:
            case "http":
                await self._serve(scope, receive, send)
            case "lifespan":
                await self._live(receive, send)
            case "websocket":
                await receive()
                await send({"type": "websocket.close", "code": 1003})

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope["path"]
        if not is_speakable(path):
            await self._refuse(scope, send, 400)
            return
        if len(path) > LONGEST_PATH:
            await self._refuse(scope, send, 414)
            return
        counter = counter_for(path)
        if counter is Counter.DESK:
            await self._pass_on(scope, receive, send)
        elif counter is Counter.PRESSED:
            await self._serve_page(scope, receive, send, path)
        elif scope["method"] not in _READING:
            await self._refuse(scope, send, 405)
        elif counter is Counter.HEALTH:
            await self._say_health(scope, send)
        else:
            shelf = self._static if counter is Counter.STATIC else self._media
            name = path.split("/", 2)[2] if path.count("/") > 1 else ""
            if not await shelf.serve(scope, send, name, house=self._house):
                await self._refuse(scope, send, 404)

    async def _serve_page(self, scope: Scope, receive: Receive, send: Send, path: str) -> None:
        method = scope["method"]
        if method not in _READING:
            if self._rack.holds(path):
                await self._refuse(scope, send, 405)
            else:
                await self._pass_on(scope, receive, send)
            return
        answer = self._from_store(scope, path)
        if answer is not None:
            await send_answer(send, answer, head=method == "HEAD")
            return
        other = other_form(path)
        if other != path and self._rack.holds(other):
            await send_answer(send, self._redirect(scope, other))
            return
        await self._have_pressed(scope, receive, send, path)

    def _from_store(self, scope: Scope, path: str) -> Answer | None:
        accept_encoding = if_none_match = b""
        for name, value in scope["headers"]:
            if name == b"accept-encoding":
                accept_encoding = value
            elif name == b"if-none-match":
                if_none_match = value
        return self._rack.answer(
            path, now=clock.now(), accept_encoding=accept_encoding, if_none_match=if_none_match
        )

    def _redirect(self, scope: Scope, path: str) -> Answer:
        query: bytes = scope["query_string"]
        location = quote(path, safe=_SAFE_IN_PATHS).encode() + (b"?" + query if query else b"")
        return Answer(
            308,
            [
                (b"location", location),
                (b"content-length", b"0"),
                (b"cache-control", b"public, no-cache"),
                *self._house,
            ],
            b"",
        )

    async def _have_pressed(self, scope: Scope, receive: Receive, send: Send, path: str) -> None:
        """Asks the desk to press the page: once, however many ask for it meanwhile."""
        while (flight := self._flights.get(path)) is not None:
            outcome = await asyncio.shield(flight.ended)
            if outcome is _Outcome.NO_ANSWER:
                await self._refuse(scope, send, flight.status)
                return
            if outcome is not _Outcome.BROKEN_OFF:
                answer = self._from_store(scope, path) if outcome is _Outcome.PRESSED else None
                if answer is None:
                    await self._pass_on(scope, receive, send)
                else:
                    await send_answer(send, answer, head=scope["method"] == "HEAD")
                return
        flight = self._flights[path] = _Flight()
        outcome = _Outcome.BROKEN_OFF
        try:
            async with self._line.ask(scope, receive) as response:
                answer = None
                if PRESSED in response.headers:
                    await response.read()
                    answer = self._from_store(scope, path)
                outcome = self._land(path, flight, pressed=answer is not None)
                if answer is None:
                    await self._relay(scope, send, response)
                else:
                    await send_answer(send, answer, head=scope["method"] == "HEAD")
        except LineError as error:
            flight.status = error.status
            outcome = _Outcome.NO_ANSWER
            await self._refuse(scope, send, error.status)
        except BodyTooLargeError:
            await self._refuse(scope, send, 413)
        finally:
            if not flight.ended.done():
                del self._flights[path]
                flight.ended.set_result(outcome)

    def _land(self, path: str, flight: _Flight, *, pressed: bool) -> _Outcome:
        """Lets those who waited go on, without waiting for the first reader's line to drain."""
        outcome = _Outcome.PRESSED if pressed else _Outcome.PASSED_ON
        del self._flights[path]
        flight.ended.set_result(outcome)
        return outcome

    async def _pass_on(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            async with self._line.ask(scope, receive) as response:
                await self._relay(scope, send, response)
        except LineError as error:
            await self._refuse(scope, send, error.status)
        except BodyTooLargeError:
            await self._refuse(scope, send, 413)

    async def _relay(self, scope: Scope, send: Send, response: aiohttp.ClientResponse) -> None:
        headers = with_house_headers(
            headers_of(response), self._house, own_policy=is_desk(scope["path"])
        )
        await relay(response, send, headers, head=scope["method"] == "HEAD")

    async def _refuse(self, scope: Scope, send: Send, status: int) -> None:
        more = (*self._house, *_ALLOW) if status == 405 else self._house  # noqa: PLR2004
        answer = refusal(status, name=self._name, more=more)
        await send_answer(send, answer, head=scope["method"] == "HEAD")

    async def _say_health(self, scope: Scope, send: Send) -> None:
        """The newsstand is healthy while it can serve pressed pages, or have pages pressed."""
        state = {"store": self._store.is_there(), "desk": await self._line.is_reachable()}
        body = json.dumps({"ok": all(state.values()), **state}).encode() + b"\n"
        headers = [
            (b"content-type", b"application/json"),
            (b"content-length", b"%d" % len(body)),
            (b"cache-control", b"no-store"),
            *self._house,
        ]
        answer = Answer(200 if any(state.values()) else 503, headers, body)
        await send_answer(send, answer, head=scope["method"] == "HEAD")

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            event = await receive()
            if event["type"] == "lifespan.startup":
                await send({"type": "lifespan.startup.complete"})
            else:
                await self._line.close()
                self._store.close()
                await send({"type": "lifespan.shutdown.complete"})
                return
