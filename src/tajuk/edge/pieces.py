"""Pieces of an answer: fragments that follow each other, joined once and kept while none of them changes."""

from binascii import b2a_base64
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from struct import Struct
from typing import NamedTuple

from tajuk.edge.crc import combine
from tajuk.edge.slots import Choice
from tajuk.store import DEFLATE, IDENTITIES, IDENTITY, LEANS_ON_NONE, Snapshot, fragment_key
from tajuk.store.snapshot import Version


class Keys(NamedTuple):
    """Where fragments stand in the store."""

    every: tuple[bytes, ...]
    needless: frozenset[bytes]
    """Those without which a page stands."""


GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
"""Deflate, no name, no time, unknown system (RFC 1952)."""
_GZIP_END = Struct("<2sII")
_LAST_BLOCK = b"\x03\x00"
"""An empty final block: the fragments before it were ended by a flush and lack one."""
_TAG_BYTES = 12


class Piece:
    """Fragments joined, with what a gzip member has to know of them."""

    __slots__ = (
        "crc",
        "data",
        "head",
        "identities",
        "is_withheld",
        "keys",
        "length",
        "spent_on",
        "tag",
        "version",
    )

    def __init__(self, keys: Keys, identities: bytes, tag: bytes, data: bytes, crc: int, length: int) -> None:  # fmt: skip
        self.keys = keys
        self.identities = identities
        """Of its fragments: equal there, equal altogether."""
        self.tag = tag
        """Of sixteen characters, for the entity tag."""
        self.data = data
        self.crc = crc
        self.length = length
        """Inflated."""
        self.version: Version = (0, 0)
        """Of the store in which its fragments were last found as they are."""
        self.head = b""
        """What it adds to the answer's head."""
        self.spent_on: int | None = None
        """The story it takes off the reader's meter."""
        self.is_withheld = False
        """Whether it shows a story closed that would be open if somebody were about to read it."""


def keys_of(chosen: Iterable[Choice]) -> Keys:
    """Where these fragments stand."""
    every: list[bytes] = []
    needless: list[bytes] = []
    for name, may_be_empty in chosen:
        key = fragment_key(name)
        every.append(key)
        if may_be_empty:
            needless.append(key)
    return Keys(tuple(every), frozenset(needless))


def is_unchanged(snapshot: Snapshot, piece: Piece) -> bool:
    """Whether the piece would be joined of the same fragments now; it is then of this version of the store."""
    values = map(snapshot.stored, piece.keys.every)
    if b"".join([each[IDENTITY] for each in values if each is not None]) != piece.identities:
        return False
    piece.version = snapshot.version
    return True


def gzip_end(crc: int, length: int) -> bytes:
    """What closes a gzip member."""
    return _GZIP_END.pack(_LAST_BLOCK, crc, length & 0xFFFFFFFF)


def piece_of(
    snapshot: Snapshot, keys: Keys, *, salt: bytes = b"", opens: bool = False, closes: bool = False
) -> Piece | None:
    """The fragments at these keys joined; None if one is missing, damaged, or stands where it may not.

    `opens` and `closes`: it begins a gzip member, and ends it. `salt` is hashed into the tag.
    """
    found = list(map(snapshot.stored, keys.every))
    values = [value for value in found if value is not None]
    present = keys.every
    if len(values) < len(found):
        present = tuple(key for key, value in zip(present, found, strict=True) if value is not None)
        if not keys.needless.issuperset(set(keys.every).difference(present)):
            return None
    if not snapshot.are_whole(present):
        return _without_what_is_damaged(snapshot, keys, salt=salt, opens=opens, closes=closes)
    identities = b"".join([value[IDENTITY] for value in values])
    told = tuple(IDENTITIES.iter_unpack(identities))
    crc = total = 0
    for number, (length, checksum, _, gap, on) in enumerate(told):
        if on != LEANS_ON_NONE and not _stands(told[:number], gap, on):
            return None
        crc = combine(crc, checksum, length) if number else checksum
        total += length
    data: list[bytes | memoryview] = [value[DEFLATE] for value in values]
    if opens:
        data.insert(0, GZIP_HEAD)
    if closes:
        data.append(gzip_end(crc, total))
    hashed = blake2b(identities, digest_size=_TAG_BYTES, key=salt).digest()
    tag = b2a_base64(hashed, newline=False)
    piece = Piece(keys, identities, tag, b"".join(data), crc, total)
    piece.version = snapshot.version
    return piece


def _without_what_is_damaged(
    snapshot: Snapshot, keys: Keys, *, salt: bytes, opens: bool, closes: bool
) -> Piece | None:
    """The same where a damaged fragment is one that the page stands without: as if nothing were there."""
    damaged = {
        key for key in keys.needless.intersection(keys.every) if not snapshot.are_whole((key,))
    }
    if not damaged:
        return None
    left = keys._replace(every=tuple(key for key in keys.every if key not in damaged))
    piece = piece_of(snapshot, left, salt=salt, opens=opens, closes=closes)
    if piece is not None:
        piece.keys = keys  # the others are asked for again when the store has changed
    return piece


def _stands(before: Sequence[tuple[int, int, bytes, int, bytes]], gap: int, on: bytes) -> bool:
    """Whether a fragment that leans on another stands where it may: so far behind exactly that one."""
    between = 0
    for length, _, digest, _, _ in reversed(before):
        if digest == on and between == gap:
            return True
        between += length
    return False
