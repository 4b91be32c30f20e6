"""Whether a port is free, and if not, who has it and what to do."""

import errno
import os
import socket
from pathlib import Path

from tajuk.site.commands.failure import CommandError

_HIGHEST = 65535
_LISTENING = "0A"


class PortBusyError(CommandError):
    """Somebody listens there already."""

    def __init__(self, port: int, holder: str) -> None:
        """`holder` says which process, or is empty if that can't be seen."""
        by = f" by {holder}" if holder else ""
        super().__init__(
            f"Port {port} is in use{by}. Stop that process, or choose another port: --port {_next(port)}"
        )
        self.port = port


class PortRefusedError(CommandError):
    """The machine doesn't let us listen there."""


def refuse_busy_port(host: str, port: int) -> None:
    """Raises PortBusyError or PortRefusedError, whose text has the remedy, if nobody could listen there now."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        raise PortRefusedError(
            f"{host!r} is no address to listen on ({error}). Try --host 127.0.0.1."
        ) from error
    with socket.socket(family, kind) as probe:
        # Without REUSEPORT, so that a server that has it doesn't let us in beside it.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
            probe.listen(1)
        except PermissionError as error:
            raise PortRefusedError(
                f"Port {port} is reserved for root. Use --port 8000 and put Caddy or nginx in front."
            ) from error
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise PortBusyError(port, who_listens(port)) from error
            raise PortRefusedError(
                f"Nobody can listen on {host}:{port} here ({error.strerror}). Try --host 127.0.0.1."
            ) from error


def _next(port: int) -> int:
    return port + 1 if port < _HIGHEST else port - 1


def who_listens(port: int) -> str:
    """The process that listens on the port, as /proc tells: `process 1234 (python …)`; else nothing."""
    sockets = _listening_sockets(port)
    for process in Path("/proc").glob("[0-9]*") if sockets else ():
        try:
            held = {os.readlink(each) for each in (process / "fd").iterdir()}  # noqa: PTH115
            command = (
                (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            )
        except OSError:
            continue  # it has ended, or is somebody else's
        if held & sockets:
            return f"process {process.name} ({command.strip()[:80]})"
    return ""


def _listening_sockets(port: int) -> set[str]:
    found = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        try:
            lines = Path(table).read_text(encoding="ascii").splitlines()[1:]
        except OSError:
            continue
        for line in lines:
            fields = line.split()
            if fields[3] == _LISTENING and int(fields[1].rsplit(":", 1)[1], 16) == port:
                found.add(f"socket:[{fields[9]}]")
    return found
