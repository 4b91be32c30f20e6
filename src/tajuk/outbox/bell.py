"""The worker's bell: a datagram on a Unix socket, so that a message is fetched the moment it is committed.

Nothing depends on it: a bell that isn't heard costs the worker's next look, half a second at most. That is
also how workers on other machines learn of a message.
"""

import contextlib
import socket
from pathlib import Path

from django.conf import settings


def bell_path() -> Path:
    """Where the worker of this machine listens."""
    path: Path = settings.PAPER.run_path / "worker.sock"
    return path


def ring() -> None:
    """Wakes the worker, if one listens."""
    with (
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as bell,
        contextlib.suppress(FileNotFoundError, ConnectionRefusedError, BlockingIOError),
    ):
        bell.settimeout(0)
        bell.sendto(b"!", str(bell_path()))


class Bell:
    """The worker's end. Use as a context manager."""

    def __init__(self, path: Path) -> None:
        """Listens at `path`; whoever listened there before is taken to have died."""
        self._path = path
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(str(path))

    def __enter__(self) -> "Bell":
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()
        self._path.unlink(missing_ok=True)

    def wait(self, seconds: float) -> None:
        """Returns when the bell is rung, or after `seconds`; several rings count as one."""
        self._socket.settimeout(seconds)
        try:
            self._socket.recv(1)
            self._socket.settimeout(0)
            while True:
                self._socket.recv(1)
        except (TimeoutError, BlockingIOError):
            return
