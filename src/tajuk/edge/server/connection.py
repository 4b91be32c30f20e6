"""What the loop and the parser call, and the short way.

A line is *plain* while nothing unusual is the case: nothing is being answered, nothing waits, the client reads
what it is sent, and the next request is expected whole in one piece. A plain line takes the short way through
`data_received` and `on_headers_complete`, in which every attribute read has been weighed; whatever else there
is takes the careful way, which puts the line back to plain when it can.
"""

import asyncio
from typing import cast

from httptools import HttpParserError, HttpParserUpgrade, HttpRequestParser

from tajuk.edge.server.faults import FaultError
from tajuk.edge.server.line import Line
from tajuk.edge.server.request import HOST_CHARACTERS

_UNUSUAL = frozenset({
    b"connection", b"content-length", b"expect", b"host", b"transfer-encoding", b"upgrade",
})  # fmt: skip
"""Headers that change how a request is read or answered; a plain request has one of them, the host."""
_SLASH = 0x2F


class Connection(Line, asyncio.Protocol):
    """A client's line, from accepting to hanging up."""

    __slots__ = ()

    # What the loop calls.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A client has connected."""
        self._transport = cast("asyncio.Transport", transport)
        self._transport.set_write_buffer_limits(high=self._room.limits.write_buffer)
        self._write = self._transport.write
        self._parser: HttpRequestParser | None = HttpRequestParser(self)
        self._feed = self._parser.feed_data
        self._since = self._room.now
        self._head_since = self._since
        if not self._room.enter(self) and not self._over:
            self._refuse(503)

    def data_received(self, data: bytes) -> None:
        """Bytes have come."""
        if not self._plain or len(data) > self._small:
            self._take(data)
            self._go_on()
            return
        self._complete = False
        try:
            self._feed(data)
        except (HttpParserError, HttpParserUpgrade) as error:
            self._trip(error, data)
        else:
            if self._target or not self._complete:
                self._open_head(0 if self._complete else len(data))
        if not self._plain:
            self._go_on()

    def eof_received(self) -> bool:
        """The client will send no more. What it has asked for is still answered."""
        if self._over or (self._current is None and not self._queue):
            return False
        self._closing = True
        self._plain = False
        if self._inbox is not None:
            self._fail(FaultError(400, "the body breaks off"))
        elif self._current is not None:
            self._current.request.inbox.hang_up()
        self._go_on()
        return True

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  asyncio's signature
        """The line is cut."""
        self._over = True
        self._plain = False
        self._queue.clear()
        self._held = b""
        if self._current is not None:
            self._current.break_off()
        self._wake_writer()
        self._room.leave(self)
        # The parser knows this object's methods: without this both would wait for the garbage collector.
        self._parser = None
        del self._feed

    def pause_writing(self) -> None:
        """The client takes too little of what it is sent."""
        self._write_paused = True
        self._plain = False

    def resume_writing(self) -> None:
        """The client has caught up."""
        self._write_paused = False
        self._wake_writer()
        self._go_on()

    # What the parser calls.

    def on_url(self, url: bytes) -> None:
        """A piece of the target."""
        self._target += url

    def on_header(self, name: bytes, value: bytes) -> None:
        """A whole header; after a body in chunks also a trailer, which nobody asked for."""
        self._headers.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        """A request may be answered."""
        headers = self._headers
        target = self._target
        self._headers = []
        self._target = b""
        self._complete = True
        parser = self._parser
        assert parser is not None
        method = parser.get_method()
        at_once = self._at_once
        asked = False
        if (
            self._plain
            and at_once is not None
            and len(headers) <= self._most_headers
            and target[0] == _SLASH
            and b"#" not in target
            and (method == b"GET" or method == b"HEAD")  # noqa: PLR1714  quicker than a set
        ):
            hosts = said = 0
            for name, value in headers:
                if name in _UNUSUAL:
                    if name == b"host" and not value.translate(None, HOST_CHARACTERS):
                        hosts += 1
                    elif name == b"connection" and value == b"keep-alive":
                        said = 1
                    else:
                        break
            else:
                # Without a Connection header, HTTP/1.1 and nothing before it keeps the line.
                if (
                    hosts == 1
                    and parser.should_keep_alive()
                    and (not said or parser.get_http_version() == "1.1")
                ):
                    room = self._room
                    answer = at_once(method, target, headers, room.date_and_end, self.peer)
                    if answer is not None:
                        self._written += len(answer)
                        self._write(answer)
                        self._since = room.now
                        self._head_since = None
                        return
                    asked = True
        self._begin(method, target, headers, asked=asked)

    def on_body(self, piece: bytes) -> None:
        """A piece of the body."""
        if self._inbox is not None:
            self._inbox.put(piece)

    def on_message_complete(self) -> None:
        """The request has been read to its end."""
        if self._inbox is not None:
            self._inbox.end()
            self._inbox = None
            self._headers = []
