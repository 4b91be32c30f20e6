"""Fragments: compressed once, so that a page is made of them by joining alone.

A fragment's deflate data is raw (no header, no trailer) and ended by a full flush: it stands on a byte
boundary and refers to nothing before it, so any sequence of fragments is a valid deflate stream that lacks
only its final block.
"""

import struct
import zlib
from collections.abc import Iterable
from hashlib import blake2b
from typing import NamedTuple

from tajuk.store.checks import CHECK_LENGTH

LEVEL = 9
"""Pressed once, sent many times. On our pages level 9 takes no longer than 6 (0.5 ms for 11 kB)."""

_HEAD = struct.Struct("<QII16sI16s")
_DIGEST_LENGTH = 16
IDENTITY = slice(8, _HEAD.size)
"""Where a stored fragment says its length, CRC-32, digest, and on which other one it leans how: equal there, equal
altogether.
"""
IDENTITIES = struct.Struct("<II16sI16s")
"""How to read one, or many in a row."""
LEANS_ON_NONE = bytes(_DIGEST_LENGTH)
DEFLATE = slice(_HEAD.size, -CHECK_LENGTH)
"""Where its data stands; the check follows."""


class Lean(NamedTuple):
    """A fragment may refer to an earlier one of its page: it is right only after exactly that one, so far before.

    Two own parts of a page, with a slot in between whose length never changes, are compressed as one then.
    """

    gap: int
    """How many raw bytes stand in between."""
    on: bytes
    """The earlier fragment's digest."""


class Fragment(NamedTuple):
    """A piece of a page, ready compressed.

    Out of a snapshot `deflate` is a view into the store, valid until the snapshot is left.
    """

    deflate: bytes | memoryview
    raw_length: int
    crc: int
    digest: bytes
    lean: Lean | None = None


def compressed(raw: bytes) -> Fragment:
    """The fragment of these bytes."""
    return _fragment(_compressor(), raw)


def compressed_together(first: bytes, gap: int, then: Iterable[bytes]) -> list[Fragment]:
    """The fragment of `first`, and those of what may follow it with `gap` raw bytes in between, each leaning on it."""
    press = _compressor()
    head = press.compress(first) + press.flush(zlib.Z_SYNC_FLUSH)
    leading = Fragment(head, len(first), zlib.crc32(first), _digest(first))
    # Bytes that no page holds, so that nothing can refer to what stands there.
    press.compress(bytes(gap))
    press.flush(zlib.Z_SYNC_FLUSH)
    lean = Lean(gap, leading.digest)
    return [
        leading,
        *(
            # What holds such a byte itself might refer to one of the gap's: it stands alone.
            compressed(raw) if b"\0" in raw else _fragment(press.copy(), raw)._replace(lean=lean)
            for raw in then
        ),
    ]


def inflated(fragment: Fragment) -> bytes:
    """The bytes again. Raises zlib.error for one that leans on another: inflate them together."""
    return zlib.decompressobj(-zlib.MAX_WBITS).decompress(fragment.deflate)


def packed(run: int, fragment: Fragment) -> bytes:
    """A fragment as the store keeps it, under its run number, without the check."""
    gap, on = fragment.lean or (0, LEANS_ON_NONE)
    head = _HEAD.pack(run, fragment.raw_length, fragment.crc, fragment.digest, gap, on)
    return head + fragment.deflate


def unpacked(value: bytes | memoryview) -> Fragment:
    """A fragment as it stands in the store, its check behind it; its data is not copied."""
    _, raw_length, crc, digest, gap, on = _HEAD.unpack_from(value)
    lean = Lean(gap, on) if on != LEANS_ON_NONE else None
    return Fragment(value[DEFLATE], raw_length, crc, digest, lean)


def _compressor() -> "zlib._Compress":
    return zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL)


def _fragment(press: "zlib._Compress", raw: bytes) -> Fragment:
    deflate = press.compress(raw) + press.flush(zlib.Z_FULL_FLUSH)
    return Fragment(deflate, len(raw), zlib.crc32(raw), _digest(raw))


def _digest(raw: bytes) -> bytes:
    return blake2b(raw, digest_size=_DIGEST_LENGTH).digest()
