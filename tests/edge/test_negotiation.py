"""What request headers ask for."""

import pytest

from tajuk.edge.negotiation import accepts_gzip, names_etag


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        (b"", False),
        (b"gzip", True),
        (b"gzip, deflate, br, zstd", True),
        (b"br", False),
        (b"*", True),
        (b"identity", False),
        (b"gzip;q=0", False),
        (b"gzip;Q=0", False),
        (b"gzip; q=0.000, *", False),
        (b"br;q=1.0, GZIP;q=0.5", True),
        (b"*;q=0", False),
        (b"x-gzip;q=1", True),
        (b"identity;q=0.5, *;q=0.1", True),
        (b"gzip;q=abc", False),
        (b"gzip;q=..", False),
        (b",;q=,,", False),
        (b"\xff\xfe;q=\x00", False),
        (b";q=," * 7500 + b"gzip;q=1", False),
    ],
)
def test_gzip_goes_to_those_who_take_it(asked: bytes, given: bool) -> None:
    assert accepts_gzip(asked) is given


@pytest.mark.parametrize(
    ("named", "matches"),
    [
        (b'"a"', True),
        (b'W/"a"', True),
        (b'"b", "a"', True),
        (b'"b" , W/"a"', True),
        (b"*", True),
        (b'"b"', False),
        (b"a", False),
        (b"", False),
        (b'"a-g"', False),
    ],
)
def test_an_entity_tag_is_found_among_those_named(named: bytes, matches: bool) -> None:
    assert names_etag(named, b'"a"') is matches
