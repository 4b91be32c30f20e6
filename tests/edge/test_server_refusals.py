"""What our own server doesn't let through: refused in plain words, the line closed, nobody else harmed."""

from collections.abc import Iterator

import pytest

from tajuk.edge.server import Limits
from tests.edge.serving import PAGE, Served, answers, served


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    with served() as running:
        yield running


def with_headers(
    *lines: bytes, first: bytes = b"GET /echo HTTP/1.1", host: bytes = b"Host: uji"
) -> bytes:
    return b"\r\n".join([first, *([host] if host else []), *lines]) + b"\r\n\r\n"


UPGRADE = (b"Connection: upgrade", b"Upgrade: websocket")
INNER = with_headers(first=b"GET /other HTTP/1.1")
REFUSED = {
    # what is too large
    "a long request line": (414, with_headers(first=b"GET /" + b"a" * 20_000 + b" HTTP/1.1")),
    "a very long request line": (414, with_headers(first=b"GET /" + b"a" * 500_000 + b" HTTP/1.1")),
    "a long line without an end": (414, b"GET /" + b"a" * 40_000),
    "a large header": (431, with_headers(b"Cookie: " + b"a" * 33_000)),
    "a very large header": (431, with_headers(b"Cookie: " + b"a" * 500_000)),
    "large headers": (431, with_headers(*[b"X: " + b"a" * 1000] * 40)),
    "a header without an end": (431, b"GET /page HTTP/1.1\r\nCookie: " + b"a" * 80_000),
    "a header name without an end": (431, b"GET /page HTTP/1.1\r\n" + b"a" * 80_000),
    "many headers": (431, with_headers(*[b"X: y"] * 100)),
    "headers without an end": (431, b"GET /page HTTP/1.1\r\n" + b"X: y\r\n" * 20_000),
    "empty lines without an end": (431, b"\r\n" * 40_000),
    # what can be read in two ways
    "a length and chunks": (400, with_headers(b"Content-Length: 5", b"Transfer-Encoding: chunked")),
    "chunks and a length": (400, with_headers(b"Transfer-Encoding: chunked", b"Content-Length: 5")),
    "two lengths": (400, with_headers(b"Content-Length: 5", b"Content-Length: 5")),
    "a list of lengths": (400, with_headers(b"Content-Length: 5, 5")),
    "a negative length": (400, with_headers(b"Content-Length: -5")),
    "a signed length": (400, with_headers(b"Content-Length: +5")),
    "an empty length": (400, with_headers(b"Content-Length:")),
    "an endless length": (400, with_headers(b"Content-Length: " + b"9" * 30)),
    "an endless zero for a length": (400, with_headers(b"Content-Length: " + b"0" * 5000)),
    "a host with a path": (400, with_headers(host=b"Host: uji/x")),
    "a host with a name before it in the fast lane": (
        400, with_headers(first=b"GET /page HTTP/1.1", host=b"Host: a b@uji"),
    ),
    "another coding": (400, with_headers(b"Transfer-Encoding: gzip, chunked")),
    "another coding last": (400, with_headers(b"Transfer-Encoding: chunked, gzip")),
    "chunks twice": (400, with_headers(b"Transfer-Encoding: chunked", b"Transfer-Encoding: chunked")),
    "chunks from an old client": (
        400, with_headers(b"Transfer-Encoding: chunked", first=b"POST /echo HTTP/1.0"),
    ),
    "a length and an upgrade": (400, with_headers(b"Content-Length: 34", *UPGRADE) + INNER),
    "an upgrade and a length": (400, with_headers(*UPGRADE, b"Content-Length: 34") + INNER),
    "chunks and an upgrade": (
        400, with_headers(b"Transfer-Encoding: chunked", *UPGRADE) + b"22\r\n" + INNER + b"\r\n0\r\n\r\n",
    ),
    "a folded header": (400, with_headers(b"X: a", b" b")),
    "a space before the colon": (400, with_headers(b"X : a")),
    "a space before the first header": (400, with_headers(host=b" Host: uji")),
    "a line without a colon": (400, with_headers(b"X")),
    "lone line ends": (400, b"GET /page HTTP/1.1\nHost: uji\n\n"),
    "a lone carriage return": (400, with_headers(b"X: a\rb")),
    "no host": (400, with_headers(host=b"")),
    "no host in the fast lane": (400, with_headers(first=b"GET /page HTTP/1.1", host=b"")),
    "two hosts": (400, with_headers(b"Host: uji")),
    "two hosts in the fast lane": (400, with_headers(b"Host: b", first=b"GET /page HTTP/1.1")),
    # what is no request of ours
    "an unknown version": (400, with_headers(first=b"GET /page HTTP/9.9")),
    "version two": (400, with_headers(first=b"GET /page HTTP/2.0")),
    "version two's preface": (400, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
    "no version": (400, b"GET /page\r\n\r\n"),
    "another protocol": (400, with_headers(first=b"DESCRIBE /page RTSP/1.0")),
    "an unheard-of method": (400, with_headers(first=b"NONSENSE /page HTTP/1.1")),
    "a method in small letters": (400, with_headers(first=b"get /page HTTP/1.1")),
    "a proxy asked to connect": (400, with_headers(first=b"CONNECT uji:443 HTTP/1.1")),
    "a star": (400, with_headers(first=b"OPTIONS * HTTP/1.1")),
    "a star to get": (400, with_headers(first=b"GET * HTTP/1.1")),
    "an address of another kind": (400, with_headers(first=b"GET ftp://uji/page HTTP/1.1")),
    "an address without a host": (400, with_headers(first=b"GET http:///page HTTP/1.1")),
    "an address with a name in it": (400, with_headers(first=b"GET http://a:b@uji/ HTTP/1.1")),
    "half an address": (400, with_headers(first=b"GET http://[::1 HTTP/1.1")),
    "a fragment": (400, with_headers(first=b"GET /echo#a HTTP/1.1")),
    "a handshake of TLS": (400, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 40),
    "an unmet expectation": (417, with_headers(b"Expect: 200-ok")),
    # what hides something
    "zero in the path": (400, with_headers(first=b"GET /a\0b HTTP/1.1")),
    "a hidden zero": (400, with_headers(first=b"GET /echo/%00 HTTP/1.1")),
    "a hidden line end": (400, with_headers(first=b"GET /echo/%0d%0aX:%20y HTTP/1.1")),
    "a hidden delete": (400, with_headers(first=b"GET /echo/%7f HTTP/1.1")),
    "a control character in the path": (400, with_headers(first=b"GET /a\x01b HTTP/1.1")),
    "bare bytes in the path": (400, with_headers(first=b"GET /\xff\xfe HTTP/1.1")),
    "zero in a value": (400, with_headers(b"X: a\0b")),
    "a control character in a value": (400, with_headers(b"X: a\x01b")),
    "zero in a name": (400, with_headers(b"X\0: a")),
    "a fragment in the query": (400, with_headers(first=b"GET /echo?a#b HTTP/1.1")),
    "a fragment in the fast lane": (400, with_headers(first=b"GET /page?a#b HTTP/1.1")),
    # bodies
    "no chunk size": (400, with_headers(b"Transfer-Encoding: chunked") + b"xyz\r\n"),
    "an endless chunk": (400, with_headers(b"Transfer-Encoding: chunked") + b"f" * 30 + b"\r\n"),
    "a chunk longer than its size": (
        400, with_headers(b"Transfer-Encoding: chunked") + b"2\r\nabcdef\r\n0\r\n\r\n",
    ),
    "endless chunk notes": (
        400, with_headers(b"Transfer-Encoding: chunked") + b"1;" + b"a" * 200_000,
    ),
    "endless trailers": (
        400, with_headers(b"Transfer-Encoding: chunked") + b"0\r\n" + b"X: y\r\n" * 40_000,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused_and_the_line_closed(server: Served, case: str) -> None:
    status, wire = REFUSED[case]
    (said,) = answers(server.wire(wire))
    assert said.status == status
    assert said.headers["connection"] == "close"
    assert said.headers["content-type"] == "text/plain; charset=utf-8"
    indonesian, english = said.body.decode().splitlines()
    assert indonesian != english


@pytest.mark.parametrize("case", [case for case in REFUSED if "without an end" not in case])
def test_what_was_asked_before_it_is_answered_before_it(server: Served, case: str) -> None:
    status, wire = REFUSED[case]
    before = with_headers(first=b"GET /page HTTP/1.1") + with_headers()
    page, echo, refused = answers(server.wire(before + wire))
    assert page.body == PAGE
    assert (echo.status, refused.status) == (200, status)


def test_what_comes_after_it_is_not_read(server: Served) -> None:
    after = with_headers(first=b"GET /page HTTP/1.1")
    for case in ("two hosts", "a length and chunks", "a folded header"):
        (said,) = answers(server.wire(REFUSED[case][1] + after))
        assert said.status == 400


def test_nothing_is_read_after_a_request_that_closes(server: Served) -> None:
    closing = with_headers(b"Connection: close", first=b"GET /page HTTP/1.1")
    (said,) = answers(server.wire(closing + with_headers(first=b"GET /page HTTP/1.1")))
    assert said.body == PAGE
    (said,) = answers(server.wire(with_headers(b"Connection: close") + b"\0nonsense"))
    assert said.status == 200


def test_headers_just_within_the_limits_are_let_through(server: Served) -> None:
    close = b"Connection: close"
    for wire in (
        with_headers(b"Cookie: " + b"a" * 32_000, close),
        with_headers(*[b"X: y"] * 98, close),
        with_headers(close, first=b"GET /echo/" + b"a" * 16_000 + b" HTTP/1.1"),
    ):
        assert answers(server.wire(wire))[0].status == 200
        # The second half comes later: counted in the same way.
        half = len(wire) // 2
        assert answers(server.wire(wire[:half], wire[half:]))[0].status == 200


def test_a_large_request_behind_an_upload_is_not_counted_with_it(server: Served) -> None:
    body = b"x" * 250_000
    upload = with_headers(b"Content-Length: 250000", first=b"POST /echo HTTP/1.1") + body
    after = with_headers(b"Cookie: " + b"a" * 20_000, b"Connection: close")
    for cut in (1, 10_000, len(after) - 1):
        first, second = answers(server.wire(upload + after[:cut], after[cut:]))
        assert first.status == second.status == 200


def test_more_clients_than_there_is_room_for_are_told_so() -> None:
    limits = Limits(connections=3, linger_seconds=0.2, look_seconds=0.05)
    with served(limits) as server:
        inside = [server.connect() for _ in range(3)]
        for line in inside:
            line.sendall(with_headers(first=b"GET /page HTTP/1.1"))
            assert line.recv(12) == b"HTTP/1.1 200"
        for _ in range(5):
            (said,) = answers(server.wire(with_headers(first=b"GET /page HTTP/1.1")))
            assert said.status == 503
            assert said.headers["retry-after"] == "5"
        for line in inside:  # unharmed
            line.sendall(with_headers(b"Connection: close"))
            while piece := line.recv(1 << 16):
                last = piece
            assert last.endswith(b"}")
            line.close()
        closing = with_headers(b"Connection: close", first=b"GET /page HTTP/1.1")
        assert answers(server.wire(closing))[0].status == 200


def test_requests_behind_a_slow_one_are_limited() -> None:
    with served(Limits(pipelined=10, end_seconds=2)) as server, server.connect() as line:
        line.sendall(with_headers(first=b"GET /hold HTTP/1.1") + with_headers() * 50)
        assert server.paper.begun.wait(10)
        server.paper.let_go.set()
        wire = b""
        while piece := line.recv(1 << 16):
            wire += piece
    said = answers(wire)
    assert len(said) == 11
    assert said[-1].headers["connection"] == "close"
