"""Whatever comes, in whatever pieces: the same answer, or a clean refusal; never an error of ours, never silence."""

import socket
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tajuk.edge.server import Limits
from tests.edge.serving import PAGE, Said, Served, answers, read_all, served

EASY = Limits(head_seconds=5, linger_seconds=0.5, look_seconds=0.1)
REQUESTS = [
    b"GET /page HTTP/1.1\r\nHost: uji\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n",
    b"GET /page?a=b HTTP/1.1\r\nHost: uji\r\nCookie: a=b\r\n\r\nHEAD /page HTTP/1.0\r\n\r\n",
    b"POST /echo HTTP/1.1\r\nHost: uji\r\nContent-Length: 11\r\n\r\nhello world"
    b"GET http://a.example/echo/%C3%A9 HTTP/1.1\r\nHost: uji\r\nConnection: close\r\n\r\n",
    b"PUT /echo HTTP/1.1\r\nHost: uji\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    b"5;a=b\r\nhello\r\n06\r\n world\r\n0\r\nX-Trailer: y\r\n\r\n",
    b"GET /page HTTP/1.1\r\nHost: uji\r\nUpgrade: h2c\r\nConnection: upgrade\r\n\r\n"
    b"GET /stream?pieces=2&size=3 HTTP/1.1\r\nHost: uji\r\nConnection: close\r\n\r\n",
    b"GET /page HTTP/1.1\r\nHost: uji\r\nHost: b\r\n\r\n",
    b"GET /page HTTP/1.1\r\nHost: uji\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"GET /echo/%0d HTTP/1.1\r\nHost: uji\r\n\r\n",
    b"NONSENSE /page HTTP/1.1\r\nHost: uji\r\n\r\n",
]  # fmt: skip
METHODS = {1: ("GET", "HEAD")}


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    with served(EASY) as running:
        yield running


def told(said: list[Said]) -> list[tuple[int, str, bytes]]:
    """What must not depend on the pieces: our port at the client's end and the date may."""
    return [(each.status, each.headers.get("connection", ""), _steady(each.body)) for each in said]


def _steady(body: bytes) -> bytes:
    before, client, after = body.partition(b'"client": ')
    return before + (after.partition(b"]")[2] if client else b"")


@pytest.mark.parametrize("number", range(len(REQUESTS)))
def test_a_request_may_be_cut_anywhere(server: Served, number: int) -> None:
    wire, methods = REQUESTS[number], METHODS.get(number, ())
    whole = told(answers(server.wire(wire), *methods))
    for cut in range(1, len(wire)):
        assert told(answers(server.wire(wire[:cut], wire[cut:]), *methods)) == whole, cut


@given(number=st.integers(0, len(REQUESTS) - 1), cuts=st.lists(st.integers(1, 200), max_size=12))
@settings(max_examples=150, deadline=None)
def test_or_be_cut_into_many_pieces(server: Served, number: int, cuts: list[int]) -> None:
    wire, methods = REQUESTS[number], METHODS.get(number, ())
    places = [0, *sorted(each for each in set(cuts) if each < len(wire)), len(wire)]
    pieces = [wire[a:b] for a, b in pairwise(places)]
    assert told(answers(server.wire(*pieces), *methods)) == told(
        answers(server.wire(wire), *methods)
    )


def test_a_request_may_come_byte_by_byte(server: Served) -> None:
    for number, wire in enumerate(REQUESTS):
        pieces = [wire[each : each + 1] for each in range(len(wire))]
        methods = METHODS.get(number, ())
        assert told(answers(server.wire(*pieces), *methods)) == told(
            answers(server.wire(wire), *methods)
        )


TOKENS = st.sampled_from([
    b"GET ", b"POST ", b"HEAD ", b"/page", b"/echo", b"/", b" HTTP/1.1\r\n", b" HTTP/1.0\r\n", b"\r\n", b"\r\n\r\n",
    b"Host: uji\r\n", b"Content-Length: 5\r\n", b"Content-Length: ", b"Transfer-Encoding: chunked\r\n",
    b"Connection: close\r\n", b"Connection: keep-alive\r\n", b"Expect: 100-continue\r\n", b"Upgrade: x\r\n",
    b"Connection: upgrade\r\n", b"hello", b"0\r\n\r\n", b"5\r\nhello\r\n", b"%00", b"%ff", b"?", b"#", b": ", b" ",
    b"\t", b"\0", b"\xff", b"http://a", b"*",
])  # fmt: skip
NOISE = st.lists(TOKENS | st.binary(max_size=8), max_size=30).map(b"".join)


@given(noise=st.binary(max_size=300) | NOISE)
@example(noise=b"\r\n\r\n")
@example(noise=b"GET /page HTTP/1.1\r\nHost: uji\r\n\r\nG")
@settings(max_examples=400, deadline=None)
def test_any_bytes_end_in_answers_or_a_refusal(server: Served, noise: bytes) -> None:
    with server.connect(timeout=10) as line:
        try:
            line.sendall(noise)
            line.shutdown(socket.SHUT_WR)
        except ConnectionError:
            pass  # refused already
        wire = read_all(line)  # a time-out here is a request without an answer
    statuses = [
        int(line.split(b" ")[1]) for line in wire.split(b"\r\n") if line.startswith(b"HTTP/1.1 ")
    ]
    assert all(status in {100, 200, 400, 404, 414, 417, 431} for status in statuses), wire
    assert wire.startswith(b"HTTP/1.1 ") or not wire


@given(noise=NOISE)
@settings(max_examples=100, deadline=None)
def test_a_good_request_before_any_bytes_is_answered(server: Served, noise: bytes) -> None:
    with server.connect(timeout=10) as line:
        try:
            line.sendall(b"GET /page HTTP/1.1\r\nHost: uji\r\n\r\n" + noise)
            line.shutdown(socket.SHUT_WR)
        except ConnectionError:
            pass
        wire = read_all(line)
    head, _, rest = wire.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 ")
    assert rest.startswith(PAGE)
