"""An application's beginning and end."""

import asyncio
import logging

from tajuk.edge.asgi import Event
from tajuk.edge.server.application import Application

_log = logging.getLogger(__name__)


class Lifespan:
    """ASGI's lifespan; an application that knows none just serves."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._events: asyncio.Queue[Event] = asyncio.Queue()
        self._said: asyncio.Queue[str] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Returns when the application is ready. Raises RuntimeError if it says that it can't be."""
        self._task = asyncio.get_running_loop().create_task(self._run())
        if (said := await self._tell("lifespan.startup")) == "lifespan.startup.failed":
            raise RuntimeError(f"The application couldn't start ({said}); its log says why.")

    async def stop(self) -> None:
        """Returns when the application has put its things away."""
        if self._task is not None and not self._task.done():
            await self._tell("lifespan.shutdown")
            await self._task

    async def _tell(self, what: str) -> str:
        await self._events.put({"type": what})
        return await self._said.get()

    async def _run(self) -> None:
        scope = {"type": "lifespan", "asgi": {"version": "3.0", "spec_version": "2.0"}}
        try:
            await self._application(scope, self._events.get, self._send)
        except Exception:  # noqa: BLE001  ASGI: an application that raises here knows no lifespan
            _log.debug("no_lifespan", exc_info=True)
        finally:
            await self._said.put("")

    async def _send(self, event: Event) -> None:
        await self._said.put(event["type"])
