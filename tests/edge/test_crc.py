"""Checksums of pieces joined."""

import zlib

from hypothesis import given, settings
from hypothesis import strategies as st

from tajuk.edge.crc import (
    combine,
    combine_by_operators,
    combine_in_python,
    combine_of_zlib,
)


@settings(deadline=None)
@given(st.binary(max_size=5000), st.binary(max_size=5000))
def test_the_checksum_of_two_pieces_is_that_of_the_whole(first: bytes, second: bytes) -> None:
    whole = zlib.crc32(first + second)
    parts = zlib.crc32(first), zlib.crc32(second), len(second)

    assert combine(*parts) == whole
    assert combine_in_python(*parts) == whole
    for of_zlib in (combine_of_zlib(), combine_by_operators()):
        assert of_zlib is None or of_zlib(*parts) == whole


def test_zlib_itself_is_found_on_this_machine() -> None:
    assert combine_of_zlib() is not None
