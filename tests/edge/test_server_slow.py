"""Clients that are slow, on purpose or not, and the end of the server."""

import contextlib
import json
import logging
import socket
import threading
import time
from dataclasses import replace

import pytest

from tajuk.edge.server import Limits
from tajuk.edge.server.pace import pace
from tests.edge.serving import PAGE, QUICK, answers, read_all, served

GET = b"GET /page HTTP/1.1\r\nHost: uji\r\n\r\n"
UPLOAD = b"POST /echo HTTP/1.1\r\nHost: uji\r\nContent-Length: 1000\r\n\r\n"


@pytest.mark.parametrize("begun", [b"G", b"GET /pa", b"GET /page HTTP/1.1\r\nHost: u", b"\r\n"])
def test_headers_that_don_t_come_are_given_up(begun: bytes) -> None:
    with served(QUICK) as server:
        began = time.monotonic()
        (said,) = answers(server.wire(begun))
        assert said.status == 408
        assert time.monotonic() - began >= QUICK.head_seconds


def test_headers_that_drip_are_given_up() -> None:
    with served(QUICK) as server, server.connect() as line, contextlib.suppress(ConnectionError):
        line.settimeout(0.05)
        wire = b""
        for byte in b"GET /page HTTP/1.1\r\nHost: uji\r\nX: " + b"y" * 200:
            line.sendall(bytes([byte]))
            with contextlib.suppress(TimeoutError):
                wire += line.recv(1000)
            if wire:
                break
        assert wire.startswith(b"HTTP/1.1 408 ")


def test_headers_that_drip_after_a_good_request_are_given_up() -> None:
    with served(QUICK) as server:
        page, late = answers(server.wire(GET, b"GET /page HTTP/1.1\r\nHo"))
    assert (page.body, late.status) == (PAGE, 408)


def test_who_never_says_a_word_is_hung_up_on() -> None:
    with served(QUICK) as server, server.connect() as line:
        began = time.monotonic()
        assert read_all(line) == b""
        assert QUICK.head_seconds <= time.monotonic() - began < 5


def test_an_idle_line_is_closed_and_an_active_one_kept() -> None:
    with served(QUICK) as server, server.connect() as line:
        for _ in range(4):
            line.sendall(GET)
            got = b""
            while not got.endswith(PAGE):
                got += line.recv(1 << 16)
            threading.Event().wait(QUICK.idle_seconds / 2)
        began = time.monotonic()
        assert read_all(line) == b""
        assert QUICK.idle_seconds / 4 < time.monotonic() - began < 5


def test_a_body_that_stops_is_given_up() -> None:
    with served(QUICK) as server:
        (said,) = answers(server.wire(UPLOAD + b"x" * 999))
        assert said.status == 408
        assert server.paper.gone.wait(10)


def test_a_body_that_comes_slowly_but_comes_is_taken() -> None:
    with served(QUICK) as server, server.connect() as line:
        line.sendall(UPLOAD)
        for _ in range(10):
            line.sendall(b"x" * 100)
            threading.Event().wait(QUICK.body_seconds / 3)
        line.sendall(GET.replace(b"Host", b"Connection: close\r\nHost"))
        upload, page = answers(read_all(line))
    assert json.loads(upload.body)["length"] == 1000
    assert page.body == PAGE


def test_a_client_is_not_blamed_for_an_application_that_doesn_t_read() -> None:
    limits = replace(QUICK, body_buffer=1000)
    with served(limits) as server, server.connect() as line:
        line.sendall(UPLOAD.replace(b"/echo", b"/lazy").replace(b"1000", b"50000") + b"x" * 20_000)
        assert server.paper.begun.wait(10)
        threading.Event().wait(3 * limits.body_seconds)
        server.paper.let_go.set()
        line.sendall(b"x" * 30_000 + GET.replace(b"Host", b"Connection: close\r\nHost"))
        upload, _ = answers(read_all(line))
    assert json.loads(upload.body)["length"] == 50_000


@pytest.mark.parametrize("path", [b"/page", b"/stream?pieces=100000&size=10000"])
def test_a_reader_who_doesn_t_read_is_cut_off(path: bytes) -> None:
    wanted = b"GET " + path + b" HTTP/1.1\r\nHost: uji\r\n\r\n"
    with served(QUICK) as server, server.connect() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.settimeout(10)
        with pytest.raises(ConnectionError):  # noqa: PT012  whichever call meets it
            while True:  # pages asked for until nothing more is taken, then cut
                line.sendall(wanted)
        # Others have not noticed.
        assert (
            answers(server.wire(GET.replace(b"Host", b"Connection: close\r\nHost")))[0].body == PAGE
        )


def test_a_reader_who_reads_slowly_is_not_cut_off() -> None:
    limits = replace(QUICK, unread_seconds=1)
    with served(limits) as server, socket.socket() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 60_000)
        line.settimeout(20)
        line.connect(("127.0.0.1", server.port))
        line.sendall(
            b"GET /stream?pieces=100&size=100000 HTTP/1.1\r\nHost: u\r\nConnection: close\r\n\r\n"
        )
        wire = b""
        for _ in range(40):
            wire += line.recv(30_000)
            threading.Event().wait(limits.unread_seconds / 10)
        (said,) = answers(wire + read_all(line))
    assert len(said.body) == 10_000_000


def test_a_reader_who_takes_next_to_nothing_is_cut_off() -> None:
    limits = replace(QUICK, unread_rate=2_000_000)
    with served(limits) as server, socket.socket() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 60_000)
        line.settimeout(10)
        line.connect(("127.0.0.1", server.port))
        line.sendall(b"GET /stream?pieces=1000&size=100000 HTTP/1.1\r\nHost: uji\r\n\r\n")
        give_up_at = time.monotonic() + 8
        while not server.paper.gone.is_set() and time.monotonic() < give_up_at:
            line.recv(20_000)
            threading.Event().wait(limits.unread_seconds / 6)
        assert server.paper.gone.is_set()


def test_a_pace_is_kept_by_the_rate_and_never_saved_up() -> None:
    limits = Limits(unread_seconds=30, unread_rate=1000)
    steady = hasty = dripping = pace(None, 0, now=0, limits=limits)
    hasty = pace(hasty, 10_000_000, now=1, limits=limits)
    for now in range(1, 100):
        steady = pace(steady, 1000 * now, now=now, limits=limits)
        dripping = pace(dripping, 100 * now, now=now, limits=limits)
        assert now < steady.due_at
        assert (now <= dripping.due_at) == (now <= 33)
    assert hasty.due_at == 31


def test_a_slow_application_is_nobody_s_fault() -> None:
    with served(QUICK) as server, server.connect() as line:
        line.sendall(b"GET /hold HTTP/1.1\r\nHost: uji\r\n\r\n")
        assert server.paper.begun.wait(10)
        threading.Event().wait(2 * QUICK.idle_seconds)
        server.paper.let_go.set()
        assert line.recv(1000).startswith(b"HTTP/1.1 200")


def test_slow_clients_don_t_hold_up_others() -> None:
    with served(replace(QUICK, head_seconds=20)) as server, contextlib.ExitStack() as lines:
        for _ in range(200):
            lines.enter_context(server.connect()).sendall(b"GET /page HTTP/1.1\r\nX: ")
        began = time.monotonic()
        closing = GET.replace(b"Host", b"Connection: close\r\nHost")
        assert answers(server.wire(closing))[0].body == PAGE
        assert time.monotonic() - began < 2


def test_when_told_to_end_it_finishes_what_is_under_way() -> None:
    with served(replace(QUICK, end_seconds=10, idle_seconds=30)) as server:
        idle = server.connect()
        idle.sendall(GET)
        got = b""
        while not got.endswith(PAGE):
            got += idle.recv(1 << 16)
        busy = server.connect()
        busy.sendall(b"GET /hold HTTP/1.1\r\nHost: uji\r\n\r\n")
        assert server.paper.begun.wait(10)

        server.stop()

        assert read_all(idle) == b""  # closed at once
        server.paper.let_go.set()
        (said,) = answers(read_all(busy))
        assert (said.body, said.headers["connection"]) == (b"held", "close")
        idle.close()
        busy.close()
    assert server.paper.noted["shutdown"]


def test_when_told_to_end_it_doesn_t_wait_for_ever(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING), served(QUICK) as server:
        line = server.connect()
        line.sendall(b"GET /hold HTTP/1.1\r\nHost: uji\r\n\r\n")
        assert server.paper.begun.wait(10)
        began = time.monotonic()
        server.stop()
        assert read_all(line) == b""
        assert QUICK.end_seconds <= time.monotonic() - began < 8
        line.close()
    assert "connections_cut count=1" in caplog.text
    assert server.paper.noted["shutdown"]
