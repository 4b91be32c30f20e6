"""A page out of its parts: joined, never compressed, while the reader waits.

Pure but for the store it is given, so that the desk answers with it too right after pressing on demand.
"""

from collections.abc import Sequence
from datetime import datetime
from hashlib import blake2b
from struct import Struct
from typing import NamedTuple

from tajuk.contracts.pages import Fixed, PagePlan, Slot
from tajuk.edge.crc import combine
from tajuk.edge.negotiation import accepts_gzip, names_etag
from tajuk.edge.slots import ANYBODY, Reader, fragment_shown, may_be_empty
from tajuk.store import (
    DEFLATE,
    IDENTITIES,
    IDENTITY,
    PageStore,
    Snapshot,
    fragment_key,
    plan_of,
    unpacked,
)
from tajuk.store.fragments import inflated

Header = tuple[bytes, bytes]

MOST_PLANS_KEPT = 4096
_MOST_JOINED_KEPT = 32
"""Of each plan: as many kinds of readers as see it differently."""
_OK = 200
_NOT_MODIFIED = 304
_GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
"""Deflate, no name, no time, unknown system (RFC 1952)."""
_TAIL = Struct("<2sII")
_LAST_BLOCK = b"\x03\x00"
"""An empty final block: the fragments before it were ended by a flush and lack one."""
_VARY: Header = (b"vary", b"accept-encoding")
_GZIP: Header = (b"content-encoding", b"gzip")


class Answer(NamedTuple):
    """Status, headers with lower-case names, body."""

    status: int
    headers: list[Header]
    body: bytes


class _Joined(NamedTuple):
    """What follows from which fragments a page is made of."""

    tail: bytes
    etag: bytes
    etag_gzip: bytes


class _Ready:
    """A plan made ready to be answered from: keys spelled, headers encoded."""

    __slots__ = ("digest", "headers", "headers_gzip", "joined", "parts", "plan", "stored")

    def __init__(self, stored: bytes, plan: PagePlan, house_headers: Sequence[Header]) -> None:
        self.stored = stored
        self.plan = plan
        self.parts: tuple[bytes | Slot, ...] = tuple(
            fragment_key(part.fragment) if isinstance(part, Fixed) else part for part in plan.parts
        )
        own = [(name.lower().encode(), value.encode()) for name, value in plan.headers]
        named = {name for name, _ in own}
        is_personal = any(not isinstance(part, Fixed) for part in plan.parts)
        # Kept by browsers and caches but asked for anew each time: a correction is seen at once.
        cache: Header = (
            b"cache-control",
            b"private, no-cache" if is_personal else b"public, no-cache",
        )
        added = [header for header in (cache, *house_headers) if header[0] not in named]
        self.headers: list[Header] = [*own, *added, _VARY]
        self.headers_gzip: list[Header] = [*self.headers, _GZIP] if plan.parts else self.headers
        self.digest = blake2b(repr(plan.headers).encode(), digest_size=16).digest()
        """Headers are part of what a 304 confirms."""
        self.joined: dict[bytes, _Joined] = {}

    def join(self, identities: bytes) -> _Joined:
        """Works out what these fragments make, and keeps it: readers alike ask again and again."""
        crc = total = 0
        for length, piece, _ in IDENTITIES.iter_unpack(identities):
            crc = combine(crc, piece, length)
            total += length
        digest = blake2b(identities, digest_size=12, key=self.digest).hexdigest()
        if len(self.joined) >= _MOST_JOINED_KEPT:
            self.joined.clear()
        joined = self.joined[identities] = _Joined(
            _TAIL.pack(_LAST_BLOCK, crc, total & 0xFFFFFFFF),
            f'"{digest}"'.encode(),
            f'"{digest}-g"'.encode(),
        )
        return joined


class Rack:
    """The pressed pages, each ready for whoever asks."""

    def __init__(self, store: PageStore, house_headers: Sequence[Header] = ()) -> None:
        """`house_headers` go on every answer whose plan doesn't set them itself."""
        self._store = store
        self._house_headers = tuple(house_headers)
        self._ready: dict[str, _Ready] = {}

    def answer(
        self,
        path: str,
        *,
        now: datetime,
        accept_encoding: bytes = b"",
        if_none_match: bytes = b"",
        reader: Reader = ANYBODY,
    ) -> Answer | None:
        """The pressed page as this reader may have it; None if it isn't pressed, or not wholly.

        What may be seen is decided before anything is compared with `if_none_match`.
        """
        with self._store.snapshot() as snapshot:
            ready = self._find(snapshot, path)
            if ready is None:
                return None
            values = _values(snapshot, ready, reader, now)
            if values is None:
                return None
            identities = b"".join([value[IDENTITY] for value in values])
            joined = ready.joined.get(identities)
            if joined is None:
                joined = ready.join(identities)
            gzip = accepts_gzip(accept_encoding) and bool(values)
            etag = joined.etag_gzip if gzip else joined.etag
            headers = ready.headers_gzip if gzip else ready.headers
            if ready.plan.status == _OK:
                if names_etag(if_none_match, etag):
                    return _not_modified(headers, etag)
                headers = [*headers, (b"etag", etag)]
            if gzip:
                body = b"".join([_GZIP_HEAD, *[value[DEFLATE] for value in values], joined.tail])
            else:
                body = b"".join([inflated(unpacked(value)) for value in values])
        return Answer(ready.plan.status, [*headers, (b"content-length", b"%d" % len(body))], body)

    def holds(self, path: str) -> bool:
        """Whether the path is pressed."""
        with self._store.snapshot() as snapshot:
            return self._find(snapshot, path) is not None

    def _find(self, snapshot: Snapshot, path: str) -> _Ready | None:
        stored = snapshot.stored_plan(path)
        if stored is None:
            return None
        ready = self._ready.get(path)
        if ready is not None and ready.stored == stored:
            return ready
        plan = plan_of(stored)
        if plan is None:
            return None
        if len(self._ready) >= MOST_PLANS_KEPT:
            self._ready.pop(next(iter(self._ready)), None)
        ready = self._ready[path] = _Ready(stored, plan, self._house_headers)
        return ready


def _values(
    snapshot: Snapshot, ready: _Ready, reader: Reader, now: datetime
) -> list[memoryview] | None:
    """The stored fragments this reader is shown; None if one is missing that the page can't do without."""
    values = []
    stored = snapshot.stored
    for part in ready.parts:
        if isinstance(part, bytes):
            value = stored(part)
            if value is None:
                return None
        else:
            value = stored(fragment_key(fragment_shown(part, reader, now=now)))
            if value is None:
                if may_be_empty(part):
                    continue
                return None
        values.append(value)
    return values


_NOT_IN_304 = frozenset({b"content-type", b"content-encoding", b"content-language"})


def _not_modified(headers: list[Header], etag: bytes) -> Answer:
    kept = [header for header in headers if header[0] not in _NOT_IN_304]
    return Answer(_NOT_MODIFIED, [*kept, (b"etag", etag)], b"")
