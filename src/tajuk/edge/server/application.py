"""What is served: an ASGI application that may answer some requests at once."""

from collections.abc import Awaitable, Callable
from typing import Protocol

from tajuk.edge.asgi import Receive, Scope, Send

Header = tuple[bytes, bytes]


class AtOnce(Protocol):
    """The fast lane for GET and HEAD without a body."""

    def __call__(
        self, method: bytes, target: bytes, headers: list[Header], rest: bytes,
        peer: Callable[[], str], /,
    ) -> bytes | None:  # fmt: skip
        """The whole answer: status line, headers (each line ended by CRLF), `rest`, body. None: ask the ASGI way.

        `rest` is what the server says itself (Date, maybe Connection) with the empty line. The headers are without
        these and with Content-Length. `peer` says the client's address, to whom it matters. Never raises.
        """


class Application(Protocol):
    """An ASGI application."""

    def __call__(self, scope: Scope, receive: Receive, send: Send, /) -> Awaitable[None]:
        """Serves one request, or the lifespan."""


def at_once_of(application: Application) -> AtOnce | None:
    """Its fast lane, if it has one."""
    found: AtOnce | None = getattr(application, "at_once", None)
    return found
