"""The line to the desk: what the newsstand doesn't answer goes over a Unix socket to Django, and back."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from pathlib import Path

import aiohttp
from multidict import CIMultiDict
from yarl import URL

from tajuk.contracts.told import ADDRESS, SEAL
from tajuk.edge.asgi import Scope, Send, header, send_start
from tajuk.edge.assembly import Header
from tajuk.edge.body import Body
from tajuk.edge.forwarded import FORGEABLE, TrustedProxies

PRESSED = "x-tajuk-pressed"
"""The desk says with it that the page is in the store now."""

HEALTH = "/healthz"
"""What the desk says of itself; readers ask the newsstand at the same path."""

LONGEST_HEADER = 1 << 16
MOST_AT_ONCE = 64
"""Requests with the desk at the same time; others wait their turn."""
_CONNECT_SECONDS = 10
_TURN_SECONDS = 20
_HEALTH_SECONDS = 1
_TELL_SECONDS = 10
_SILENCE_SECONDS = 60
_TRY_AGAIN_SECONDS = 0.1
_PIECE = 1 << 16

_HOP_BY_HOP = frozenset({
    b"connection", b"keep-alive", b"proxy-authenticate", b"proxy-authorization", b"proxy-connection",
    b"te", b"trailer", b"transfer-encoding", b"upgrade",
})  # fmt: skip
_NOT_FROM_OUTSIDE = _HOP_BY_HOP | FORGEABLE | {b"content-length", b"expect"}
_NOT_FROM_THE_DESK = _HOP_BY_HOP | {PRESSED.encode(), b"server", b"date"}


class LineError(Exception):
    """The desk gave no answer; `status` is what the reader is told."""

    def __init__(self, status: int) -> None:
        super().__init__(f"The desk gave no answer ({status}). Is it running? See `tajuk doctor`.")
        self.status = status


class DeskLine:
    """One client session to the desk's socket, opened when first used."""

    def __init__(
        self, socket_path: Path, proxies: TrustedProxies, *, patience: float = 0.0
    ) -> None:
        """`socket_path` need not be there yet: for `patience` seconds requests wait for somebody to listen.

        Counted from the first that found nobody, so that a desk that stays away costs each reader no wait.
        """
        self._socket_path = socket_path
        self._patience = patience
        self._proxies = proxies
        self._away_since: float | None = None
        self._session: aiohttp.ClientSession | None = None

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.UnixConnector(str(self._socket_path), limit=MOST_AT_ONCE),
                timeout=aiohttp.ClientTimeout(
                    total=None,
                    connect=_TURN_SECONDS,
                    sock_connect=_CONNECT_SECONDS,
                    sock_read=_SILENCE_SECONDS,
                ),
                auto_decompress=False,
                cookie_jar=aiohttp.DummyCookieJar(),
                skip_auto_headers={"accept", "accept-encoding", "user-agent", "content-type"},
                max_line_size=LONGEST_HEADER,
                max_field_size=LONGEST_HEADER,
            )
        return self._session

    async def close(self) -> None:
        """Hangs up."""
        if self._session is not None:
            await self._session.close()

    @asynccontextmanager
    async def ask(self, scope: Scope, body: Body | None) -> AsyncIterator[aiohttp.ClientResponse]:
        """The desk's answer, its body unread; raises LineError if there is none."""
        while True:
            try:
                response = await self._request(scope, body)
                self._away_since = None
                break
            except aiohttp.ClientConnectorError as error:
                # Nobody listens, so nothing was sent: the desk is being started, or started again.
                now = asyncio.get_running_loop().time()
                self._away_since = now if self._away_since is None else self._away_since
                if now >= self._away_since + self._patience:
                    raise LineError(503) from error
                await asyncio.sleep(_TRY_AGAIN_SECONDS)
            except ValueError as error:
                raise LineError(400) from error  # an address or a header that can't be sent on
            except (aiohttp.ClientError, TimeoutError, OSError) as error:
                raise LineError(_status_for(error)) from error
        async with response:
            yield response

    async def _request(self, scope: Scope, body: Body | None) -> aiohttp.ClientResponse:
        return await self._opened().request(
            scope["method"],
            _address(scope),
            headers=self._headers(scope, body),
            data=None if body is None else body.pieces(),
            allow_redirects=False,
        )

    def _headers(self, scope: Scope, body: Body | None) -> CIMultiDict[str]:
        named = header(scope, b"connection")
        dropped = _NOT_FROM_OUTSIDE
        if named and named.lower() not in {b"close", b"keep-alive"}:
            dropped = dropped | {each.strip().lower() for each in named.split(b",")}
        headers: CIMultiDict[str] = CIMultiDict()
        for name, value in scope["headers"]:
            if name not in dropped and not name.startswith(b"x-tajuk-"):
                headers.add(name.decode("latin-1"), _text(value))
        for name, value in self._proxies.headers(scope):
            headers.add(name.decode(), _text(value))
        if body is not None:
            headers.add("content-length", str(body.size))
        return headers

    async def tell(self, body: bytes, seal: str) -> bool:
        """Tells the desk a batch; whether it has it."""
        try:
            async with self._opened().post(
                f"http://desk{ADDRESS}",
                data=body,
                headers={SEAL: seal, "content-type": "application/json"},
                timeout=aiohttp.ClientTimeout(total=_TELL_SECONDS),
            ) as response:
                return response.status == HTTPStatus.NO_CONTENT
        except (aiohttp.ClientError, OSError, TimeoutError):
            return False

    async def health(self) -> tuple[bool, bool | None]:
        """Whether somebody listens on the desk's socket, and whether the desk can read its database; None: not known.

        A second at most, on a line of its own: monitors learn of a desk that is too busy to say anything.
        """
        try:
            async with (
                aiohttp.ClientSession(
                    connector=aiohttp.UnixConnector(str(self._socket_path)),
                    timeout=aiohttp.ClientTimeout(total=_HEALTH_SECONDS),
                ) as session,
                session.get(f"http://desk{HEALTH}") as response,
            ):
                told = await response.json()
        except aiohttp.ClientConnectorError:
            return False, None
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError):
            return True, None
        return True, told.get("database") is True


async def relay(
    response: aiohttp.ClientResponse, send: Send, headers: list[Header], *, head: bool
) -> None:
    """Sends the desk's answer on, piece by piece."""
    await send_start(send, response.status, headers)
    if not head:
        async for piece in response.content.iter_chunked(_PIECE):
            await send({"type": "http.response.body", "body": piece, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


def headers_of(response: aiohttp.ClientResponse) -> list[Header]:
    """The desk's headers without those that concern the line alone."""
    dropped = _NOT_FROM_THE_DESK
    named = response.headers.get("connection", "")
    if named:
        dropped = dropped | {each.strip().lower().encode() for each in named.split(",")}
    return [
        (name.lower(), value) for name, value in response.raw_headers if name.lower() not in dropped
    ]


def _address(scope: Scope) -> URL:
    path = (scope.get("raw_path") or scope["path"].encode()).decode("latin-1")
    query = scope["query_string"].decode("latin-1")
    return URL(f"http://desk{path}{'?' if query else ''}{query}", encoded=True)


def _text(value: bytes) -> str:
    """Header values are sent on as UTF-8; what isn't that is taken for Latin-1."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _status_for(error: Exception) -> int:
    if isinstance(error, aiohttp.ServerTimeoutError) and not isinstance(
        error, aiohttp.ConnectionTimeoutError
    ):
        return 504
    if isinstance(error, aiohttp.ConnectionTimeoutError):
        return 503
    return 502
