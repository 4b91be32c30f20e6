"""The careful half of a client's line: what waits, what is answered when, who is too slow, and the end.

`connection.py` adds what the loop and the parser call, and the short way.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from httptools import (
    HttpParserCallbackError,
    HttpParserError,
    HttpParserUpgrade,
    HttpRequestParser,
)

from tajuk.edge.server.application import Header
from tajuk.edge.server.exchange import Exchange
from tajuk.edge.server.faults import FaultError, fault_answer
from tajuk.edge.server.inbox import Inbox
from tajuk.edge.server.pace import Pace, pace
from tajuk.edge.server.request import Request, check_size, examine, scope_of
from tajuk.edge.server.sockets import unsent

if TYPE_CHECKING:
    from tajuk.edge.server.room import Room

_log = logging.getLogger(__name__)

_WASTE = 64 << 10
_WASTE_PER_BYTE = 16
"""What chunks may cost beside the body they carry: one byte in each chunk is still taken."""


class Line:
    """Requests in, answers out, in their order."""

    __slots__ = (
        "_at_once", "_body_raw", "_closing", "_complete", "_current", "_drained", "_feed", "_head_open",
        "_head_since", "_head_size", "_headers", "_held", "_inbox", "_most_headers", "_over", "_pace",
        "_parser", "_paused", "_plain", "_queue", "_room", "_since", "_small", "_target", "_transport", "_write",
        "_write_paused", "_written",
    )  # fmt: skip

    _feed: Callable[[bytes], None]
    _parser: HttpRequestParser | None
    _transport: asyncio.Transport
    _write: Callable[[bytes], None]

    def __init__(self, room: "Room") -> None:
        limits = room.limits
        self._room = room
        self._at_once = room.at_once
        self._most_headers = limits.headers
        self._small = min(limits.head, limits.request_line)
        """A piece of this size can hold no request that is too large."""
        self._target = b""
        self._headers: list[Header] = []
        self._plain = self._at_once is not None
        self._complete = False
        """A request's headers have become complete since the last bytes came."""
        self._head_open = False
        """A request has begun whose headers aren't complete."""
        self._head_size = 0
        self._head_since: float | None = None
        self._current: Exchange | None = None
        self._queue: deque[Request | FaultError] = deque()
        self._inbox: Inbox | None = None
        """Where the body goes that is being read."""
        self._body_raw = 0
        self._held = b""
        """Bytes that are read when what is under way is finished."""
        self._closing = False
        """No further request is taken; the line is closed after those that were."""
        self._over = False
        """Nothing more will be written."""
        self._paused = self._write_paused = False
        self._drained: asyncio.Future[None] | None = None
        self._since = 0.0
        self._written = 0
        self._pace: Pace | None = None

    # The careful way in.

    def _take(self, data: bytes) -> None:
        """Reads, or keeps for later, or lets go what nobody will read."""
        if self._over:
            return
        if self._can_read():
            self._read(data)
        elif self._closing and self._inbox is None:
            self._pause()
        else:
            self._held += data
            self._pause()

    def _can_read(self) -> bool:
        if self._inbox is not None:
            return self._current is not None and not self._queue
        return (
            self._current is None
            and not (self._queue or self._write_paused or self._closing or self._over)
        )  # fmt: skip

    def _read(self, data: bytes) -> None:
        self._plain = self._complete = False
        self._since = self._room.now
        self._body_raw += len(data)
        was_body = self._inbox is not None
        try:
            self._feed(data)
        except (HttpParserError, HttpParserUpgrade) as error:
            self._trip(error, data)
            return
        inbox = self._inbox
        if inbox is None:
            if self._target or not (self._complete or was_body):
                # What came before it in these bytes is no part of it.
                self._open_head(0 if self._complete or was_body else len(data))
            return
        self._headers = []  # trailers
        if self._body_raw > _WASTE + _WASTE_PER_BYTE * inbox.arrived:
            self._fail(FaultError(400, "more chunks than body"))
        elif inbox.size >= self._room.limits.body_buffer:
            self._pause()

    def _trip(self, error: Exception, data: bytes) -> None:
        """The parser won't go on."""
        if isinstance(error, HttpParserUpgrade):
            # The line is closed after it; what follows is let go when the answer has been sent.
            self._held = data[error.args[0] :] + self._held
            return
        cause = error.__context__
        if isinstance(cause, FaultError):
            fault = cause
        elif isinstance(error, HttpParserCallbackError):
            _log.error("server_failed", exc_info=cause)
            fault = FaultError(500, "the server failed")
        else:
            fault = FaultError(400, str(error))
        fault.head = self._parser is not None and self._parser.get_method() == b"HEAD"
        self._fail(fault)

    def _open_head(self, size: int) -> None:
        """The bytes ended in the middle of a request's headers."""
        self._plain = False
        self._head_open = True
        self._head_size += size
        if self._head_since is None:
            self._head_since = self._room.now
        limits = self._room.limits
        try:
            check_size(b"", self._target, self._headers, limits)
            if self._head_size > limits.head + limits.request_line:
                raise FaultError(431, "the headers are too large")  # noqa: TRY301  in one place
        except FaultError as fault:
            self._fail(fault)

    def _begin(self, method: bytes, target: bytes, headers: list[Header], *, asked: bool) -> None:
        """A request that isn't answered at once: examined, then answered or put in the queue."""
        self._plain = self._head_open = False
        self._head_since = None
        self._head_size = 0
        if self._closing or self._over:
            return
        parser = self._parser
        assert parser is not None
        request = examine(
            method, target, headers,
            version=parser.get_http_version(),
            keep_alive=parser.should_keep_alive(),
            upgrade=parser.should_upgrade(),
            limits=self._room.limits,
        )  # fmt: skip
        if request.has_body:
            self._inbox = request.inbox
            self._body_raw = 0
        else:
            request.inbox.ended = True
        if self._current is not None or self._queue or self._write_paused:
            self._queue.append(request)
        else:
            self._answer(request, asked=asked)
        if not request.keep_alive or len(self._queue) >= self._room.limits.pipelined:
            self._closing = True

    # The way out.

    def _answer(self, asked_for: Request | FaultError, *, asked: bool = False) -> None:
        if isinstance(asked_for, FaultError):
            self._refuse(asked_for.status, head=asked_for.head)
            return
        request = asked_for
        if self._at_once is not None and request.may_be_at_once and not asked:
            rest = b"".join((self._room.date, *self.connection_header(request), b"\r\n"))
            answer = self._at_once(request.method, request.target, request.headers, rest, self.peer)
            if answer is not None:
                self.write(answer)
                self._since = self._room.now
                return
        try:
            scope = scope_of(
                request,
                client=_address(self._transport.get_extra_info("peername")),
                server=_address(self._transport.get_extra_info("sockname")),
            )
        except FaultError as fault:
            self._refuse(fault.status, head=request.is_head)
            return
        self._current = Exchange(self, request)
        self._room.start(self._current.run(self._room.application, scope))

    def peer(self) -> str:
        """The client's address; empty where the line has none."""
        found = _address(self._transport.get_extra_info("peername"))
        return found[0] if found else ""

    def connection_header(self, request: Request) -> tuple[bytes, ...]:
        """What this answer has to say about the line, if anything."""
        if not request.keep_alive or (self._closing and not self._queue):
            return (b"connection: close\r\n",)
        return (b"connection: keep-alive\r\n",) if request.version == "1.0" else ()

    def finished(self, *, keep: bool) -> None:
        """The exchange under way is over; without `keep` the line is closed now."""
        self._current = None
        self._since = self._room.now
        if self._over:
            return
        if not keep:
            self._hang_up()
        self._go_on()

    def _go_on(self) -> None:
        """Answers what waits, reads what was held, and is plain again when nothing is left."""
        while not self._over:
            if self._current is None:
                if self._queue and not self._write_paused:
                    self._answer(self._queue.popleft())
                    continue
                if self._closing and not self._queue:
                    self._hang_up()
                    break
            if self._held and self._can_read():
                data, self._held = self._held, b""
                self._read(data)
                continue
            break
        if not self._over and self._can_read():
            if self._inbox is None:
                self._plain = self._at_once is not None and not self._head_open
                self._resume()
            elif self._inbox.size < self._room.limits.body_buffer:
                self._resume()

    def _fail(self, fault: FaultError) -> None:
        """Nothing further is read; the fault is answered in its turn."""
        if self._over or (self._closing and self._inbox is None):
            return  # it stands after the last request that counts
        self._closing = True
        self._plain = False
        inbox, self._inbox = self._inbox, None
        if inbox is not None:
            if self._queue:
                self._queue.pop()  # the one whose body it was
            elif self._current is not None:
                self._current.break_off()
        self._queue.append(fault)

    def _refuse(self, status: int, *, head: bool = False) -> None:
        """Says why in plain words, and hangs up."""
        self.write(fault_answer(status, date=self._room.date, head=head))
        self._closing = True
        self._linger()

    def _hang_up(self) -> None:
        """Closes when all has been sent."""
        if self._inbox is not None or self._held or self._paused:
            self._linger()
            return
        self._over = True
        self._plain = False
        self._transport.close()

    def _linger(self) -> None:
        """Ends our side, and lets the client's last bytes run out: cut at once, it wouldn't read the answer."""
        self._over = True
        self._plain = False
        self._queue.clear()
        self._held = b""
        self._since = self._room.now
        self._resume()
        self._transport.write_eof()

    def _pause(self) -> None:
        if not self._paused:
            self._paused = True
            self._transport.pause_reading()

    def _resume(self) -> None:
        if self._paused:
            self._paused = False
            self._transport.resume_reading()

    # What the exchange calls.

    @property
    def room(self) -> "Room":
        """Where this line is."""
        return self._room

    @property
    def is_cut(self) -> bool:
        """Whether what is written goes nowhere."""
        return self._transport.is_closing()

    def write(self, data: bytes) -> None:
        """Sends."""
        self._written += len(data)
        self._write(data)

    async def drain(self) -> None:
        """Until the client has caught up, or is gone."""
        while self._write_paused and not self._over:
            self._drained = asyncio.get_running_loop().create_future()
            try:
                await self._drained
            finally:
                self._drained = None

    def _wake_writer(self) -> None:
        if self._drained is not None and not self._drained.done():
            self._drained.set_result(None)

    def body_taken(self) -> None:
        """The application has fetched what had arrived of the body."""
        if self._paused:
            self._since = self._room.now
            self._go_on()

    def close_after_this(self) -> None:
        """No further request is taken."""
        self._closing = True

    def cut(self) -> None:
        """Without a word, and without waiting."""
        self._over = True
        self._plain = False
        self._transport.abort()

    # What the room calls.

    def look(self, now: float) -> None:
        """Cuts off who is too slow. Times are those of the room's looks, so one look is added to each limit."""
        limits = self._room.limits
        late = now - limits.look_seconds
        left = self._transport.get_write_buffer_size()
        if left:
            # What the kernel still holds counts: it asks for more only when a good part of it is gone.
            left += unsent(self._transport.get_extra_info("socket"))
            self._pace = pace(self._pace, self._written - left, now=now, limits=limits)
            if late > self._pace.due_at:
                self.cut()
            return
        self._pace = None
        if self._over:
            if late - self._since > limits.linger_seconds:
                self._transport.abort()
        elif self._inbox is not None:
            if not self._paused and late - self._since > limits.body_seconds:
                self._fail(FaultError(408, "the body has stopped"))
                self._go_on()
        elif self._current is not None or self._queue:
            return
        elif self._head_since is not None:
            if late - self._head_since > limits.head_seconds:
                self._give_up_head()
        elif late - self._since > limits.idle_seconds:
            self._hang_up()

    def _give_up_head(self) -> None:
        if self._head_open:
            self._fail(FaultError(408, "the headers don't come"))
            self._go_on()
        else:
            self._hang_up()  # it has never said a word

    def end(self) -> None:
        """The server stops: what is under way is finished, nothing is begun."""
        self._closing = True
        self._plain = False
        self._go_on()


def _address(name: object) -> tuple[str, int] | None:
    """Of a socket's name, which has more in it with IPv6. An IPv4 address that came in over IPv6 is written as what it is."""
    if isinstance(name, tuple) and len(name) > 1:
        host = str(name[0])
        return host.removeprefix("::ffff:") if "." in host else host, int(name[1])
    return None
