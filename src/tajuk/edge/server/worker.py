"""One process that serves: its loop, its sockets, its end."""

import asyncio
import logging
import resource
import signal
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

import uvloop

from tajuk.edge.server.application import Application
from tajuk.edge.server.connection import Connection
from tajuk.edge.server.lifespan import Lifespan
from tajuk.edge.server.limits import Limits
from tajuk.edge.server.room import Room
from tajuk.edge.server.sockets import BACKLOG

_log = logging.getLogger(__name__)

_OTHER_FILES = 256
"""Descriptors for what isn't a client: the store, the line to the desk, files on the shelf."""


def work(
    make_application: Callable[[], Application],
    sockets: Sequence[socket.socket],
    limits: Limits | None = None,
) -> None:
    """Serves until SIGTERM or SIGINT. The application is made in here, after any fork."""
    uvloop.run(_serve(make_application(), sockets, limits or Limits()))


async def _serve(
    application: Application, sockets: Sequence[socket.socket], limits: Limits
) -> None:
    loop = asyncio.get_running_loop()
    told = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told.set)
    files = _raise_file_limit()
    if files - _OTHER_FILES < limits.connections:
        limits = replace(limits, connections=max(files - _OTHER_FILES, 1))
        _log.warning("few_files limit=%d connections=%d", files, limits.connections)
    async with open_room(application, sockets, limits):
        await told.wait()


@asynccontextmanager
async def open_room(
    application: Application, sockets: Sequence[socket.socket], limits: Limits
) -> AsyncIterator[Room]:
    """Serves on these sockets meanwhile; finishes what is under way afterwards."""
    loop = asyncio.get_running_loop()
    lifespan = Lifespan(application)
    await lifespan.start()
    room = Room(application, limits)
    servers = [
        await loop.create_server(lambda: Connection(room), sock=each, backlog=BACKLOG)
        for each in sockets
    ]
    try:
        yield room
    finally:
        for server in servers:
            server.close()
        await room.close()
        await lifespan.stop()


def _raise_file_limit() -> int:
    """As many files as the machine lets us have open."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard == resource.RLIM_INFINITY:
        return soft if soft != resource.RLIM_INFINITY else 1 << 20
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard
