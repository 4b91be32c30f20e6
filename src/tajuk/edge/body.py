"""A request's body, taken in whole before a place at the desk is taken: who sends slowly keeps nobody waiting.

All bodies of a process together have a ceiling, in memory and on disk. What is counted is what has come: who only says
that much will come takes no room from anybody.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from tempfile import SpooledTemporaryFile

from tajuk.edge.asgi import Receive, Scope, header

LARGEST_BODY = 64 << 20
MOST_HELD = 256 << 20
"""Of all bodies that this process holds, in bytes. Whoever would go above it is asked to come again (503)."""
FOR_SMALL_ONES = 16 << 20
"""So much above that for bodies that stay in memory: uploads keep nobody from signing in or saving a story."""
SECONDS = 30.0
"""For any body; and again for each share of it that has come, of `_PER_SECOND` bytes for every second."""
_PER_SECOND = 16 << 10
_DIGITS = 19
"""Of a length: more is no number that anybody means."""
_IN_MEMORY = 256 << 10
_PIECE = 1 << 16


class BodyError(Exception):
    """A body that isn't taken; `status` is what the client is told."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(f"{why} ({status})")
        self.status = status


class _Room:
    """What the bodies of this process take up."""

    def __init__(self) -> None:
        self.held = 0

    def demand(self, more: int, *, of: int) -> None:
        """Raises BodyError unless there is room for `more` bytes of a body that is then `of` bytes large."""
        most = MOST_HELD if of > _IN_MEMORY else MOST_HELD + FOR_SMALL_ONES
        if self.held + more > most:
            raise BodyError(503, "too much is being sent at once")


ROOM = _Room()


class Body:
    """In memory while it is small, else in a file that has no name."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  closed by `close`
        self.size = 0

    def put(self, piece: bytes) -> None:
        """Adds what has come; raises BodyError when it is too large, or all bodies together are."""
        size = self.size + len(piece)
        if size > LARGEST_BODY:
            raise BodyError(413, "the body is too large")
        ROOM.demand(len(piece), of=size)
        ROOM.held += len(piece)
        self.size = size
        try:
            for place in range(0, len(piece), _PIECE):
                self._file.write(piece[place : place + _PIECE])
        except OSError as error:
            raise BodyError(503, f"no place for a body: {error}") from error

    async def pieces(self) -> AsyncIterator[bytes]:
        """All of it, from the start."""
        self._file.seek(0)
        while piece := self._file.read(_PIECE):
            yield piece

    def close(self) -> None:
        """Lets it go; once."""
        ROOM.held -= self.size
        self._file.close()


@asynccontextmanager
async def taken_in(
    scope: Scope, receive: Receive, *, seconds: float = SECONDS
) -> AsyncIterator[Body | None]:
    """The whole body, if there is one, for the while.

    Raises BodyError if it is too large, comes too slowly or finds no room, before any of it is read where its length was
    said; ConnectionAbortedError if the client goes away.
    """
    least = _least(scope)
    if not least:
        yield None
        return
    ROOM.demand(least, of=least)
    with closing(Body()) as body:
        await _fill(body, receive, seconds)
        yield body


async def _fill(body: Body, receive: Receive, seconds: float) -> None:
    loop = asyncio.get_running_loop()
    share, counted = int(seconds * _PER_SECOND), 0
    try:
        async with asyncio.timeout(seconds) as limit:
            while True:
                event = await receive()
                if event["type"] == "http.disconnect":
                    raise ConnectionAbortedError
                body.put(event.get("body", b""))
                if body.size - counted >= share:
                    # What came quickly buys no time: the next share has to come as soon again.
                    counted = body.size
                    limit.reschedule(loop.time() + seconds)
                if not event.get("more_body"):
                    return
    except TimeoutError as error:
        raise BodyError(408, "the body comes too slowly") from error


def _least(scope: Scope) -> int:
    """How many bytes will come at least; none if there is no body."""
    length = header(scope, b"content-length")
    if length:
        if not length.isdigit() or len(length) > _DIGITS or int(length) > LARGEST_BODY:
            raise BodyError(413, "the body is too large")
        return int(length)
    return 1 if header(scope, b"transfer-encoding") else 0
