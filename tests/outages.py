"""Taking a newspaper's parts away from it while it runs, and giving them back."""

import contextlib
import os
import select
import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit, urlunsplit

from tests.running import Newspaper


class Gatekeeper:
    """A TCP door on loopback before a PostgreSQL server: shut, it is as if the server were stopped."""

    def __init__(self, database_url: str) -> None:
        """Opens the door to this database's server."""
        parts = urlsplit(database_url)
        told = parse_qs(parts.query)
        folder = told.get("host", [""])[0]
        self._server: str | tuple[str, int] = (
            f"{folder}/.s.PGSQL.{parts.port or 5432}"
            if folder.startswith("/")
            else (parts.hostname or folder or "127.0.0.1", parts.port or 5432)
        )
        self._lines: set[socket.socket] = set()
        self._listener = self._listening(0)
        self.port = int(self._listener.getsockname()[1])
        user = f"{parts.username or _me()}{f':{parts.password}' if parts.password else ''}"
        here = parts._replace(netloc=f"{user}@127.0.0.1:{self.port}", query="sslmode=disable")
        self.url = urlunsplit(here)
        """The database's address through the door."""

    def shut(self) -> None:
        """Nobody gets in, and whoever was in is out."""
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for line in list(self._lines):
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def open(self) -> None:
        """As it was."""
        self._listener = self._listening(self.port)

    def _listening(self, port: int) -> socket.socket:
        listener = socket.create_server(("127.0.0.1", port))
        threading.Thread(target=self._let_in, args=(listener,), daemon=True).start()
        return listener

    def _let_in(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = listener.accept()
                threading.Thread(target=self._carry, args=(client,), daemon=True).start()

    def _carry(self, client: socket.socket) -> None:
        family = socket.AF_UNIX if isinstance(self._server, str) else socket.AF_INET
        with client, socket.socket(family) as server:
            self._lines |= {client, server}
            with contextlib.suppress(OSError):
                server.connect(self._server)
                while True:
                    for ready in select.select([client, server], [], [])[0]:
                        piece = ready.recv(1 << 16)
                        if not piece:
                            return
                        (server if ready is client else client).sendall(piece)
            self._lines -= {client, server}


def _me() -> str:
    return os.environ.get("PGUSER") or os.environ.get("USER") or "root"


@contextlib.contextmanager
def sqlite_taken_away(paper: Newspaper) -> Iterator[None]:
    """The database's files are elsewhere, and where they were nothing can be opened."""
    names = [f"tajuk.sqlite3{end}" for end in ("", "-wal", "-shm")]
    var, elsewhere = paper.folder / "var", paper.folder / "elsewhere"
    elsewhere.mkdir()
    moved = [name for name in names if (var / name).exists()]
    for name in moved:
        (var / name).rename(elsewhere / name)
    (var / names[0]).mkdir()
    try:
        yield
    finally:
        (var / names[0]).rmdir()
        for name in moved:
            (elsewhere / name).rename(var / name)
        elsewhere.rmdir()


@contextlib.contextmanager
def postgres_taken_away(door: Gatekeeper) -> Iterator[None]:
    """The server is as good as stopped."""
    door.shut()
    try:
        yield
    finally:
        door.open()


def delete_store(paper: Newspaper) -> Path:
    """Deletes the page store while it is in use."""
    store = paper.folder / "var/store"
    shutil.rmtree(store)
    return store
