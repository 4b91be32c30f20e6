"""The sockets readers connect to."""

import contextlib
import fcntl
import socket
import sys
import termios

BACKLOG = 4096


def listen(host: str, port: int) -> list[socket.socket]:
    """One socket for each address the host has; others of this process may listen beside them.

    With SO_REUSEPORT the kernel deals connections out among the sockets. Port 0 takes a free one, the same
    for each address. Raises OSError if nobody can listen there.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    addresses = list(dict.fromkeys((family, address) for family, _, _, _, address in found))
    sockets: list[socket.socket] = []
    problem: OSError | None = None
    for family, address in addresses:
        taken = sockets[0].getsockname()[1] if sockets else port
        try:
            sockets.append(
                _listening(family, (address[0], taken, *address[2:]), len(addresses) == 1)
            )
        except OSError as error:  # a machine may have a name for an address it doesn't have
            problem = error
    if not sockets:
        raise problem or OSError(f"{host} has no address to listen on.")
    return sockets


def unsent(line: socket.socket | None) -> int:
    """How many bytes the kernel holds that the other side hasn't acknowledged; 0 where it doesn't say."""
    if line is None or sys.platform != "linux":
        return 0
    try:
        answer = fcntl.ioctl(line.fileno(), termios.TIOCOUTQ, b"\0\0\0\0")
    except (OSError, ValueError):
        return 0  # cut meanwhile
    return int.from_bytes(answer, sys.byteorder)


def _listening(
    family: int,
    address: tuple[object, ...],
    both: bool,  # noqa: FBT001
) -> socket.socket:
    """`both`: on `::` readers with IPv4 are let in too."""
    with contextlib.ExitStack() as on_error:
        listening = on_error.enter_context(socket.socket(family, socket.SOCK_STREAM))
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        if family == socket.AF_INET6:
            listening.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, not both)
        listening.bind(address)
        listening.listen(BACKLOG)
        listening.settimeout(0)
        on_error.pop_all()
    return listening
