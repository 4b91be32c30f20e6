"""One request answered through ASGI."""

import asyncio
import logging
import os
import re
from typing import TYPE_CHECKING

from tajuk.edge.asgi import Event
from tajuk.edge.server.application import Application
from tajuk.edge.server.faults import fault_answer, status_line
from tajuk.edge.server.request import Request

if TYPE_CHECKING:
    from tajuk.edge.server.line import Line

_log = logging.getLogger(__name__)

_CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
_OURS = frozenset({b"connection", b"keep-alive", b"transfer-encoding", b"upgrade"})
"""Headers that are the server's own to set."""
_FORBIDDEN = re.compile(rb"[\r\n\0]")
_FIRST_FINAL = 200
_NO_CONTENT, _NOT_MODIFIED = 204, 304
_PIECE = 1 << 18


class ClientGoneError(ConnectionError):
    """Nobody is there to be answered."""


class AnswerError(RuntimeError):
    """The application doesn't keep to ASGI."""


class Exchange:
    """A request, and what the application answers."""

    __slots__ = (
        "_broken", "_chunked", "_continued", "_done", "_fetched", "_headers", "_left", "_line", "_silent",
        "_started", "_status", "_wrote", "keep", "request",
    )  # fmt: skip

    def __init__(self, line: "Line", request: Request) -> None:
        self._line = line
        self.request = request
        self.keep = True
        self._status = 0
        self._headers: list[tuple[bytes, bytes]] = []
        self._started = self._wrote = self._done = False
        self._fetched = self._continued = self._broken = False
        self._chunked = self._silent = False
        self._left: int | None = None
        """Of the length that was said."""

    async def run(self, application: Application, scope: Event) -> None:
        """Has it answered, whatever the application does."""
        try:
            await application(scope, self.receive, self.send)
            if not self._done and not self._broken:
                raise AnswerError("The application has ended before its answer had.")  # noqa: TRY301
        except ClientGoneError:
            pass
        except Exception:  # noqa: BLE001  whatever it is, the reader is told and the log has it
            # An error after the client has gone says no more than that.
            if not self._broken:
                _log.exception("request_failed method=%s path=%s", scope["method"], scope["path"])
        finally:
            self._settle()

    def _settle(self) -> None:
        if self._done:
            self._line.finished(keep=self.keep)
        elif self._wrote:
            self._line.cut()  # so that nobody takes the half for the whole
            self._line.finished(keep=False)
        elif self._broken or self._line.is_cut:
            self._line.finished(keep=True)  # the fault is answered next, if anybody is there
        else:
            date = self._line.room.date
            self._line.write(fault_answer(500, date=date, head=self.request.is_head))
            self._line.finished(keep=False)

    def break_off(self) -> None:
        """The client has gone, or its request can't be read to the end."""
        self._broken = True
        self.request.inbox.hang_up()

    async def receive(self) -> Event:
        """The next piece of the body; `http.disconnect` when there is nothing more to come."""
        inbox = self.request.inbox
        while not (self._broken or self._done):
            if inbox.size:
                body = inbox.take()
                self._fetched = inbox.ended
                self._line.body_taken()
                return {"type": "http.request", "body": body, "more_body": not self._fetched}
            if inbox.ended and not self._fetched:
                self._fetched = True
                return {"type": "http.request", "body": b"", "more_body": False}
            if inbox.gone:
                break
            if self.request.expects_continue and not (self._continued or self._wrote):
                self._continued = True
                if not inbox.ended:
                    self._line.write(_CONTINUE)
            await inbox.change()
        return {"type": "http.disconnect"}

    async def send(self, event: Event) -> None:
        """A part of the answer. Returns when the client has taken enough of it; raises when it is gone."""
        # A cut line is heard of only when the loop comes round: who streams without a pause would never end.
        if self._broken or self._line.is_cut:
            self._broken = True
            raise ClientGoneError
        match event["type"]:
            case "http.response.start" if not self._started:
                self._started = True
                self._status = event["status"]
                self._headers = list(event.get("headers", ()))
                if not _FIRST_FINAL <= self._status <= 999:  # noqa: PLR2004
                    raise AnswerError(f"{self._status} is no status to end with.")
            case "http.response.body" if self._started and not self._done:
                await self._send_body(event.get("body", b""), more=event.get("more_body", False))
            case "http.response.pathsend" if self._started and not self._done:
                await self._send_file(event["path"])
            case other:
                raise AnswerError(f"{other} makes no sense here.")

    async def _send_body(self, body: bytes, *, more: bool) -> None:
        data = b"" if self._wrote else self._head(len(body), more=more)
        if not self._silent:
            if self._left is not None:
                self._left -= len(body)
                if self._left < 0 or (self._left and not more):
                    if data:
                        self._wrote = False
                    raise AnswerError("The body isn't as long as was said.")
            if not self._chunked:
                data += body
            elif body:
                data += b"%x\r\n%b\r\n" % (len(body), body)
            if self._chunked and not more:
                data += b"0\r\n\r\n"
        self._done = not more
        if data:
            self._line.write(data)
            await self._line.drain()

    async def _send_file(self, path: str) -> None:
        """A file whose length was said, in pieces that are read in a thread if they aren't small."""
        with open(path, "rb") as file:  # noqa: PTH123  opening was already done once, to look
            left = os.fstat(file.fileno()).st_size
            while left > _PIECE:
                piece = await asyncio.to_thread(file.read, _PIECE)
                left -= len(piece)
                if not piece:
                    break
                await self.send({"type": "http.response.body", "body": piece, "more_body": True})
            await self.send({"type": "http.response.body", "body": file.read(left)})

    def _head(self, length: int, *, more: bool) -> bytes:
        """Status line and headers, and how the body's end will be known."""
        request = self.request
        self._silent = request.is_head or self._status in {_NO_CONTENT, _NOT_MODIFIED}
        lines = [status_line(self._status)]
        dated = False
        said: int | None = None
        for name, value in self._headers:
            lower = name.lower()
            if _FORBIDDEN.search(name) or _FORBIDDEN.search(value):
                raise AnswerError(f"A line break in the header {lower!r}.")
            if lower in _OURS:
                if lower == b"connection" and b"close" in value.lower():
                    self._line.close_after_this()
                continue
            if lower == b"content-length":
                said = int(value)
                if self._status == _NO_CONTENT:
                    continue
            dated = dated or lower == b"date"
            lines += (lower, b": ", value, b"\r\n")
        if not dated:
            lines.append(self._line.room.date)
        if not self._silent:
            self._left = said
            if said is None:
                lines.append(self._framing(length, more=more))
        if not request.inbox.ended:
            self._line.close_after_this()  # what it still sends can't be told from a next request
        connection = self._line.connection_header(request)
        self.keep = connection != (b"connection: close\r\n",)
        self._wrote = True
        return b"".join((*lines, *connection, b"\r\n"))

    def _framing(self, length: int, *, more: bool) -> bytes:
        if not more:
            return b"content-length: %d\r\n" % length
        if self.request.version == "1.0":
            self._line.close_after_this()
            return b""
        self._chunked = True
        return b"transfer-encoding: chunked\r\n"
