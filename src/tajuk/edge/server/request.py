"""What was asked, examined: nothing that can be read in two ways gets past here.

The parser (llhttp, strict) has refused folded lines, lone line ends, control characters, a length given twice
or beside chunks; what it lets through and we don't is refused here.
"""

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote_to_bytes

from tajuk.edge.server.application import Header
from tajuk.edge.server.faults import FaultError
from tajuk.edge.server.inbox import Inbox
from tajuk.edge.server.limits import Limits

HOST_CHARACTERS = (
    b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~!$&'()*+,;=%:[]"
)
"""Of which a Host header is made (RFC 3986, 3.2.2 and 3.2.3)."""
READING = frozenset({b"GET", b"HEAD"})
_NOT_HTTP = frozenset({
    b"ANNOUNCE", b"CONNECT", b"DESCRIBE", b"FLUSH", b"GET_PARAMETER", b"PAUSE", b"PLAY", b"PRI", b"RECORD",
    b"REDIRECT", b"SETUP", b"SET_PARAMETER", b"SOURCE", b"TEARDOWN",
})  # fmt: skip
"""Of proxies, and of RTSP and Icecast, which the parser knows too."""
_ABSOLUTE = re.compile(
    rb"https?://((?:[a-z0-9._~-]+|\[[0-9a-f:.]+\])(?::[0-9]*)?)(?=[/?]|$)", re.IGNORECASE
)
_LENGTH = re.compile(rb"[0-9]{1,19}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_LINE_EXTRA = len("  HTTP/1.1")
_HEADER_EXTRA = len(": \r\n")


@dataclass(slots=True)
class Request:
    """A request whose headers are complete."""

    method: bytes
    target: bytes
    """Path and query."""
    headers: list[Header]
    version: str
    keep_alive: bool
    has_body: bool
    expects_continue: bool
    inbox: Inbox = field(default_factory=Inbox)

    @property
    def is_head(self) -> bool:
        """Whether it is answered without a body."""
        return self.method == b"HEAD"

    @property
    def may_be_at_once(self) -> bool:
        """Whether the fast lane may be asked."""
        return self.method in READING and not self.has_body


def examine(
    method: bytes,
    target: bytes,
    headers: list[Header],
    *,
    version: str,
    keep_alive: bool,
    upgrade: bool,
    limits: Limits,
) -> Request:
    """The request; raises FaultError if it is too large or can't be trusted to mean one thing."""
    check_size(method, target, headers, limits)
    if version not in {"1.0", "1.1"}:
        raise FaultError(400, f"HTTP/{version}")
    if method in _NOT_HTTP:
        raise FaultError(400, "not a request to a web server")
    named: dict[bytes, list[bytes]] = {}
    for name, value in headers:
        named.setdefault(name, []).append(value)
    hosts = named.get(b"host", [])
    if len(hosts) > 1 or (version == "1.1" and not hosts):
        raise FaultError(400, "one Host is needed")
    if hosts and hosts[0].translate(None, HOST_CHARACTERS):
        raise FaultError(400, "not a host")
    if not target.startswith(b"/"):
        target, headers = _origin_form(target, headers)
    if b"#" in target:
        raise FaultError(400, "a fragment in the address")
    expects = b",".join(named.get(b"expect", ())).strip().lower()
    if expects and (expects != b"100-continue" or version == "1.0"):
        raise FaultError(417, "an expectation we can't meet")
    has_body = _has_body(named, version)
    if upgrade and has_body:
        # The parser reads no body behind an upgrade, and would take it for the next request.
        raise FaultError(400, "a body before an upgrade")
    return Request(
        method,
        target,
        headers,
        version,
        # No upgrade is taken up, and what follows may be of the other protocol.
        keep_alive and not upgrade,
        has_body,
        bool(expects),
    )


def check_size(method: bytes, target: bytes, headers: list[Header], limits: Limits) -> None:
    """Raises FaultError for what is too large, be it complete or not."""
    if len(method) + len(target) + _LINE_EXTRA > limits.request_line:
        raise FaultError(414, "the request line is too long")
    if len(headers) > limits.headers:
        raise FaultError(431, "too many headers")
    if sum(len(name) + len(value) + _HEADER_EXTRA for name, value in headers) > limits.head:
        raise FaultError(431, "the headers are too large")


def _has_body(named: dict[bytes, list[bytes]], version: str) -> bool:
    lengths, codings = named.get(b"content-length", []), named.get(b"transfer-encoding", [])
    if codings:
        # Anything but chunks alone could be read differently by a proxy before us.
        if (
            lengths
            or version == "1.0"
            or [each.strip().lower() for each in codings] != [b"chunked"]
        ):
            raise FaultError(400, "an unclear end of the body")
        return True
    if len(lengths) > 1 or (lengths and not _LENGTH.fullmatch(lengths[0].strip())):
        raise FaultError(400, "an unclear length of the body")
    return bool(lengths) and int(lengths[0]) > 0


def _origin_form(target: bytes, headers: list[Header]) -> tuple[bytes, list[Header]]:
    """Path and query of an absolute address, whose host stands above the Host header (RFC 9112, 3.2.2)."""
    found = _ABSOLUTE.match(target)
    if found is None:
        raise FaultError(400, "not an address")
    rest = target[found.end() :]
    host = (b"host", found[1])
    return (
        rest if rest.startswith(b"/") else b"/" + rest,
        [host, *[header for header in headers if header[0] != b"host"]],
    )


def scope_of(
    request: Request, *, client: tuple[str, int] | None, server: tuple[str, int] | None
) -> dict[str, Any]:
    """ASGI's view of it; raises FaultError for a path that hides control characters."""
    raw_path, _, query = request.target.partition(b"?")
    path = unquote_to_bytes(raw_path).decode("utf-8", "replace")
    if _CONTROL.search(path):
        raise FaultError(400, "control characters in the path")
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": request.version,
        "method": request.method.decode("ascii"),
        "scheme": "http",
        "root_path": "",
        "path": path,
        "raw_path": raw_path,
        "query_string": query,
        "headers": request.headers,
        "client": client,
        "server": server,
        "extensions": {"http.response.pathsend": {}},
    }
