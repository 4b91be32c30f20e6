"""A request's body on its way from the line to the application."""

import asyncio


class Inbox:
    """Holds what has arrived until it is fetched."""

    __slots__ = ("_pieces", "_waiting", "arrived", "ended", "gone", "size")

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._waiting: asyncio.Future[None] | None = None
        self.size = 0
        """What waits to be fetched."""
        self.arrived = 0
        """What has ever arrived."""
        self.ended = False
        """The body is complete."""
        self.gone = False
        """Nothing more will come: the client has hung up."""

    def put(self, piece: bytes) -> None:
        """A piece has arrived."""
        self._pieces.append(piece)
        self.size += len(piece)
        self.arrived += len(piece)
        self.wake()

    def take(self) -> bytes:
        """All that has arrived."""
        pieces = b"".join(self._pieces)
        self._pieces.clear()
        self.size = 0
        return pieces

    def end(self) -> None:
        """The body is complete."""
        self.ended = True
        self.wake()

    def hang_up(self) -> None:
        """The client has hung up."""
        self.gone = True
        self.wake()

    def wake(self) -> None:
        """Lets who waits look again."""
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)

    async def change(self) -> None:
        """Until something has changed."""
        self._waiting = asyncio.get_running_loop().create_future()
        try:
            await self._waiting
        finally:
            self._waiting = None
