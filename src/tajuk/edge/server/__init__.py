"""The newsstand's own HTTP/1.1 server: one protocol object a connection, on uvloop and llhttp.

In: connections on listening sockets. Out: what the application answers. Owns: connections, their limits and
their timers, and the worker processes. An application is ASGI; if it has `at_once` too (see `application.py`),
what that gives is written without a task, a future or a scope being made.

    application.py  what is served
    request.py      what was asked, examined
    connection.py   one client's line: bytes in, bytes out, and the short way
    line.py         its careful half: order, waiting, time limits, the end
    pace.py         how fast a client takes what it is sent
    exchange.py     one request answered through ASGI
    room.py         all the lines of a process, and the one timer that looks over them
    worker.py       one process that serves
    group.py        the parent that keeps the processes alive
"""

from tajuk.edge.server.application import Application, AtOnce
from tajuk.edge.server.group import keep_workers
from tajuk.edge.server.limits import Limits
from tajuk.edge.server.sockets import listen
from tajuk.edge.server.worker import open_room, work

__all__ = ["Application", "AtOnce", "Limits", "keep_workers", "listen", "open_room", "work"]
