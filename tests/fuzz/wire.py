"""Any bytes, in any pieces, end in answers or a refusal: no fault of the server's own, no silence, no half head."""

import asyncio
import logging
from pathlib import Path
from typing import Any

from tajuk.edge.asgi import Receive, Scope, Send
from tajuk.edge.server import Limits
from tajuk.edge.server.connection import Connection
from tajuk.edge.server.room import Room
from tests.fuzz.surface import Surface

PAGE = b"<p>Pelabuhan dibuka lagi.</p>"
_STATUSES = {100, 200, 400, 404, 414, 417, 431}
_MOST_TURNS = 400


class _Echo:
    """Answers `/page` at once, and elsewhere says how much was sent."""

    def at_once(
        self,
        method: bytes,
        target: bytes,
        headers: list[tuple[bytes, bytes]],
        rest: bytes,
        _peer: object,
    ) -> bytes | None:
        assert method in {b"GET", b"HEAD"}
        assert all(name == name.lower() for name, _ in headers)
        if target.partition(b"?")[0] != b"/page":
            return None
        head = b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n" % len(PAGE)
        return head + rest + (b"" if method == b"HEAD" else PAGE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert scope["path"].isprintable() or not scope["path"].isascii()
        named = dict(scope["headers"])
        if b"upgrade" in named and named.get(b"connection", b"").lower() == b"upgrade":
            # The parser wouldn't have read it, and would have taken it for a request.
            assert b"transfer-encoding" not in named
            assert not int(named.get(b"content-length", 0))
        length = 0
        while True:
            event = await receive()
            if event["type"] == "http.disconnect":
                return
            length += len(event["body"])
            if not event["more_body"]:
                break
        told = b"%d" % length
        start = {"type": "http.response.start", "status": 200}
        await send({**start, "headers": [(b"content-length", b"%d" % len(told))]})
        await send({"type": "http.response.body", "body": told})


class _Transport(asyncio.Transport):
    """A client's line in memory: what is written is kept."""

    def __init__(self) -> None:
        super().__init__({"peername": ("203.0.113.9", 50000), "sockname": ("127.0.0.1", 80)})
        self.written = bytearray()
        self.is_over = False

    def write(self, data: Any) -> None:
        assert not self.is_over, "written after the end"
        self.written += data

    def write_eof(self) -> None:
        self.is_over = True

    def close(self) -> None:
        self.is_over = True

    def abort(self) -> None:
        self.is_over = True

    def is_closing(self) -> bool:
        return self.is_over

    def get_write_buffer_size(self) -> int:
        return 0

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        """Nothing ever waits."""

    def pause_reading(self) -> None:
        """What has come has come."""

    def resume_reading(self) -> None:
        """As before."""


class Wire(Surface):
    """The server's connection. The first byte says into how many pieces the rest is cut."""

    def __init__(self, _folder: Path) -> None:
        self._faults: list[str] = []
        self._handler = _Faults(self._faults)
        logging.getLogger("tajuk.edge.server").addHandler(self._handler)
        self._loop = asyncio.new_event_loop()
        self._loop.set_exception_handler(lambda _, context: self._faults.append(str(context)))
        self._room = self._loop.run_until_complete(self._open())

    async def _open(self) -> Room:
        return Room(_Echo(), Limits())

    def __call__(self, data: bytes) -> None:
        if not data:
            return
        size = len(data) // (data[0] % 8 + 1) + 1
        pieces = [data[place : place + size] for place in range(1, len(data), size)]
        written = bytes(self._loop.run_until_complete(self._talk(pieces)))
        assert not self._faults, self._faults
        assert not written or written.startswith(b"HTTP/1.1 "), written[:200]
        for line in written.split(b"\r\n"):
            if line.startswith(b"HTTP/1.1 "):
                assert int(line[9:12]) in _STATUSES, written[:500]

    async def _talk(self, pieces: list[bytes]) -> bytearray:
        transport, connection = _Transport(), Connection(self._room)
        connection.connection_made(transport)
        for piece in pieces:
            if transport.is_over:
                break
            connection.data_received(piece)
            await asyncio.sleep(0)
        if not transport.is_over and not connection.eof_received():
            transport.close()
        for _ in range(_MOST_TURNS):
            if transport.is_over and not self._room._tasks:
                break
            await asyncio.sleep(0)
        assert transport.is_over, f"silence after {pieces!r}"
        assert not self._room._tasks
        connection.connection_lost(None)
        return transport.written

    def close(self) -> None:
        logging.getLogger("tajuk.edge.server").removeHandler(self._handler)
        self._loop.run_until_complete(self._room.close())
        self._loop.close()

    @staticmethod
    def seeds() -> list[bytes]:
        host = b" HTTP/1.1\r\nHost: uji\r\n"
        page, echo = b"GET /page" + host + b"\r\n", b"GET /echo?a=%ff" + host + b"\r\n"
        upgrade = b"Upgrade: h2c\r\nConnection: upgrade\r\n"
        requests = [
            page, echo, b"HEAD /page HTTP/1.0\r\n\r\n", page * 3 + echo * 2 + page,
            b"POST /echo" + host + b"Content-Length: 11\r\n\r\nhello world" + page,
            b"PUT /echo" + host + b"Transfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n06\r\n world\r\n0\r\nX: y\r\n\r\n" + page,
            b"GET /page" + host + upgrade + b"\r\n" + echo,
            b"POST /echo" + host + upgrade + b"Content-Length: %d\r\n\r\n" % len(page) + page,
            b"PUT /echo" + host + upgrade + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n0\r\n\r\n" % (len(page), page),
            b"GET /page" + host + b"Host: b\r\n\r\n", b"GET http://a.example/echo/%C3%A9" + host + b"Connection: close\r\n\r\n",
            b"POST /echo" + host + b"Expect: 100-continue\r\nContent-Length: 5\r\n\r\nhello",
            b"POST /echo" + host + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            b"GET /echo/%0d" + host + b"\r\n", b"GET * HTTP/1.1\r\n\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            b"GET /page" + host + b"Cookie: " + b"a" * 3000 + b"\r\nRange: bytes=0-\r\n\r\n",
            b"GET /page" + host + b"X: y\r\n" * 99 + b"\r\n", b"\x16\x03\x01\x02\x00\x01", b"\r\n\r\n" + page,
        ]  # fmt: skip
        return [bytes([number % 8]) + each for number, each in enumerate(requests)]


class _Faults(logging.Handler):
    """What the server says went wrong."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(logging.ERROR)
        self._faults = faults

    def emit(self, record: logging.LogRecord) -> None:
        self._faults.append(self.format(record))
