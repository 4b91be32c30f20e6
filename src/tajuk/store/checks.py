"""The check that ends what stands in the store: a CRC-32 over its key and itself.

LMDB trusts its disk. A bit that fell over there could go out as a page: the body of another story, a pass whose
revocation can't be read. What its check doesn't confirm isn't there: no page is made of it, and the press writes over
it whatever run it names.
"""

from zlib import crc32

CHECK_LENGTH = 4
_CONFIRMED = 0x2144DF1C
"""The CRC-32 of anything that is followed by its own CRC-32, lowest byte first."""


def checked(key: bytes, value: bytes) -> bytes:
    """The value as it is to stand at this key."""
    return value + crc32(value, crc32(key)).to_bytes(CHECK_LENGTH, "little")


def is_whole(key: bytes, value: bytes | memoryview) -> bool:
    """Whether this is what was written at this key."""
    return crc32(value, crc32(key)) == _CONFIRMED
