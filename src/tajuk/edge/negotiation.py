"""What a request's headers ask for."""

import re
from collections.abc import Iterable
from typing import NamedTuple

_AHEAD = frozenset({b"purpose", b"sec-purpose", b"x-moz"})
"""Headers by which browsers say that they only fetch ahead (all begin with `prefetch`)."""
_LONGEST = 512
"""Bytes of an Accept-Encoding that is looked at: browsers send some twenty."""
_WEIGHT = re.compile(rb";\s*q\s*=\s*([^;,\s]*)")


def accepts_gzip(accept_encoding: bytes) -> bool:
    """Whether gzip may be sent. No header: no (RFC 9110 allows any coding, but such clients rarely inflate)."""
    if not accept_encoding or len(accept_encoding) > _LONGEST:
        return False
    if b"=" not in accept_encoding:
        return b"gzip" in accept_encoding or b"*" in accept_encoding
    weights: dict[bytes, float] = {}
    for item in accept_encoding.lower().split(b","):
        name = item.split(b";", 1)[0].strip()
        weights[name] = _weight(item)
    gzip = weights.get(b"gzip", weights.get(b"x-gzip", weights.get(b"*", 0.0)))
    return gzip > 0


def _weight(item: bytes) -> float:
    match = _WEIGHT.search(item)
    if match is None:
        return 1.0
    try:
        return float(match[1])
    except ValueError:
        return 0.0


def names_etag(if_none_match: bytes, etag: bytes) -> bool:
    """Whether If-None-Match names this entity tag (weak comparison, as RFC 9110 asks for GET)."""
    if not if_none_match:
        return False
    if if_none_match == etag:
        return True
    if if_none_match.strip() == b"*":
        return True
    return any(each.strip().removeprefix(b"W/") == etag for each in if_none_match.split(b","))


class Asked(NamedTuple):
    """What a request's headers ask for."""

    accept_encoding: bytes
    if_none_match: bytes
    cookies: bytes
    may_spend: bool
    """Whether a person is about to read: not for headers alone, not while a browser only fetches ahead."""


def asked_for(headers: Iterable[tuple[bytes, bytes]], *, is_head: bool) -> Asked:
    """Reads them. Several Cookie lines are one (RFC 9113 allows it, and proxies write it so)."""
    accept_encoding = if_none_match = cookies = b""
    may_spend = not is_head
    for name, value in headers:
        if name == b"accept-encoding":
            accept_encoding = value
        elif name == b"cookie":
            cookies = cookies + b"; " + value if cookies else value
        elif name == b"if-none-match":
            if_none_match = value
        elif name in _AHEAD and value.startswith(b"prefetch"):
            may_spend = False
    return Asked(accept_encoding, if_none_match, cookies, may_spend)
