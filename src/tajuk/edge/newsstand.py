"""The newsstand itself: what every reader meets.

Pressed pages are answered at once, without a task or a scope (`at_once`); everything else goes through ASGI.
"""

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from pathlib import Path
from urllib.parse import quote

import aiohttp

from tajuk.contracts.pages import not_here
from tajuk.edge.asgi import Receive, Scope, Send, peer_of, send_answer
from tajuk.edge.assembly import Answer, Header, Page, Rack, wire_head
from tajuk.edge.body import SECONDS, BodyError, taken_in
from tajuk.edge.coming import Board, Peer, Porch, Posted
from tajuk.edge.desk_line import (
    PRESSED,
    DeskLine,
    LineError,
    headers_of,
    relay,
)
from tajuk.edge.directory import AskTheDesk, Found, Moved, NotHere, look_up
from tajuk.edge.forwarded import TrustedProxies
from tajuk.edge.house_headers import house_headers, with_house_headers
from tajuk.edge.negotiation import Asked, asked_for
from tajuk.edge.readers import Doorkeeper, Known
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
from tajuk.edge.slots import PLAINLY, Coming
from tajuk.edge.teller import Teller
from tajuk.paywall.keyring import WatchedKeyRing, key_ring
from tajuk.paywall.policy import WallPolicy
from tajuk.store import DamagedStoreError, PageStore, Snapshot
from tajuk.store.snapshot import Version
from tajuk.terms import clock
from tajuk.terms.language import Language
from tajuk.terms.routes import language_of

_READING = frozenset({"GET", "HEAD"})
_SAFE_IN_PATHS = "/-._~!$&'()*+,;=:@"
_NO_COOKIES: Sequence[str] = ()
_ALLOW = ((b"allow", b"GET, HEAD"),)
_NOT_FOUND = 404
_MOST_ABSENCES = 4096
_ABSENCE = timedelta(seconds=5)


def _nowhere() -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Premises:
    """Where the newsstand stands: folders, socket, whose word it takes."""

    name: str
    """The paper's, for the few lines the newsstand says itself."""
    store: Path
    static: Path
    media: Path
    socket: Path
    keys: Path
    """The key ring of reader passes and meters; made when it isn't there."""
    languages: tuple[Language, ...] = (Language.INDONESIAN,)
    """Of the editions, the one without a prefix first."""
    wall: WallPolicy = field(default_factory=WallPolicy)
    """Until the desk has set another."""
    behind_cdn: bool = False
    """A cache stands in front that is told what to forget."""
    trusted_proxies: tuple[str, ...] = ()
    secure: bool = False
    """Whether the public address is https."""
    patience: float = 0.0
    """For how many seconds a request waits while nobody listens at the desk."""
    body_seconds: float = SECONDS
    """How long any body may take to arrive; large ones are given more."""

    @property
    def first_language(self) -> Language:
        """The edition without a prefix."""
        return self.languages[0]

    @property
    def second_language(self) -> Language | None:
        """The other edition."""
        return self.languages[1] if len(self.languages) > 1 else None


class _Outcome(Enum):
    """How the first asking for an unpressed page ended, for those who waited for it."""

    PRESSED = "pressed"
    PASSED_ON = "passed on"
    NO_ANSWER = "no answer"
    BROKEN_OFF = "broken off"


@dataclass(slots=True)
class _Flight:
    """An asking for a page under way, which others wait for."""

    version: Version
    """Of the store when the desk was asked."""
    ended: asyncio.Future[_Outcome] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )
    status: int = 503


class Newsstand:
    """Answers from the page store and from disk; passes everything else to the desk."""

    def __init__(self, premises: Premises, *, now: Callable[[], datetime] = clock.now) -> None:
        """Opens the store, which need not be there yet. Make it in the process that serves, after any fork."""
        self._now = now
        self._name = premises.name
        self._premises = premises
        self._house = house_headers(secure=premises.secure)
        # A browser that fetches ahead would show the reader later what it gets now: a story that isn't counted yet is
        # refused, so that it asks again.
        self._not_ahead = Answer(
            503, [(b"cache-control", b"no-store"), (b"content-length", b"0"), *self._house], b""
        )
        self._not_ahead_wire = wire_head(503, self._not_ahead.headers)
        self._store = PageStore.open(premises.store, readonly=True)
        self._rack = Rack(self._store, self._house, behind_cdn=premises.behind_cdn)
        key_ring(premises.keys, now=now())
        keys = WatchedKeyRing(premises.keys)
        proxies = TrustedProxies(premises.trusted_proxies)
        self._board = Board(premises.wall)
        self._doorkeeper = Doorkeeper(keys, premises.wall, secure=premises.secure)
        self._not_there: dict[str, tuple[Version, datetime]] = {}
        self._line = DeskLine(
            premises.socket,
            proxies,
            patience=premises.patience,
        )
        self._teller = Teller(keys, self._line.tell)
        self._porch = Porch(keys, proxies, self._teller.claim)
        self._static = Shelf(premises.static)
        self._media = Shelf(premises.media, private=PRIVATE_MEDIA, uploads=True)
        self._flights: dict[str, _Flight] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI's entrance."""
        match scope["type"]:
            case "http":
                try:
                    await self._serve(scope, receive, send)
                except BodyError as error:
                    await self._refuse(scope, send, error.status)
                except DamagedStoreError:
                    await self._pass_on(scope, receive, send)
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

    def at_once(
        self,
        method: bytes,
        target: bytes,
        headers: list[Header],
        rest: bytes,
        peer: Peer = _nowhere,
    ) -> bytes | None:
        """The whole answer to GET or HEAD of a pressed page, `rest` after its headers; see `server.AtOnce`."""
        path, _, query = target.partition(b"?")
        if b"%" in path or not path.isascii():
            return None
        is_head = method == b"HEAD"
        asked = asked_for(headers, is_head=is_head)
        now = self._now()
        try:
            with self._store.snapshot() as snapshot:
                posted = self._board.posted(snapshot)
                coming = PLAINLY
                if posted.looks or b"gift=" in query:
                    coming = self._porch.coming(posted, headers, query, peer, now=now)
                found = self._page(snapshot, path.decode("ascii"), asked, posted, coming, now)
        except DamagedStoreError:
            return None  # the log says so; the desk can still answer
        if found is None:
            return None
        page, cookies = found
        if page.is_withheld and not is_head:
            return self._not_ahead_wire + rest
        if cookies:
            rest = b"".join([b"set-cookie: %b\r\n" % each.encode() for each in cookies]) + rest
        return b"".join((*page.head, rest, *(() if is_head else page.body)))

    def _page(
        self,
        snapshot: Snapshot,
        path: str,
        asked: Asked,
        posted: Posted,
        coming: Coming,
        now: datetime,
    ) -> tuple[Page, Sequence[str]] | None:
        """The pressed page as whoever asks may have it, and the cookies that go with it."""
        known = self._doorkeeper.known(
            asked.cookies,
            snapshot,
            now=now,
            may_spend=asked.may_spend,
            coming=coming,
            wall=posted.wall,
        )
        page = self._rack.page(
            snapshot, path, known.reader, asked.accept_encoding, asked.if_none_match, now=now
        )
        if page is None:
            return None
        return page, self._cookies(known, page, now)

    def _cookies(self, known: Known, page: Page, now: datetime) -> Sequence[str]:
        if not page.is_personal or (known.renewed is None and page.spent_on is None):
            return _NO_COOKIES
        if known.reader.reader_pass is not None:
            self._teller.read(known.reader, page.spent_on, now=now)
        return self._doorkeeper.cookies(known, page.spent_on, now=now)

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
        match self._look_up(path):
            case Moved(where):
                await send_answer(send, self._redirect(scope, where, status=301))
            case NotHere(language):
                await self._say_not_here(scope, receive, send, path, language)
            case AskTheDesk():
                await self._have_pressed(scope, receive, send, path)

    def _look_up(self, path: str) -> Found:
        now = self._now()
        with self._store.snapshot() as snapshot:
            version, until = self._not_there.get(path, (None, now))
            if version == snapshot.version and now < until:
                return NotHere(language_of(path, self._premises)[0])
            return look_up(snapshot, path, self._premises)

    async def _say_not_here(
        self, scope: Scope, receive: Receive, send: Send, path: str, language: Language
    ) -> None:
        answer = self._from_store(scope, not_here(language.value))
        if answer is None:  # not pressed yet: the desk says it, and presses it
            await self._have_pressed(scope, receive, send, path)
        else:
            await send_answer(send, answer, head=scope["method"] == "HEAD")

    def _from_store(self, scope: Scope, path: str) -> Answer | None:
        now = self._now()
        asked = asked_for(scope["headers"], is_head=scope["method"] == "HEAD")
        with self._store.snapshot() as snapshot:
            posted = self._board.posted(snapshot)
            coming = self._porch.coming(
                posted, scope["headers"], scope["query_string"], lambda: peer_of(scope), now=now
            )
            found = self._page(snapshot, path, asked, posted, coming, now)
        if found is None:
            return None
        page, cookies = found
        if page.is_withheld and scope["method"] != "HEAD":
            return self._not_ahead
        if not cookies:
            return page.answer
        answer = page.answer
        more = [(b"set-cookie", cookie.encode()) for cookie in cookies]
        return answer._replace(headers=[*answer.headers, *more])

    def _redirect(self, scope: Scope, path: str, *, status: int = 308) -> Answer:
        query: bytes = scope["query_string"]
        location = quote(path, safe=_SAFE_IN_PATHS).encode() + (b"?" + query if query else b"")
        return Answer(
            status,
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
        flight = self._flights[path] = _Flight(self._store.version())
        outcome = _Outcome.BROKEN_OFF
        try:
            # What a reader sends along means nothing to a page: others shan't wait for it.
            async with self._line.ask(scope, None) as response:
                answer = body = None
                if PRESSED in response.headers:
                    body = await response.read()
                    self._store.look_again()  # it may have been made anew for this page
                    answer = self._from_store(scope, path)
                outcome = self._land(path, flight, response.status, pressed=answer is not None)
                if answer is None:
                    await self._relay(scope, send, response, body=body)
                else:
                    await send_answer(send, answer, head=scope["method"] == "HEAD")
        except LineError as error:
            flight.status = error.status
            outcome = _Outcome.NO_ANSWER
            await self._refuse(scope, send, error.status)
        finally:
            if not flight.ended.done():
                del self._flights[path]
                flight.ended.set_result(outcome)

    def _land(self, path: str, flight: _Flight, status: int, *, pressed: bool) -> _Outcome:
        """Lets those who waited go on, without waiting for the first reader's line to drain."""
        if status == _NOT_FOUND:
            self._note_absence(path, flight.version)
        outcome = _Outcome.PRESSED if pressed else _Outcome.PASSED_ON
        del self._flights[path]
        flight.ended.set_result(outcome)
        return outcome

    def _note_absence(self, path: str, version: Version) -> None:
        """For a moment the desk isn't asked again, unless anything was pressed or announced since it was asked."""
        while len(self._not_there) >= _MOST_ABSENCES:
            del self._not_there[next(iter(self._not_there))]
        self._not_there.pop(path, None)
        self._not_there[path] = (version, self._now() + _ABSENCE)

    async def _pass_on(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            async with (
                taken_in(scope, receive, seconds=self._premises.body_seconds) as body,
                self._line.ask(scope, body) as response,
            ):
                await self._relay(scope, send, response)
        except LineError as error:
            await self._refuse(scope, send, error.status)

    async def _relay(
        self,
        scope: Scope,
        send: Send,
        response: aiohttp.ClientResponse,
        *,
        body: bytes | None = None,
    ) -> None:
        """Sends the desk's answer on; `body` where it has been read already."""
        headers = with_house_headers(
            headers_of(response), self._house, own_policy=is_desk(scope["path"])
        )
        head = scope["method"] == "HEAD"
        if body is None:
            await relay(response, send, headers, head=head)
        else:
            await send_answer(send, Answer(response.status, headers, body), head=head)

    async def _refuse(self, scope: Scope, send: Send, status: int) -> None:
        more = (*self._house, *_ALLOW) if status == 405 else self._house  # noqa: PLR2004
        answer = refusal(status, name=self._name, more=more)
        await send_answer(send, answer, head=scope["method"] == "HEAD")

    async def _say_health(self, scope: Scope, send: Send) -> None:
        """200 while pages can be served, from the store or by having them pressed; `ok` only when nothing is wrong."""
        store = self._store.is_there()
        desk, database = await self._line.health()
        state = {"store": store, "desk": desk, "database": database}
        body = json.dumps({"ok": all(state.values()), **state}).encode() + b"\n"
        headers = [
            (b"content-type", b"application/json"),
            (b"content-length", b"%d" % len(body)),
            (b"cache-control", b"no-store"),
            *self._house,
        ]
        answer = Answer(200 if store or database else 503, headers, body)
        await send_answer(send, answer, head=scope["method"] == "HEAD")

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            event = await receive()
            if event["type"] == "lifespan.startup":
                self._teller.start()
                await send({"type": "lifespan.startup.complete"})
            else:
                await self._teller.close()
                await self._line.close()
                self._store.close()
                await send({"type": "lifespan.shutdown.complete"})
                return
