"""A page out of its parts: joined, never compressed, while the reader waits.

Pure but for the store it is given, so that the desk answers with it too right after pressing on demand.
"""

import zlib
from collections.abc import Sequence
from datetime import datetime
from hashlib import blake2b
from http import HTTPStatus
from typing import NamedTuple

from tajuk.contracts.caches import EVERYTHING, path_key
from tajuk.contracts.pages import BodySlot, PagePlan
from tajuk.edge.crc import combine
from tajuk.edge.negotiation import accepts_gzip, names_etag
from tajuk.edge.pieces import Keys, Piece, gzip_end, is_unchanged, keys_of, piece_of
from tajuk.edge.recent import Recent
from tajuk.edge.slots import (
    ANYBODY,
    Reader,
    View,
    choices,
    ending_choices,
    every_choice,
    tail_of,
)
from tajuk.store import PageStore, Snapshot
from tajuk.store.snapshot import Version

Header = tuple[bytes, bytes]

MOST_PLANS_KEPT = 16_384
MOST_BYTES_KEPT = 64 << 20
"""Of joined pages, in each process that serves; and a quarter of it for what ends pages with readers' own."""
MOST_VIEWS_KEPT = 32
"""Of each plan: as many kinds of readers as see it differently."""
_BESIDE = 3000
"""Bytes that a kept piece takes beside its data: keys, and the plan it was made for."""
_OK = 200
_NOT_MODIFIED = 304
_CDN_SECONDS = 86_400
"""How long a cache in front may keep what it is told to forget when it changes (RFC 9213)."""


class Answer(NamedTuple):
    """Status, headers with lower-case names, body."""

    status: int
    headers: list[Header]
    body: bytes


class Page(NamedTuple):
    """A pressed page as one reader may have it, ready for the wire."""

    head: tuple[bytes, ...]
    """Status line and headers, each line ended; no empty line, no Date."""
    body: tuple[bytes, ...] = ()
    spent_on: int | None = None
    """The story that this answer takes off the reader's meter."""
    is_personal: bool = False
    """Whether it depends on the reader: only then may it carry cookies."""
    is_withheld: bool = False
    """Whether it shows a story closed that would be open if somebody were about to read it."""

    @property
    def answer(self) -> Answer:
        """The same, taken apart."""
        status, *lines = b"".join(self.head).split(b"\r\n")[:-1]
        headers = [(name, value) for name, _, value in (line.partition(b": ") for line in lines)]
        return Answer(int(status.split(b" ")[1]), headers, b"".join(self.body))


class _Ready:
    """A plan made ready to be answered from: slots looked at, headers encoded."""

    __slots__ = (
        "body", "headers", "is_ok", "is_personal", "keys", "parts", "salt", "stored", "tail_language",
        "version", "wire",
    )  # fmt: skip

    def __init__(
        self, path: str, stored: bytes, plan: PagePlan, house_headers: Sequence[Header], *, behind_cdn: bool
    ) -> None:  # fmt: skip
        self.stored = stored
        self.version: Version = (0, 0)
        """Of the store in which the plan was last found as it is."""
        self.parts = plan.parts
        self.body = next((part for part in plan.parts if isinstance(part, BodySlot)), None)
        self.is_personal = plan.is_personal
        self.is_ok = plan.status == _OK
        tail = tail_of(plan.parts)
        self.tail_language = tail.language if tail is not None and self.is_ok else None
        """Where a reader's own recommendations may stand: what isn't there has those of everybody."""
        own = [(name.lower().encode(), value.encode()) for name, value in plan.headers]
        named = {name for name, _ in own}
        added = [*_caching(path, plan, behind_cdn=behind_cdn), *house_headers]
        self.headers: list[Header] = [*own, *(each for each in added if each[0] not in named)]
        self.wire = wire_head(plan.status, self.headers)
        self.salt = blake2b(repr(plan.headers).encode(), digest_size=16).digest()
        """Headers are part of what a 304 confirms."""
        self.keys: dict[tuple[View, bool], Keys] = {}


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
        self._ready: Recent[str, _Ready] = Recent(MOST_PLANS_KEPT)
        self._pieces: Recent[tuple[_Ready, View, bool], Piece] = Recent(MOST_BYTES_KEPT, _weight)
        self._endings: Recent[tuple[str, tuple[str, ...]], Piece] = Recent(
            MOST_BYTES_KEPT // 4, _weight
        )

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

        A page is one piece, kept for all who see it alike; or two, where the reader has recommendations of their own:
        what stands before them is kept for all who see that alike, the rest with the reader, for every page.
        What may be seen is decided before anything is compared with `if_none_match`.
        """
        ready = self._find(snapshot, path)
        if ready is None:
            return None
        view = reader.view(ready.body, now=now) if ready.is_personal else _ALL_ALIKE
        language = ready.tail_language
        own = () if language is None else reader.picks(language, now=now)
        piece = self._piece(snapshot, ready, view, bool(own))
        if piece is None:
            return None
        ending = None
        if own and language is not None:
            ending = self._ending(snapshot, language, own)
            if ending is None:
                return None
        if if_none_match and ready.is_ok:
            tag = piece.tag if ending is None else piece.tag + ending.tag
            etag = _etag(tag, is_gzip=bool(ready.parts) and accepts_gzip(accept_encoding))
            if names_etag(if_none_match, etag):
                return _not_modified(ready, etag)
        page = _whole(ready, piece) if ending is None else _with_ending(ready, piece, ending)
        if ready.parts and not accepts_gzip(accept_encoding):
            return _inflated(ready, page, piece.tag if ending is None else piece.tag + ending.tag)
        return page

    def holds(self, path: str) -> bool:
        """Whether the path is pressed."""
        with self._store.snapshot() as snapshot:
            return self._find(snapshot, path) is not None

    def is_whole(self, path: str) -> bool:
        """Whether the page of every reader there may be can be made of what stands in the store."""
        with self._store.snapshot() as snapshot:
            plan = snapshot.plan(path)
            return plan is not None and all(
                piece_of(snapshot, keys_of(chosen)) is not None
                for chosen in every_choice(plan.parts)
            )

    def _find(self, snapshot: Snapshot, path: str) -> _Ready | None:
        ready = self._ready.get(path)
        version = snapshot.version
        if ready is not None and ready.version == version:
            return ready
        stored = snapshot.stored_plan(path)
        if stored is None:
            return None
        if ready is None or ready.stored != stored:
            plan = snapshot.plan_in(path, stored)
            if plan is None:
                return None
            ready = _Ready(path, stored, plan, self._house_headers, behind_cdn=self._behind_cdn)
            self._ready.put(path, ready)
        ready.version = version
        return ready

    def _piece(
        self, snapshot: Snapshot, ready: _Ready, view: View, has_own: bool  # noqa: FBT001
    ) -> Piece | None:  # fmt: skip
        """The page as those of this view have it; up to their own recommendations if they have any."""
        place = ready, view, has_own
        piece = self._pieces.get(place)
        if piece is not None and (
            piece.version == snapshot.version or is_unchanged(snapshot, piece)
        ):
            return piece
        keys = ready.keys.get((view, has_own))
        if keys is None:
            if len(ready.keys) >= MOST_VIEWS_KEPT:
                ready.keys.clear()
            keys = keys_of(choices(ready.parts, view, has_own=has_own))
            ready.keys[view, has_own] = keys
        piece = piece_of(snapshot, keys, salt=ready.salt, opens=True, closes=not has_own)
        if piece is None:
            return None
        if not ready.parts:
            piece.data = b""
        piece.head = _head(ready, piece, has_own=has_own)
        piece.is_withheld = view.is_withheld
        piece.spent_on = ready.body.story_id if view.spends and ready.body is not None else None
        self._pieces.put(place, piece)
        return piece

    def _ending(self, snapshot: Snapshot, language: str, own: tuple[str, ...]) -> Piece | None:
        """The reader's own recommendations and what follows them on every page."""
        place = language, own
        piece = self._endings.get(place)
        if piece is not None and (
            piece.version == snapshot.version or is_unchanged(snapshot, piece)
        ):
            return piece
        piece = piece_of(snapshot, keys_of(ending_choices(language, own)))
        if piece is not None:
            piece.head = b'%b-g"\r\ncontent-length: ' % piece.tag
            self._endings.put(place, piece)
        return piece


_ALL_ALIKE = View()
"""How everybody sees what does not depend on the reader."""


def _weight(piece: Piece) -> int:
    return len(piece.data) + len(piece.head) + _BESIDE


def wire_head(status: int, headers: Sequence[Header]) -> bytes:
    """A status line and headers as bytes."""
    lines = [b"%b: %b\r\n" % header for header in headers]
    return b"HTTP/1.1 %d %b\r\n%b" % (status, HTTPStatus(status).phrase.encode(), b"".join(lines))


def _etag(tag: bytes, *, is_gzip: bool) -> bytes:
    return b'"%b-g"' % tag if is_gzip else b'"%b"' % tag


def _head(ready: _Ready, piece: Piece, *, has_own: bool) -> bytes:
    """The answer's head; where the reader's own follow, up to the first half of the tag."""
    if not ready.parts:
        return ready.wire + b"content-length: 0\r\n"
    head = ready.wire + b"content-encoding: gzip\r\n"
    if ready.is_ok:
        head += b'etag: "%b' % piece.tag
        if has_own:
            return head
        head += b'-g"\r\n'
    return b"%bcontent-length: %d\r\n" % (head, len(piece.data))


def _whole(ready: _Ready, piece: Piece) -> Page:
    return Page((piece.head,), (piece.data,), piece.spent_on, ready.is_personal, piece.is_withheld)


def _with_ending(ready: _Ready, piece: Piece, ending: Piece) -> Page:
    crc = combine(piece.crc, ending.crc, ending.length)
    end = gzip_end(crc, piece.length + ending.length)
    length = len(piece.data) + len(ending.data) + len(end)
    return Page(
        (piece.head, ending.head, b"%d\r\n" % length),
        (piece.data, ending.data, end),
        piece.spent_on,
        ready.is_personal,
        piece.is_withheld,
    )


def _inflated(ready: _Ready, page: Page, tag: bytes) -> Page:
    """The same page for a client without gzip."""
    body = zlib.decompress(b"".join(page.body), 16 + zlib.MAX_WBITS)
    etag = b"etag: %b\r\n" % _etag(tag, is_gzip=False) if ready.is_ok else b""
    head = b"%b%bcontent-length: %d\r\n" % (ready.wire, etag, len(body))
    return page._replace(head=(head,), body=(body,))


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
    head = wire_head(_NOT_MODIFIED, [*kept, (b"etag", etag)])
    return Page((head,), is_personal=ready.is_personal)
