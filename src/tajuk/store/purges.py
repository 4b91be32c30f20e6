"""What caches in front have to forget, noted with the change itself."""

import time
from datetime import UTC, datetime
from struct import Struct
from typing import NamedTuple

_VALUE = Struct("<QQ")
_MICROSECONDS = 1_000_000


class ToPurge(NamedTuple):
    """A surrogate key that caches in front have to forget."""

    key: str
    noted: bytes
    """Differs each time it is noted."""
    noted_at: datetime


def purge_value(transaction: int) -> bytes:
    """What stands at a purge's key: the transaction that noted it, and when."""
    return _VALUE.pack(transaction, time.time_ns() // 1000)


def to_purge(key: bytes, value: bytes) -> ToPurge:
    """The purge at a key of the store."""
    _, moment = _VALUE.unpack(value)
    return ToPurge(key[1:].decode(), value, datetime.fromtimestamp(moment / _MICROSECONDS, UTC))
