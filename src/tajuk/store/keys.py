"""How names become LMDB keys, which are 511 bytes long at most.

One byte says what stands there; a name too long for a key is kept under its hash, with the name in the value.
"""

from functools import lru_cache
from hashlib import blake2b

PLAN = b"q"
LONG_PLAN = b"Q"
FRAGMENT = b"h"
LONG_FRAGMENT = b"H"
READER = b"v"
MARK = b"k"
RUN = b"t"
SELF = b"i"
"""Their values end with a check. Other letters when their shape changes (`pPgGumr` were the ones before, and `f`): what
an older release wrote is then not found."""
SURROGATE = b"s"
NEWS = b"n"
PURGE = b"x"

LONGEST_KEY = 511
_LONGEST_SURROGATE = 200


def plan_key(path: str) -> bytes:
    """Where a path's plan stands."""
    return _key(PLAN, LONG_PLAN, path)


@lru_cache(maxsize=1 << 14)
def fragment_key(name: str) -> bytes:
    """Where a fragment stands."""
    return _key(FRAGMENT, LONG_FRAGMENT, name)


def surrogate_prefix(surrogate_key: str) -> bytes:
    """What all index entries of a surrogate key begin with."""
    return SURROGATE + surrogate_key.encode() + b"\0"


def surrogate_entry(surrogate_key: str, path: str) -> bytes:
    """The index entry that says a path depends on a surrogate key."""
    return surrogate_prefix(surrogate_key) + _digest(path.encode())


def reader_key(reader_id: int) -> bytes:
    """Where a reader's row stands."""
    return READER + reader_id.to_bytes(8, "big")


def path_in_entry(surrogate_key: str, key: bytes, value: bytes) -> str | None:
    """The path in an index entry; None when it is not the one that belongs at its key."""
    is_its_own = key == surrogate_prefix(surrogate_key) + _digest(value)
    return value.decode() if is_its_own else None


def news_key(message_id: int) -> bytes:
    """Where it stands that a message was committed and not delivered yet."""
    return NEWS + message_id.to_bytes(8, "big")


def purge_key(surrogate_key: str) -> bytes:
    """Where it stands that caches in front have to forget a surrogate key."""
    return PURGE + surrogate_key.encode()


def is_surrogate_key(text: str) -> bool:
    """Whether it may stand in a Surrogate-Key header and in the index."""
    return (
        0 < len(text) <= _LONGEST_SURROGATE
        and text.isascii()
        and all("!" <= c <= "~" for c in text)
    )


def _key(kind: bytes, long_kind: bytes, name: str) -> bytes:
    encoded = name.encode()
    if len(encoded) < LONGEST_KEY:
        return kind + encoded
    return long_kind + _digest(encoded)


def _digest(encoded: bytes) -> bytes:
    return blake2b(encoded, digest_size=32).digest()
