"""A page out of its parts: joined, never compressed, while the reader waits.

Pure but for the store it is given, so that the desk answers with it too right after pressing on demand.
"""

import zlib
from collections.abc import Sequence
from datetime import datetime
from hashlib import blake2b
from http import HTTPStatus
from struct import Struct
from typing import NamedTuple

from tajuk.contracts.caches import EVERYTHING, path_key
from tajuk.contracts.pages import BodySlot, PagePlan, TailSlot
from tajuk.edge.crc import combine
from tajuk.edge.negotiation import accepts_gzip, names_etag
from tajuk.edge.pieces import Keys, Piece, keys_of, piece_of
from tajuk.edge.slots import (
    ANYBODY,
    Reader,
    View,
    choices,
    every_choice,
    picks_of,
    tail_choices,
    view_of,
)
from tajuk.store import PageStore, Snapshot
from tajuk.store.snapshot import Version

Header = tuple[bytes, bytes]

MOST_PLANS_KEPT = 16_384
MOST_BYTES_KEPT = 64 << 20
"""Of joined pages, in each process that serves; and a quarter of it for tails."""
MOST_VIEWS_KEPT = 32
"""Of each plan: as many kinds of readers as see it differently."""
_OK = 200
_NOT_MODIFIED = 304
_GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
"""Deflate, no name, no time, unknown system (RFC 1952)."""
_TAIL = Struct("<2sII")
_LAST_BLOCK = b"\x03\x00"
"""An empty final block: the fragments before it were ended by a flush and lack one."""
_GZIP: Header = (b"content-encoding", b"gzip")
_CDN_SECONDS = 86_400
"""How long a cache in front may keep what it is told to forget when it changes (RFC 9213)."""


class Answer(NamedTuple):
    """Status, headers with lower-case names, body."""

    status: int
    headers: list[Header]
    body: bytes

    def on_the_wire(self) -> bytes:
        """Status line and headers, each line ended; no empty line, no Date."""
        return wire_head(self.status, self.headers)


class Page(NamedTuple):
    """A pressed page as one reader may have it."""

    answer: Answer
    wire: bytes
    """The answer's status line and headers as bytes."""
    spent_on: int | None = None
    """The story that this answer takes off the reader's meter."""
    is_personal: bool = False
    """Whether it depends on the reader: only then may it carry cookies."""


class _Joined(NamedTuple):
    """A page ready to be sent again and again."""

    version: Version
    pieces: tuple[Piece, ...]
    gzip: Page
    etag_gzip: bytes
    etag_plain: bytes


class _Tail(NamedTuple):
    """What closes pages for one reader's recommendations."""

    keys: Keys
    piece: Piece | None = None

    @property
    def weight(self) -> int:
        """Bytes kept."""
        return 0 if self.piece is None else len(self.piece.deflate)


class _Ready:
    """A plan made ready to be answered from: slots looked at, headers encoded."""

    __slots__ = (
        "body", "digest", "fronts", "headers", "is_personal", "keys", "parts", "plan", "stored", "tail", "views",
        "weight", "wire",
    )  # fmt: skip

    def __init__(
        self, path: str, stored: bytes, plan: PagePlan, house_headers: Sequence[Header], *, behind_cdn: bool
    ) -> None:  # fmt: skip
        self.stored = stored
        self.plan = plan
        self.body = next((part for part in plan.parts if isinstance(part, BodySlot)), None)
        self.is_personal = plan.is_personal
        *before, last = plan.parts or (None,)
        self.tail = last if isinstance(last, TailSlot) else None
        self.parts = plan.parts if self.tail is None else tuple(before)
        own = [(name.lower().encode(), value.encode()) for name, value in plan.headers]
        named = {name for name, _ in own}
        added = [*_caching(path, plan, behind_cdn=behind_cdn), *house_headers]
        self.headers: list[Header] = [*own, *(each for each in added if each[0] not in named)]
        self.wire = wire_head(plan.status, [*self.headers, _GZIP] if plan.parts else self.headers)
        self.digest = blake2b(repr(plan.headers).encode(), digest_size=16).digest()
        """Headers are part of what a 304 confirms."""
        self.keys: dict[View, Keys] = {}
        self.fronts: dict[View, Piece] = {}
        self.views: dict[View, _Joined] = {}
        self.weight = 0


class Rack:
    """The pressed pages, each ready for whoever asks."""

    def __init__(
        self,
        store: PageStore,
        house_headers: Sequence[Header] = (),
        *,
        behind_cdn: bool = False,
    ) -> None:
        """`house_headers` go on every answer whose plan doesn't set them itself.

        `behind_cdn`: a cache stands in front that is told what to forget.
        """
        self._store = store
        self._house_headers = tuple(house_headers)
        self._behind_cdn = behind_cdn
        self._ready: dict[str, _Ready] = {}
        self._weight = 0
        self._tails: dict[tuple[TailSlot, bool, tuple[str, ...]], _Tail] = {}
        self._weight_of_tails = 0

    def answer(
        self,
        path: str,
        *,
        now: datetime,
        accept_encoding: bytes = b"",
        if_none_match: bytes = b"",
        reader: Reader = ANYBODY,
    ) -> Answer | None:
        """The pressed page as this reader may have it; None if it isn't pressed, or not wholly."""
        with self._store.snapshot() as snapshot:
            page = self.page(snapshot, path, reader, accept_encoding, if_none_match, now=now)
        return None if page is None else page.answer

    def page(
        self,
        snapshot: Snapshot,
        path: str,
        reader: Reader,
        accept_encoding: bytes,
        if_none_match: bytes,
        *,
        now: datetime,
    ) -> Page | None:
        """The same out of a snapshot, ready for the wire.

        What may be seen is decided before anything is compared with `if_none_match`.
        """
        ready = self._find(snapshot, path)
        if ready is None:
            return None
        view = view_of(ready.body, reader, now=now) if ready.is_personal else _ALL_ALIKE
        own = picks_of(reader, ready.tail.language, now=now) if ready.tail is not None else ()
        joined = self._joined(snapshot, ready, view, own)
        if joined is None:
            return None
        is_gzip = bool(ready.plan.parts) and accepts_gzip(accept_encoding)
        if if_none_match and ready.plan.status == _OK:
            etag = joined.etag_gzip if is_gzip else joined.etag_plain
            if names_etag(if_none_match, etag):
                return _not_modified(ready, etag)
        if is_gzip or not ready.plan.parts:
            return joined.gzip
        return _plain(ready, joined)

    def holds(self, path: str) -> bool:
        """Whether the path is pressed."""
        with self._store.snapshot() as snapshot:
            return self._find(snapshot, path) is not None

    def is_whole(self, path: str) -> bool:
        """Whether the page of every reader there may be can be made of what stands in the store."""
        with self._store.snapshot() as snapshot:
            plan, version = snapshot.plan(path), snapshot.version
            return plan is not None and all(
                piece_of(snapshot, version, keys_of(chosen)) is not None
                for chosen in every_choice(plan.parts)
            )

    def _find(self, snapshot: Snapshot, path: str) -> _Ready | None:
        stored = snapshot.stored_plan(path)
        if stored is None:
            return None
        ready = self._ready.get(path)
        if ready is not None and ready.stored == stored:
            return ready
        plan = snapshot.plan_in(path, stored)
        if plan is None:
            return None
        if ready is not None:
            self._forget(path)
        while len(self._ready) >= MOST_PLANS_KEPT:
            self._forget(next(iter(self._ready)))
        ready = self._ready[path] = _Ready(
            path, stored, plan, self._house_headers, behind_cdn=self._behind_cdn
        )
        return ready

    def _forget(self, path: str) -> None:
        ready = self._ready.pop(path, None)
        if ready is not None:
            self._weight -= ready.weight

    def _joined(
        self, snapshot: Snapshot, ready: _Ready, view: View, own: tuple[str, ...]
    ) -> _Joined | None:
        """The page of these fragments; None if one is missing that it can't do without.

        Kept for all who see it alike. Readers with recommendations of their own share its two pieces instead: the
        front with those who see it alike, the tail with itself under other stories.
        """
        version = snapshot.version
        before = None if own else ready.views.get(view)
        if before is not None and before.version == version:
            return before
        pieces = self._pieces(snapshot, version, ready, view, own)
        if pieces is None:
            return None
        if before is not None and [each.identities for each in before.pieces] == [
            each.identities for each in pieces
        ]:
            # Something else was pressed meanwhile: this page is as it was.
            joined = before._replace(version=version, pieces=pieces)
        else:
            joined = _joined(version, ready, view, pieces)
        if not own:
            more = len(joined.gzip.answer.body) - (len(before.gzip.answer.body) if before else 0)
            ready.views[view] = joined
            self._weigh(ready, more)
        return joined

    def _pieces(
        self, snapshot: Snapshot, version: Version, ready: _Ready, view: View, own: tuple[str, ...]
    ) -> tuple[Piece, ...] | None:
        before = ready.fronts.get(view)
        if before is not None and before.version == version:
            front = before
        else:
            keys = ready.keys.get(view)
            if keys is None:
                keys = ready.keys[view] = keys_of(choices(ready.parts, view))
            found = piece_of(snapshot, version, keys, before)
            if found is None:
                return None
            front = found
            if before is None and len(ready.fronts) >= MOST_VIEWS_KEPT:
                self._lighten(ready)
            ready.fronts[view] = front
            self._weigh(ready, len(front.deflate) - (len(before.deflate) if before else 0))
        if ready.tail is None:
            return (front,)
        tail = self._tail(snapshot, version, ready.tail, own, is_ad_free=view.is_ad_free)
        return None if tail is None else (front, tail)

    def _tail(
        self, snapshot: Snapshot, version: Version, slot: TailSlot, own: tuple[str, ...], *, is_ad_free: bool
    ) -> Piece | None:  # fmt: skip
        key = slot, is_ad_free, own
        kept = self._tails.get(key)
        if kept is not None and kept.piece is not None and kept.piece.version == version:
            return kept.piece
        if kept is None:
            kept = _Tail(keys_of(tail_choices(slot, own, is_ad_free=is_ad_free)))
        tail = piece_of(snapshot, version, kept.keys, kept.piece)
        if tail is None:
            return None
        self._weight_of_tails += len(tail.deflate) - kept.weight
        self._tails[key] = _Tail(kept.keys, tail)
        while self._weight_of_tails > MOST_BYTES_KEPT // 4 and len(self._tails) > 1:
            self._weight_of_tails -= self._tails.pop(next(iter(self._tails))).weight
        return tail

    def _weigh(self, ready: _Ready, more: int) -> None:
        """So much more is kept of a plan: when all weigh too much, the plans that were kept first are forgotten."""
        ready.weight += more
        self._weight += more
        while self._weight > MOST_BYTES_KEPT and len(self._ready) > 1:
            oldest = next(iter(self._ready))
            if self._ready[oldest] is ready:  # it is in use: its turn comes later
                self._ready[oldest] = self._ready.pop(oldest)
                continue
            self._forget(oldest)

    def _lighten(self, ready: _Ready) -> None:
        """Forgets what was joined of a plan: more kinds of readers see it differently than are kept."""
        for kept in (ready.keys, ready.fronts, ready.views):
            kept.clear()
        self._weight -= ready.weight
        ready.weight = 0


_ALL_ALIKE = View()
"""How everybody sees what does not depend on the reader."""


def wire_head(status: int, headers: Sequence[Header]) -> bytes:
    """A status line and headers as bytes."""
    lines = [b"%b: %b\r\n" % header for header in headers]
    return b"HTTP/1.1 %d %b\r\n%b" % (status, HTTPStatus(status).phrase.encode(), b"".join(lines))


def _joined(version: Version, ready: _Ready, view: View, pieces: tuple[Piece, ...]) -> _Joined:
    crc = total = 0
    for piece in pieces:
        crc = combine(crc, piece.crc, piece.length) if total else piece.crc
        total += piece.length
    identities = b"".join([piece.identities for piece in pieces])
    digest = blake2b(identities, digest_size=12, key=ready.digest).hexdigest().encode()
    etag_gzip, etag_plain = b'"%b-g"' % digest, b'"%b"' % digest
    headers, wire, body = ready.headers, ready.wire, b""
    if ready.plan.parts:
        tail = _TAIL.pack(_LAST_BLOCK, crc, total & 0xFFFFFFFF)
        body = b"".join([_GZIP_HEAD, *[piece.deflate for piece in pieces], tail])
        headers = [*headers, _GZIP]
    if ready.plan.status == _OK:
        headers = [*headers, (b"etag", etag_gzip)]
        wire += b"etag: %b\r\n" % etag_gzip
    length = b"%d" % len(body)
    answer = Answer(ready.plan.status, [*headers, (b"content-length", length)], body)
    wire += b"content-length: %b\r\n" % length
    spent_on = ready.body.story_id if view.spends and ready.body is not None else None
    page = Page(answer, wire, spent_on, ready.is_personal)
    return _Joined(version, pieces, page, etag_gzip, etag_plain)


def _plain(ready: _Ready, joined: _Joined) -> Page:
    """The same page for a client without gzip."""
    deflate = b"".join([piece.deflate for piece in joined.pieces])
    body = zlib.decompressobj(-zlib.MAX_WBITS).decompress(deflate)
    headers = list(ready.headers)
    if ready.plan.status == _OK:
        headers.append((b"etag", joined.etag_plain))
    headers.append((b"content-length", b"%d" % len(body)))
    answer = Answer(ready.plan.status, headers, body)
    return joined.gzip._replace(answer=answer, wire=answer.on_the_wire())


def _caching(path: str, plan: PagePlan, *, behind_cdn: bool) -> list[Header]:
    """Kept by browsers but asked for anew each time: a correction is seen at once.

    What depends on the reader is nobody else's. What doesn't, a cache in front may keep until it is told.
    """
    if plan.is_personal:
        return [(b"cache-control", b"private, no-cache"), (b"vary", b"accept-encoding, cookie")]
    headers: list[Header] = [(b"cache-control", b"public, no-cache"), (b"vary", b"accept-encoding")]
    if behind_cdn:
        headers.append((b"cdn-cache-control", b"public, max-age=%d" % _CDN_SECONDS))
        keys = " ".join([EVERYTHING, path_key(path), *plan.surrogate_keys])
        headers.append((b"surrogate-key", keys.encode()))
    return headers


_NOT_IN_304 = frozenset({b"content-type", b"content-language"})


def _not_modified(ready: _Ready, etag: bytes) -> Page:
    kept = [header for header in ready.headers if header[0] not in _NOT_IN_304]
    answer = Answer(_NOT_MODIFIED, [*kept, (b"etag", etag)], b"")
    return Page(answer, answer.on_the_wire(), is_personal=ready.is_personal)
