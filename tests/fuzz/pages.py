"""What a page may say to whom: read from what was answered, by rules of its own."""

import gzip
import zlib
from dataclasses import dataclass

from tajuk.paywall import Access
from tests.fuzz.surface import BODY, METER, PASSES, REVOKED, ROWS, STORIES

_SUBSCRIBERS = {reader_id for reader_id, row in ROWS.items() if row.entitlements} - {REVOKED}


@dataclass(frozen=True)
class Said:
    """An answer."""

    status: int
    headers: dict[bytes, bytes]
    cookies: list[bytes]
    body: bytes


def said(status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> Said:
    """An answer, if its headers are such as may be sent."""
    cookies = [value for name, value in headers if name == b"set-cookie"]
    named = {name: value for name, value in headers if name != b"set-cookie"}
    assert len(named) + len(cookies) == len(headers), f"a header twice: {headers}"
    for name, value in headers:
        assert name == name.lower()
        assert not {10, 13, 0} & {*name, *value}, (name, value)
    return Said(status, named, cookies, body)


def from_the_wire(answer: bytes) -> Said:
    """The same from its bytes."""
    head, body = answer.split(b"\r\n\r\n", 1)
    status, *lines = head.split(b"\r\n")
    assert status.startswith(b"HTTP/1.1 ")
    pairs = [line.split(b": ", 1) for line in lines]
    return said(int(status[9:12]), [(name, value) for name, value in pairs], body)


def text_of(answer: Said, *, is_head: bool) -> bytes:
    """What the page says, if it is a whole one: one gzip member with its own sum, as long as was said."""
    if is_head or answer.status == 304:
        assert answer.body == b""
        return b""
    assert int(answer.headers[b"content-length"]) == len(answer.body)
    if answer.headers.get(b"content-encoding") != b"gzip":
        return answer.body
    inflater = zlib.decompressobj(31)
    text = inflater.decompress(answer.body)
    assert inflater.eof, "the member has no end"
    assert not inflater.unused_data, "more than one member"
    assert text == gzip.decompress(answer.body)
    return text


def assert_theirs(text: bytes, cookies: bytes) -> None:
    """That this page holds no body and no picks that whoever sent these cookies may not have."""
    holders = {whose for pass_text, whose in PASSES.items() if pass_text in cookies} - {REVOKED}
    for reader_id in ROWS:
        if f"[picked for {reader_id}]".encode() in text:
            assert reader_id in holders, f"picks of {reader_id} for {cookies!r}"
    for access, (number, _) in STORIES.items():
        if BODY.format(number).encode() not in text:
            continue
        match access:
            case Access.REGISTERED:
                assert holders, f"{access} for {cookies!r}"
            case Access.PREMIUM:
                assert holders & _SUBSCRIBERS, f"{access} for {cookies!r}"
            case Access.METERED:
                # Who is counted for the first time, or has a card of ours that isn't spent: only METER is.
                assert holders & _SUBSCRIBERS or not _only_card(cookies), (
                    f"{access} for {cookies!r}"
                )
            case Access.FREE:
                pass


def _only_card(cookies: bytes) -> bool:
    """Whether the first meter among well-formed cookies is the spent one."""
    for each in cookies.split(b";"):
        name, _, value = each.strip().partition(b"=")
        if name == b"tajuk_meter" and value:
            return value == METER
    return False
