"""Pieces of a page: fragments that follow each other, joined once and kept while none of them changes."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tajuk.edge.crc import combine
from tajuk.edge.slots import Choice
from tajuk.store import DEFLATE, IDENTITIES, IDENTITY, LEANS_ON_NONE, Snapshot, fragment_key
from tajuk.store.snapshot import Version

Keys = tuple[tuple[bytes, bool], ...]
"""Of fragments in the store, and whether a page stands without each."""


class Piece(NamedTuple):
    """Deflate data with what a gzip member has to know of it."""

    version: Version
    """Of the store in which it was last found as it is."""
    identities: bytes
    """Of its fragments: equal there, equal altogether."""
    deflate: bytes
    crc: int
    length: int


def keys_of(chosen: Iterable[Choice]) -> Keys:
    """Where these fragments stand."""
    return tuple((fragment_key(name), may_be_empty) for name, may_be_empty in chosen)


def piece_of(
    snapshot: Snapshot, version: Version, keys: Keys, before: Piece | None = None
) -> Piece | None:
    """The fragments at these keys joined; None if one is missing, damaged, or stands where it may not.

    `before` is what they were the last time: given back when nothing has changed. `version` is the snapshot's.
    """
    values: list[memoryview] = []
    present: list[bytes] = []
    stored = snapshot.stored
    for key, may_be_empty in keys:
        value = stored(key)
        if value is not None:
            values.append(value)
            present.append(key)
        elif not may_be_empty:
            return None
    identities = b"".join([value[IDENTITY] for value in values])
    if before is not None and before.identities == identities:
        return before._replace(version=version)
    if not snapshot.are_whole(version, present):
        return _without_what_is_damaged(snapshot, version, keys, before)
    told = tuple(IDENTITIES.iter_unpack(identities))
    crc = total = 0
    for number, (length, piece, _, gap, on) in enumerate(told):
        if on != LEANS_ON_NONE and not _stands(told[:number], gap, on):
            return None
        crc = combine(crc, piece, length) if total else piece
        total += length
    deflate = b"".join([value[DEFLATE] for value in values])
    return Piece(version, identities, deflate, crc, total)


def _without_what_is_damaged(
    snapshot: Snapshot, version: Version, keys: Keys, before: Piece | None
) -> Piece | None:
    """The same where a damaged fragment is one that the page stands without: as if nothing were there."""
    left = tuple(
        (key, may_be_empty)
        for key, may_be_empty in keys
        if not may_be_empty or snapshot.are_whole(version, (key,))
    )
    return None if left == keys else piece_of(snapshot, version, left, before)


def _stands(before: Sequence[tuple[int, int, bytes, int, bytes]], gap: int, on: bytes) -> bool:
    """Whether a fragment that leans on another stands where it may: so far behind exactly that one."""
    between = 0
    for length, _, digest, _, _ in reversed(before):
        if digest == on and between == gap:
            return True
        between += length
    return False
