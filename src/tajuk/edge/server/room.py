"""All the lines of one process, what they share, and the one timer that looks over them."""

import asyncio
import logging
from collections.abc import Coroutine
from email.utils import format_datetime
from typing import Any

from tajuk.edge.server.application import Application, at_once_of
from tajuk.edge.server.limits import Limits
from tajuk.edge.server.line import Line
from tajuk.terms import clock

_log = logging.getLogger(__name__)

_MOST_TURNED_AWAY = 512
"""Lines that are told there is no room, at the same time; others are cut without a word."""


class Room:
    """Make it in the loop that serves."""

    def __init__(self, application: Application, limits: Limits) -> None:
        self.application = application
        self.at_once = at_once_of(application)
        self.limits = limits
        self._loop = asyncio.get_running_loop()
        self._lines: set[Line] = set()
        self._turned_away: set[Line] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._empty: asyncio.Future[None] | None = None
        self._look()

    def _look(self) -> None:
        """Once a second: what time it is, and who is too slow."""
        self.now = self._loop.time()
        self.date = b"date: %b\r\n" % format_datetime(clock.now(), usegmt=True).encode()
        self.date_and_end = self.date + b"\r\n"
        self._timer = self._loop.call_later(self.limits.look_seconds, self._look)
        for line in (*self._lines, *self._turned_away):
            line.look(self.now)

    def enter(self, line: Line) -> bool:
        """A client has connected; False if there is no room for it."""
        if len(self._lines) < self.limits.connections and self._empty is None:
            self._lines.add(line)
            return True
        if len(self._turned_away) >= _MOST_TURNED_AWAY:
            line.cut()
        self._turned_away.add(line)
        return False

    def leave(self, line: Line) -> None:
        """A line is cut."""
        self._lines.discard(line)
        self._turned_away.discard(line)
        if self._empty is not None and not self._lines and not self._empty.done():
            self._empty.set_result(None)

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Has a request answered."""
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Finishes what is under way, for as long as the limits say, and cuts the rest."""
        self._empty = self._loop.create_future()
        for line in tuple(self._lines):
            line.end()
        if self._lines:
            await asyncio.wait([self._empty], timeout=self.limits.end_seconds)
        left = (*self._lines, *self._turned_away)
        if self._lines:
            _log.warning("connections_cut count=%d", len(self._lines))
        for line in left:
            line.cut()
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks, timeout=1)
        self._timer.cancel()
