"""The newsstand's own server answering a constant: what it costs to answer at all.

python -m benchmarks.floor PORT FILE      FILE holds a whole answer: head, empty line, body
"""

import sys
from pathlib import Path

from tajuk.edge.asgi import Receive, Scope, Send
from tajuk.edge.server import listen, work


class Constant:
    """An application that knows one answer."""

    def __init__(self, head: bytes, body: bytes) -> None:
        """The head with its lines ended, Content-Length among them."""
        self._head, self._body = head, body

    def at_once(
        self,
        _method: bytes,
        _target: bytes,
        _headers: list[tuple[bytes, bytes]],
        rest: bytes,
        _peer: object,
        /,
    ) -> bytes:
        """The fast lane, where every pressed page is answered too."""
        return b"".join((self._head, rest, self._body))

    async def __call__(self, scope: Scope, receive: Receive, send: Send, /) -> None:
        """The lifespan; no request comes here."""
        assert scope["type"] == "lifespan", "every request is answered at once"
        while True:
            event = await receive()
            await send({"type": f"{event['type']}.complete"})
            if event["type"] == "lifespan.shutdown":
                return


def main() -> None:
    """Serves until told to stop."""
    head, body = Path(sys.argv[2]).read_bytes().split(b"\r\n\r\n", 1)
    work(lambda: Constant(head + b"\r\n", body), listen("127.0.0.1", int(sys.argv[1])))


if __name__ == "__main__":
    main()
