"""The newsstand as its readers meet it: its processes, a TCP port, bytes on the wire."""

import contextlib
import gzip
import json
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tajuk.contracts.pages import Fixed, PagePlan
from tajuk.store import PageStore
from tajuk.store.environment import LOOK_AGAIN_SECONDS
from tests.running import free_port

pytestmark = pytest.mark.processes

HTML = (("content-type", "text/html; charset=utf-8"),)
PAGE = b"<!doctype html><title>Tajuk</title>" + b"<p>Pelabuhan dibuka lagi.</p>" * 200
NEWSPAPER = """
name = "Harian Uji"
address = "http://localhost"
secret_key = "only-for-tests-0123456789-0123456789-0123456789"
"""


@dataclass
class Stand:
    """A newsstand at work."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes]

    def wire(self, sent: bytes) -> bytes:
        """Sends bytes, and reads until the newsstand hangs up."""
        answer = b""
        # A page that isn't pressed is answered when the desk has been waited for.
        with (
            socket.create_connection(("127.0.0.1", self.port), timeout=20) as line,
            contextlib.suppress(ConnectionResetError, BrokenPipeError),
        ):
            line.sendall(sent)
            while piece := line.recv(1 << 16):
                answer += piece
        return answer

    def get(self, path: bytes, *headers: bytes) -> bytes:
        """One request on a line of its own."""
        lines = [b"GET " + path + b" HTTP/1.1", b"Host: uji", b"Connection: close", *headers]
        return self.wire(b"\r\n".join(lines) + b"\r\n\r\n")


@pytest.fixture(scope="module")
def stand(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    folder = tmp_path_factory.mktemp("stand")
    (folder / "newspaper.toml").write_text(NEWSPAPER)
    static = folder / "var/static"
    static.mkdir(parents=True)
    (static / "paper.css").write_bytes(b"body{}" * 30_000)
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "tajuk.site.servers", "newsstand", "--port", str(port)],
        env={"TAJUK_DIR": str(folder)},
    )
    give_up_at = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            break
        except ConnectionRefusedError:
            assert time.monotonic() < give_up_at
            time.sleep(0.05)
    # Opened before anything was pressed, as on the first day.
    store = PageStore.open(folder / "var/store")
    with store.batch(store.next_run()) as batch:
        batch.put_fragment("one", PAGE[:1000])
        batch.put_fragment("two", PAGE[1000:])
        batch.put_plan("/", PagePlan(200, HTML, (Fixed("one"), Fixed("two"))))
    store.close()
    time.sleep(2 * LOOK_AGAIN_SECONDS)
    yield Stand(folder, port, process)
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


def body(answer: bytes) -> bytes:
    return answer.split(b"\r\n\r\n", 1)[1]


def test_the_bytes_on_the_wire_are_the_page(stand: Stand) -> None:
    packed = stand.get(b"/", b"Accept-Encoding: gzip")
    assert status(packed) == 200
    assert gzip.decompress(body(packed)) == PAGE
    plain = stand.get(b"/")
    assert body(plain) == PAGE
    assert b"transfer-encoding" not in plain.lower()


@pytest.mark.skipif(shutil.which("curl") is None, reason="apt install curl")
def test_curl_opens_it(stand: Stand) -> None:
    address = f"http://127.0.0.1:{stand.port}/"
    got = subprocess.run(
        ["curl", "--silent", "--fail", "--compressed", address], capture_output=True, check=True
    )
    assert got.stdout == PAGE
    head = subprocess.run(
        ["curl", "--silent", "--head", "--compressed", address], capture_output=True, check=True
    )
    assert b"content-encoding: gzip" in head.stdout


def test_a_file_is_sent_whole(stand: Stand) -> None:
    answer = stand.get(b"/static/paper.css")
    assert status(answer) == 200
    assert body(answer) == b"body{}" * 30_000
    assert b"content-length: 180000" in answer.lower()


@pytest.mark.parametrize(
    "path",
    [
        b"/static/../../newspaper.toml",
        b"/static/%2e%2e/%2e%2e/newspaper.toml",
        b"/static/..%2f..%2fnewspaper.toml",
        b"/media/..%5c..%5cnewspaper.toml",
        b"/static/paper.css%00",
        b"/%ff%fe",
        b"/%c0%ae%c0%ae/",
        b"/a%0d%0aX-Injected:%20yes",
        b"//uji.example/%2f..",
        b"/" + b"a" * 3000,
        b"*",
        b"http://[::1",
        b"/" + b"a" * 100_000,
    ],
)
def test_path_tricks_are_answered_cleanly(stand: Stand, path: bytes) -> None:
    answer = stand.get(path)
    assert status(answer) in {400, 404, 414, 431, 503}  # 503: asked of the desk, which is not there
    assert b"secret_key" not in answer
    assert b"x-injected" not in answer.lower()


@pytest.mark.parametrize(
    "sent",
    [
        b"GET /\xff\xfe HTTP/1.1\r\nHost: uji\r\nConnection: close\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: uji\r\nCookie: " + b"a" * 200_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: uji\r\n" + b"X: y\r\n" * 5000 + b"\r\n",
        b"GET / HTTP/9.9\r\nHost: uji\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 40,
        b"GET / HTTP/1.1\r\nHost: uji\r\nBad Header\x00: x\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: uji\r\nContent-Length: -5\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: uji\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n"
        b"Connection: close\r\n\r\n0\r\n\r\n",
    ],
)
def test_broken_requests_are_refused_or_hung_up_on(stand: Stand, sent: bytes) -> None:
    answer = stand.wire(sent)
    assert not answer or 400 <= status(answer) < 500


def test_odd_request_headers_never_make_an_error(stand: Stand) -> None:
    for line in (
        b"Accept-Encoding: gzip;q=\xff",
        b"Accept-Encoding: " + b"gzip," * 2000,
        b"If-None-Match: " + b'"a",' * 2000,
        b'If-None-Match: "\xff',
        b"Range: bytes=9999-1,-",
        b"Cookie: \xfe\xff=;;;=",
    ):
        assert status(stand.get(b"/", line)) == 200


def test_a_change_is_seen_at_once_and_a_store_may_be_deleted(stand: Stand) -> None:
    store = PageStore.open(stand.folder / "var/store")
    with store.batch(store.next_run()) as batch:
        batch.put_fragment("two", b"<p>Koreksi.</p>")
    assert body(stand.get(b"/")) == PAGE[:1000] + b"<p>Koreksi.</p>"

    shutil.rmtree(stand.folder / "var/store")
    time.sleep(2 * LOOK_AGAIN_SECONDS)
    assert status(stand.get(b"/healthz")) == 503
    assert status(stand.get(b"/")) == 503  # asked of the desk, which is not there

    with store.batch(store.next_run()) as batch:
        batch.put_fragment("all", PAGE)
        batch.put_plan("/", PagePlan(200, HTML, (Fixed("all"),)))
    store.close()
    time.sleep(2 * LOOK_AGAIN_SECONDS)
    assert body(stand.get(b"/")) == PAGE
    health = json.loads(body(stand.get(b"/healthz")))
    assert health == {"ok": False, "store": True, "desk": False, "database": None}
