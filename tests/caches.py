"""A cache for tests that only hears what it is told: an HTTP server on loopback that notes PURGE requests."""

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Heard:
    """What it heard, and how it answers."""

    url: str = ""
    status: int = 200
    requests: list[list[str]] = field(default_factory=list)
    """The keys of each request."""

    @property
    def keys(self) -> list[str]:
        """All keys, in the order they came."""
        return [key for keys in self.requests for key in keys]


@contextlib.contextmanager
def listening_cache(port: int = 0) -> Iterator[Heard]:
    """At work until the block ends."""
    with _listening("xkey-purge", port) as heard:
        yield heard


@contextlib.contextmanager
def listening_cdn() -> Iterator[Heard]:
    """A CDN's interface: POST, with the keys in a header of theirs."""
    with _listening("surrogate-key", 0) as heard:
        yield heard


@contextlib.contextmanager
def _listening(name: str, port: int) -> Iterator[Heard]:
    heard = Heard()

    class Handler(BaseHTTPRequestHandler):
        def do_PURGE(self) -> None:
            heard.requests.append(self.headers[name].split())
            self.send_response(heard.status)
            self.send_header("content-length", "0")
            self.end_headers()

        do_POST = do_PURGE  # noqa: N815  the server's convention

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Not on the tests' output."""

    with ThreadingHTTPServer(("127.0.0.1", port), Handler) as server:
        heard.url = f"http://127.0.0.1:{server.server_port}/"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield heard
        finally:
            server.shutdown()
            thread.join()
