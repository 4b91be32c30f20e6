"""Pieces of a page: fragments that follow each other, joined once and kept while none of them changes."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tajuk.edge.crc import combine
from tajuk.edge.slots import Choice
from tajuk.store import DEFLATE, IDENTITIES, IDENTITY, LEAN, LEANS, NO_LEAN, Snapshot, fragment_key
from tajuk.store.snapshot import Version


class Piece(NamedTuple):
    """Deflate data with what a gzip member has to know of it."""

    version: Version
    """Of the store in which it was last found as it is."""
    identities: bytes
    """Of its fragments: equal there, equal altogether."""
    deflate: bytes
    crc: int
    length: int


def piece_of(snapshot: Snapshot, chosen: Iterable[Choice], before: Piece | None) -> Piece | None:
    """These fragments joined; None if one is missing, or stands where it may not.

    `before` is what they were the last time: given back when nothing has changed.
    """
    values = _values(snapshot, chosen)
    if values is None:
        return None
    identities = b"".join([value[IDENTITY] for value in values])
    if before is not None and before.identities == identities:
        return before._replace(version=snapshot.version)
    if not _stands(values, identities):
        return None
    crc = length = 0
    for raw_length, piece, _ in IDENTITIES.iter_unpack(identities):
        crc = combine(crc, piece, raw_length)
        length += raw_length
    deflate = b"".join([value[DEFLATE] for value in values])
    return Piece(snapshot.version, identities, deflate, crc, length)


def _values(snapshot: Snapshot, chosen: Iterable[Choice]) -> list[memoryview] | None:
    values: list[memoryview] = []
    stored = snapshot.stored
    for name, may_be_empty in chosen:
        value = stored(fragment_key(name))
        if value is not None:
            values.append(value)
        elif not may_be_empty:
            return None
    return values


def _stands(values: Sequence[memoryview], identities: bytes) -> bool:
    """Whether each fragment that leans on another stands where it may: so far behind exactly that one."""
    for number, value in enumerate(values):
        if value[LEAN] == NO_LEAN:
            continue
        gap, on = LEANS.unpack(value[LEAN])
        between = 0
        for length, _, digest in reversed(list(IDENTITIES.iter_unpack(identities))[:number]):
            if digest == on and between == gap:
                break
            between += length
        else:
            return False
    return True
