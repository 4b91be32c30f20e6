"""Our own server at work on loopback, in a loop and a thread of its own, with an application for tests."""

# ruff: noqa: ARG002  ASGI's three arguments, of which each path uses some

import asyncio
import contextlib
import hashlib
import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs

import uvloop

from tajuk.edge.asgi import Receive, Scope, Send
from tajuk.edge.server import Limits, listen, open_room
from tajuk.edge.server.room import Room

PAGE = b"<!doctype html><p>Pelabuhan dibuka lagi.</p>" * 100
QUICK = Limits(
    head_seconds=0.3,
    idle_seconds=0.6,
    body_seconds=0.3,
    unread_seconds=0.3,
    linger_seconds=0.2,
    end_seconds=1,
    look_seconds=0.05,
)
"""So that tests of slow clients are quick."""


@dataclass
class Paper:
    """A small application: `/page` at once, the rest through ASGI, each path in another way."""

    folder: Path | None = None
    noted: dict[str, object] = field(default_factory=dict)
    """What tests look at afterwards."""
    begun: threading.Event = field(default_factory=threading.Event)
    let_go: threading.Event = field(default_factory=threading.Event)
    gone: threading.Event = field(default_factory=threading.Event)

    def at_once(
        self,
        method: bytes,
        target: bytes,
        headers: list[tuple[bytes, bytes]],
        rest: bytes,
        peer: object,
    ) -> bytes | None:
        """The page, if it is asked for."""
        if target.partition(b"?")[0] == b"/broken-at-once":
            raise LookupError(target)
        if target.partition(b"?")[0] != b"/page":
            return None
        head = b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: %d\r\n" % len(PAGE)
        return head + rest + (b"" if method == b"HEAD" else PAGE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI's entrance."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        word = scope["path"].split("/")[1]
        work = getattr(self, f"_{word.replace('-', '_')}", None)
        if work is None:
            await _answer(send, 404, b"no such page")
        else:
            await work(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        for what in ("startup", "shutdown"):
            assert (await receive())["type"] == f"lifespan.{what}"
            self.noted[what] = True
            await send({"type": f"lifespan.{what}.complete"})

    async def _echo(self, scope: Scope, receive: Receive, send: Send) -> None:
        digest, length = hashlib.sha256(), 0
        while True:
            event = await receive()
            if event["type"] == "http.disconnect":
                self.noted["disconnected"] = True
                self.gone.set()
                return
            digest.update(event["body"])
            length += len(event["body"])
            if not event["more_body"]:
                break
        told = {
            "length": length,
            "sha256": digest.hexdigest(),
            **{
                key: scope[key]
                for key in ("method", "path", "http_version", "client", "server", "scheme")
            },
            "raw_path": scope["raw_path"].decode(),
            "query": scope["query_string"].decode(),
            "headers": [
                [name.decode(), value.decode("latin-1")] for name, value in scope["headers"]
            ],
        }
        await _answer(send, 200, json.dumps(told).encode())

    async def _stream(self, scope: Scope, receive: Receive, send: Send) -> None:
        query = parse_qs(scope["query_string"].decode())
        pieces, size = int(query["pieces"][0]), int(query["size"][0])
        await send({"type": "http.response.start", "status": 200, "headers": []})
        try:
            for number in range(pieces):
                piece = bytes([97 + number % 26]) * size
                await send({"type": "http.response.body", "body": piece, "more_body": True})
                self.noted["sent"] = number + 1
        except OSError:
            self.gone.set()
            raise
        await send({"type": "http.response.body", "body": b""})

    async def _status(self, scope: Scope, receive: Receive, send: Send) -> None:
        await _answer(send, int(scope["path"].split("/")[2]), b"some body")

    async def _crash(self, scope: Scope, receive: Receive, send: Send) -> None:
        raise LookupError("on purpose")

    async def _crash_late(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"half", "more_body": True})
        raise LookupError("on purpose")

    async def _silent(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Ends without an answer."""

    async def _wrong_length(self, scope: Scope, receive: Receive, send: Send) -> None:
        length = scope["path"].split("/")[2].encode()
        await send(
            {"type": "http.response.start", "status": 200, "headers": [(b"content-length", length)]}
        )
        await send({"type": "http.response.body", "body": b"12345", "more_body": True})
        await send({"type": "http.response.body", "body": b"67890"})

    async def _injected(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"location", b"/a\r\nx-injected: yes")]
        await send({"type": "http.response.start", "status": 302, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    async def _early(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers without reading what is sent."""
        await _answer(send, 413, b"too large")

    async def _hold(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers when the test lets it."""
        self.begun.set()
        while not self.let_go.is_set():
            await asyncio.sleep(0.01)
        await _answer(send, 200, b"held")

    async def _lazy(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Reads nothing until the test lets it, then everything."""
        await self._wait_for_leave()
        await self._echo(scope, receive, send)

    async def _wait_for_leave(self) -> None:
        self.begun.set()
        while not self.let_go.is_set():
            await asyncio.sleep(0.01)

    async def _until_gone(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.begun.set()
        while (event := await receive())["type"] != "http.disconnect":
            assert event["type"] == "http.request"
        self.gone.set()

    async def _file(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert self.folder is not None
        assert "http.response.pathsend" in scope["extensions"]
        path = self.folder / scope["path"].split("/")[2]
        headers = [(b"content-length", b"%d" % path.stat().st_size)]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.pathsend", "path": str(path)})


async def _answer(send: Send, status: int, body: bytes) -> None:
    headers = [(b"content-type", b"text/plain"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


@dataclass
class Served:
    """The server at work."""

    port: int
    paper: Paper
    room: Room
    loop: asyncio.AbstractEventLoop
    told: asyncio.Event

    def connect(self, timeout: float = 20) -> socket.socket:
        """A line to it."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=timeout)

    def wire(self, *pieces: bytes, half_close: bool = False) -> bytes:
        """Sends the pieces one by one, and reads until the server hangs up."""
        with self.connect() as line:
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with contextlib.suppress(ConnectionResetError, BrokenPipeError):
                for piece in pieces:
                    line.sendall(piece)
                if half_close:
                    line.shutdown(socket.SHUT_WR)
            return read_all(line)

    def stop(self) -> None:
        """Told to end, as by a signal; returns at once."""
        self.loop.call_soon_threadsafe(self.told.set)


def read_all(line: socket.socket) -> bytes:
    """All that comes until the other side hangs up."""
    answer = b""
    with contextlib.suppress(ConnectionResetError):
        while piece := line.recv(1 << 16):
            answer += piece
    return answer


@contextlib.contextmanager
def served(
    limits: Limits | None = None, paper: Paper | None = None, host: str = "127.0.0.1"
) -> Iterator[Served]:
    """A server for the while; at its end everything is awaited, and whatever went wrong in its loop is raised."""
    paper = paper or Paper()
    sockets = listen(host, 0)
    ready = threading.Event()
    found: list[Served] = []
    problems: list[dict[str, object]] = []

    async def main() -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _, context: problems.append(context))
        told = asyncio.Event()
        async with open_room(paper, sockets, limits or Limits(end_seconds=2)) as room:
            found.append(Served(sockets[0].getsockname()[1], paper, room, loop, told))
            ready.set()
            await told.wait()

    def run() -> None:
        try:
            uvloop.run(main())
        except BaseException as error:
            problems.append({"exception": error})
            raise
        finally:
            ready.set()

    thread = threading.Thread(target=run)
    thread.start()
    assert ready.wait(20)
    try:
        yield found[0]
    finally:
        if found:
            with contextlib.suppress(RuntimeError):  # it was told already, and has ended
                found[0].stop()
        thread.join(20)
        for each in sockets:
            each.close()
    assert not thread.is_alive()
    assert not problems, problems


@dataclass
class Said:
    """One answer."""

    status: int
    headers: dict[str, str]
    body: bytes


def answers(wire: bytes, *methods: str) -> list[Said]:
    """The answers on the wire to requests of these methods (GET when none are named), read strictly.

    Fails if one is malformed or something is left over.
    """
    said: list[Said] = []
    order = iter(methods)
    while wire:
        head, separator, wire = wire.partition(b"\r\n\r\n")
        assert separator, f"a head without end: {head!r}"
        first, *lines = head.split(b"\r\n")
        version, status, _ = first.split(b" ", 2)
        assert version == b"HTTP/1.1"
        pairs = [line.split(b": ", 1) for line in lines]
        headers = {name.decode().lower(): value.decode("latin-1") for name, value in pairs}
        assert len(headers) == len(lines), f"a header twice: {head!r}"
        code = int(status)
        if code == 100:
            said.append(Said(code, headers, b""))
            continue
        method = next(order, "GET")
        body, wire = _body(wire, headers, silent=method == "HEAD" or code in {204, 304})
        assert "date" in headers
        said.append(Said(code, headers, body))
    return said


def _body(wire: bytes, headers: dict[str, str], *, silent: bool) -> tuple[bytes, bytes]:
    if silent:
        return b"", wire
    if headers.get("transfer-encoding") == "chunked":
        body = b""
        while True:
            size, _, wire = wire.partition(b"\r\n")
            length = int(size, 16)
            body += wire[:length]
            assert wire[length : length + 2] == b"\r\n"
            wire = wire[length + 2 :]
            if not length:
                return body, wire
    if "content-length" in headers:
        length = int(headers["content-length"])
        assert len(wire) >= length, "less than was said"
        return wire[:length], wire[length:]
    return wire, b""
