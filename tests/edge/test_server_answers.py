"""What a well-behaved client gets from our own server."""

import contextlib
import http.client
import json
import os
import socket
import struct
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.edge.serving import PAGE, Paper, Said, Served, answers, read_all, served


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("shelf")
    (folder / "small.css").write_bytes(b"body{}")
    (folder / "empty.css").write_bytes(b"")
    (folder / "large.bin").write_bytes(os.urandom(3_000_000))
    with served(paper=Paper(folder=folder)) as running:
        yield running


def ask(
    server: Served,
    path: str,
    *lines: str,
    method: str = "GET",
    version: str = "1.1",
    body: bytes = b"",
) -> Said:
    """One request, after which the line is closed."""
    head = "\r\n".join(
        [f"{method} {path} HTTP/{version}", "Host: uji", *lines, "Connection: close"]
    )
    (said,) = answers(server.wire(head.encode() + b"\r\n\r\n" + body), method)
    return said


def get(path: str, *lines: str, method: str = "GET") -> bytes:
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: uji", *lines]).encode() + b"\r\n\r\n"


@pytest.mark.parametrize("path", ["/page", "/page?a=b", "/echo", "/stream?pieces=3&size=5"])
def test_a_line_is_kept_for_the_next_request(server: Served, path: str) -> None:
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    sockets = set()
    for _ in range(3):
        line.request("GET", path)
        answer = line.getresponse()
        assert answer.status == 200
        assert answer.read()
        assert answer.headers["connection"] is None
        sockets.add(line.sock.getsockname())
    line.close()
    assert len(sockets) == 1


def test_a_page_has_its_head_a_date_and_its_body(server: Served) -> None:
    said = ask(server, "/page")
    assert said.body == PAGE
    assert said.headers["connection"] == "close"
    assert said.headers["date"].endswith(" GMT")


@pytest.mark.parametrize("path", ["/page", "/echo", "/stream?pieces=3&size=5", "/crash"])
def test_head_is_answered_without_a_body(server: Served, path: str) -> None:
    assert ask(server, path, method="HEAD").body == b""
    with server.connect() as line:
        line.sendall(get(path, method="HEAD") + get("/page", "Connection: close"))
        said = answers(read_all(line), "HEAD", "GET")
    assert said[0].status == (500 if path == "/crash" else 200)
    if path != "/crash":  # after which the line is closed
        assert said[1].body == PAGE


def test_what_the_application_is_told(server: Served) -> None:
    said = ask(server, "/echo/%C3%A9%2Fa%ff?q=%20", "X-Two: 1", "X-Two: 2", "X-Odd: \xff")
    told = json.loads(said.body)
    assert told["path"] == "/echo/é/a�"
    assert told["raw_path"] == "/echo/%C3%A9%2Fa%ff"
    assert (told["query"], told["method"], told["http_version"]) == ("q=%20", "GET", "1.1")
    assert told["scheme"] == "http"
    assert told["client"][0] == "127.0.0.1"
    assert told["server"] == ["127.0.0.1", server.port]
    assert ["x-two", "1"] in told["headers"]
    assert ["x-two", "2"] in told["headers"]


@pytest.mark.parametrize(
    ("target", "path", "query"),
    [
        ("http://uji.example/echo/a?b", "/echo/a", "b"),
        ("HTTPS://UJI.example:8443/echo", "/echo", ""),
        ("http://[::1]:80/echo?x", "/echo", "x"),
    ],
)
def test_an_absolute_address_is_understood_and_its_host_counts(
    server: Served, target: str, path: str, query: str
) -> None:
    told = json.loads(ask(server, target).body)
    assert (told["path"], told["query"]) == (path, query)
    assert [value for name, value in told["headers"] if name == "host"] == [target.split("/")[2]]


def test_an_absolute_address_takes_the_fast_lane_too(server: Served) -> None:
    assert ask(server, "http://uji/page").body == PAGE
    assert ask(server, "http://uji").status == 404


@pytest.mark.parametrize("method", ["OPTIONS", "PROPFIND", "DELETE", "QUERY"])
def test_other_methods_are_the_applications_affair(server: Served, method: str) -> None:
    assert json.loads(ask(server, "/echo", method=method).body)["method"] == method


def test_an_upgrade_is_not_taken_up(server: Served) -> None:
    upgrade = ("Upgrade: websocket", "Connection: upgrade")
    for more in ((), ("Content-Length: 0",)):
        (page,) = answers(server.wire(get("/page", *upgrade, *more)))
        (echo,) = answers(server.wire(get("/echo", *upgrade, *more)))
        assert page.body == PAGE
        assert json.loads(echo.body)["path"] == "/echo"


@pytest.mark.parametrize("path", ["/page", "/echo"])
def test_what_follows_an_upgrade_is_not_read(server: Served, path: str) -> None:
    upgrade = get(path, "Upgrade: websocket", "Connection: upgrade")
    for wire in ([upgrade + get("/page")], [upgrade, get("/page")]):
        (said,) = answers(server.wire(*wire))
        assert (said.status, said.headers["connection"]) == (200, "close")


def test_a_stream_without_a_length_goes_in_chunks(server: Served) -> None:
    said = ask(server, "/stream?pieces=3&size=5")
    assert said.headers["transfer-encoding"] == "chunked"
    assert said.body == b"aaaaabbbbbccccc"


def test_an_old_client_gets_a_stream_until_the_line_closes(server: Served) -> None:
    (said,) = answers(
        server.wire(b"GET /stream?pieces=3&size=5 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
    )
    assert "transfer-encoding" not in said.headers
    assert said.headers["connection"] == "close"
    assert said.body == b"aaaaabbbbbccccc"


@pytest.mark.parametrize("path", ["/page", "/echo"])
def test_an_old_client_may_keep_the_line(server: Served, path: str) -> None:
    once = f"GET {path} HTTP/1.0\r\n".encode()
    (said,) = answers(server.wire(once + b"\r\n"))
    assert said.headers["connection"] == "close"
    first, second = answers(server.wire(once + b"Connection: keep-alive\r\n\r\n" + once + b"\r\n"))
    assert first.headers["connection"] == "keep-alive"
    assert second.headers["connection"] == "close"


@pytest.mark.parametrize("status", [204, 304])
def test_answers_that_have_no_body(server: Served, status: int) -> None:
    wire = get(f"/status/{status}") + get("/page", "Connection: close")
    first, second = answers(server.wire(wire))
    assert first.status == status
    assert second.body == PAGE
    if status == 204:
        assert "content-length" not in first.headers


@pytest.mark.parametrize("name", ["small.css", "empty.css", "large.bin"])
def test_a_file_is_sent_by_its_path(server: Served, name: str) -> None:
    assert server.paper.folder is not None
    content = (server.paper.folder / name).read_bytes()
    assert ask(server, f"/file/{name}").body == content


def test_pipelined_requests_are_answered_in_order(server: Served) -> None:
    paths = [
        "/page",
        "/echo/1",
        "/page?2",
        "/stream?pieces=2&size=3",
        "/echo/4",
        "/page",
        "/nowhere",
    ]
    wire = b"".join(map(get, paths)) + get("/echo/last", "Connection: close")
    said = answers(server.wire(wire))
    assert len(said) == 8
    assert said[0].body == said[2].body == said[5].body == PAGE
    assert [json.loads(said[each].body)["path"] for each in (1, 4, 7)] == [
        "/echo/1",
        "/echo/4",
        "/echo/last",
    ]
    assert said[3].body == b"aaabbb"
    assert said[6].status == 404


def test_pipelined_bodies_stay_apart(server: Served) -> None:
    wire = b""
    for number in range(5):
        body = bytes([65 + number]) * 50_000 * number
        wire += get("/echo", f"Content-Length: {len(body)}", method="POST") + body
        wire += get("/echo", "Transfer-Encoding: chunked", method="PUT")
        wire += b"3;note=x\r\nabc\r\n2\r\nde\r\n0\r\nX-Trailer: y\r\n\r\n"
    said = answers(server.wire(wire + get("/page", "Connection: close")))
    assert [json.loads(each.body)["length"] for each in said[:-1]] == [
        0, 5, 50_000, 5, 100_000, 5, 150_000, 5, 200_000, 5,
    ]  # fmt: skip
    assert said[-1].body == PAGE


def test_thousands_of_pipelined_pages_come_whole(server: Served) -> None:
    count = 3000
    with server.connect() as line:
        sender = threading.Thread(
            target=line.sendall,
            args=(get("/page") * (count - 1) + get("/page", "Connection: close"),),
        )
        sender.start()
        with contextlib.suppress(ConnectionResetError, BrokenPipeError):
            said = answers(read_all(line))
        sender.join()
    # Those that wait behind a client that doesn't read are limited: the line may be closed earlier, never broken.
    assert len(said) == count or said[-1].headers["connection"] == "close"
    assert all(each.body == PAGE for each in said)


def test_a_request_that_expects_to_be_told_to_go_on_is_told(server: Served) -> None:
    with server.connect() as line:
        line.sendall(get("/echo", "Expect: 100-continue", "Content-Length: 5", method="POST"))
        assert line.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        line.sendall(b"hello" + get("/page", "Connection: close"))
        said = answers(read_all(line))
    assert json.loads(said[0].body)["length"] == 5
    assert said[1].body == PAGE


def test_it_is_not_told_to_go_on_where_nobody_reads(server: Served) -> None:
    wire = get("/early", "Expect: 100-continue", "Content-Length: 5", method="POST")
    (said,) = answers(server.wire(wire))
    assert said.status == 413
    assert said.headers["connection"] == "close"


def test_an_answer_before_the_body_was_read_reaches_the_client(server: Served) -> None:
    with server.connect() as line:
        line.sendall(get("/early", "Content-Length: 30000000", method="POST"))
        with contextlib.suppress(ConnectionError):
            for _ in range(20):
                line.sendall(b"x" * 100_000)
        (said,) = answers(read_all(line))
    assert (said.status, said.body) == (413, b"too large")


def test_a_client_that_ends_its_side_is_still_answered(server: Served) -> None:
    wire = get("/page") + get("/echo") + get("/stream?pieces=2&size=2")
    first, second, third = answers(server.wire(wire, half_close=True))
    assert first.body == PAGE
    assert second.status == 200
    assert third.body == b"aabb"


def test_an_application_that_waits_for_it_hears_of_the_disconnect() -> None:
    with served() as server, server.connect() as line:
        line.sendall(get("/until-gone"))
        assert server.paper.begun.wait(10)
        line.close()
        assert server.paper.gone.wait(10)


def test_an_application_that_streams_hears_of_the_disconnect() -> None:
    with served() as server, server.connect() as line:
        line.sendall(get("/stream?pieces=1000000&size=1000"))
        assert line.recv(1000)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        line.close()
        assert server.paper.gone.wait(10)


def test_an_upload_that_breaks_off_is_a_disconnect() -> None:
    with served() as server:
        (said,) = answers(
            server.wire(get("/echo", "Content-Length: 10", method="POST") + b"abc", half_close=True)
        )
        assert said.status == 400
        assert server.paper.gone.wait(10)


@pytest.mark.parametrize("path", ["/crash", "/silent", "/injected", "/wrong-length/3"])
def test_an_application_that_fails_is_a_500_in_plain_words(
    server: Served, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    (said,) = answers(server.wire(get(path) + get("/page")))
    assert said.status == 500
    assert "Something went wrong here" in said.body.decode()
    assert said.headers["connection"] == "close"
    assert "x-injected" not in said.headers
    assert f"path={path}" in caplog.text


@pytest.mark.parametrize("path", ["/crash-late", "/wrong-length/7", "/wrong-length/50"])
def test_a_broken_answer_is_not_taken_for_a_whole_one(
    server: Served, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    line.request("GET", path)
    with pytest.raises((http.client.IncompleteRead, ConnectionError)):
        line.getresponse().read()
    line.close()
    assert f"path={path}" in caplog.text
    assert ask(server, "/page").body == PAGE


def test_a_fast_lane_that_fails_is_a_500_and_the_server_goes_on(
    server: Served, caplog: pytest.LogCaptureFixture
) -> None:
    (said,) = answers(server.wire(get("/broken-at-once") + get("/page")))
    assert said.status == 500
    assert "server_failed" in caplog.text
    assert ask(server, "/page").body == PAGE


def test_an_upload_passes_through_and_waits_for_who_reads_it() -> None:
    size = 20_000_000
    with served() as server, server.connect() as line:
        line.sendall(get("/lazy", f"Content-Length: {size}", "Connection: close", method="POST"))
        assert server.paper.begun.wait(10)
        block = b"0123456789" * 10_000
        sent = 0
        line.settimeout(1)
        with pytest.raises(TimeoutError):  # noqa: PT012  the call that is one too many
            while True:  # until the server takes no more
                sent += line.send(block[sent % len(block) :])
        assert sent < size - 1_000_000
        server.paper.let_go.set()
        line.settimeout(20)
        while sent < size:
            sent += line.send(block[sent % len(block) :][: size - sent])
        (said,) = answers(read_all(line))
    assert json.loads(said.body)["length"] == size


def test_a_reader_who_pauses_is_waited_for() -> None:
    with served() as server, server.connect() as line:
        line.sendall(get("/stream?pieces=300&size=100000", "Connection: close"))
        first = line.recv(1000)
        before = -1
        while server.paper.noted.get("sent") != before:  # until nothing more is sent
            before = int(server.paper.noted.get("sent", 0))  # type: ignore[call-overload]
            threading.Event().wait(0.3)
        assert before < 200
        (said,) = answers(first + read_all(line))
    assert len(said.body) == 30_000_000


def test_512_readers_at_once(server: Served) -> None:
    with contextlib.ExitStack() as lines:
        connected = [lines.enter_context(server.connect()) for _ in range(512)]
        for round_ in range(3):
            path = "/echo" if round_ == 1 else "/page"
            for line in connected:
                line.sendall(get(path))
            for line in connected:
                answer = line.recv(1 << 16)
                while not answer.endswith(PAGE if path == "/page" else b"}"):
                    answer += line.recv(1 << 16)
                assert answer.startswith(b"HTTP/1.1 200 ")


def test_small_answers_are_not_held_back(server: Served) -> None:
    """TCP_NODELAY: else a second small write waits for the first to be acknowledged, 40 ms."""
    began = time.monotonic()
    for _ in range(20):
        ask(server, "/stream?pieces=3&size=5")
    assert time.monotonic() - began < 0.6


@pytest.mark.parametrize(
    ("host", "address"), [("0.0.0.0", "127.0.0.1"), ("::1", "::1"), ("::", "127.0.0.1")]
)
def test_on_every_kind_of_address(host: str, address: str, tmp_path: Path) -> None:
    if ":" in host and not socket.has_ipv6:
        pytest.skip("no IPv6 here")
    with (
        served(host=host) as server,
        socket.create_connection((address, server.port), timeout=20) as line,
    ):
        line.sendall(get("/echo", "Connection: close"))
        (said,) = answers(read_all(line))
    assert json.loads(said.body)["client"][0].endswith(address)


def test_the_lifespan_is_told() -> None:
    with served() as server:
        assert server.paper.noted == {"startup": True}
    assert server.paper.noted == {"startup": True, "shutdown": True}
