"""The shapes of ASGI, as far as the newsstand uses them."""

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

from tajuk.edge.assembly import Answer, Header

Scope = MutableMapping[str, Any]
Event = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]


def header(scope: Scope, name: bytes) -> bytes:
    """The first header of this name (lower-case), or nothing."""
    return named(scope["headers"], name)


def named(headers: Iterable[Header], name: bytes) -> bytes:
    """The first header of this name (lower-case), or nothing."""
    for each, value in headers:
        if each == name:
            return value
    return b""


def every(headers: Iterable[Header], name: bytes) -> bytes:
    """All headers of this name as one list, as they came (RFC 9110, 5.3)."""
    return b",".join([value for each, value in headers if each == name])


def peer_of(scope: Scope) -> str:
    """The address at the other end of the line; empty where there is none to tell."""
    client = scope.get("client")
    return str(client[0]) if client else ""


async def send_answer(send: Send, answer: Answer, *, head: bool = False) -> None:
    """Sends it whole; only its headers for HEAD."""
    await send_start(send, answer.status, answer.headers)
    await send({"type": "http.response.body", "body": b"" if head else answer.body})


async def send_start(send: Send, status: int, headers: list[Header]) -> None:
    """Sends status and headers; a body must follow."""
    await send({"type": "http.response.start", "status": status, "headers": headers})
