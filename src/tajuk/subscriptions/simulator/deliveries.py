"""Sending notices: again until they are taken, late, twice and in any order, as the settings say."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass

import aiohttp

from tajuk.subscriptions.simulator.book import Book

log = logging.getLogger(__name__)

Made = Callable[[], tuple[bytes, Mapping[str, str]]]
"""A notice's body and headers, signed at the moment it is sent."""


@dataclass(slots=True)
class Disorder:
    """How unruly the network is."""

    copies: int = 0
    """So many copies more at most, of each notice."""
    delay: float = 0.0
    """Seconds at most before a notice goes: they overtake each other."""
    retry_after: float = 1.0
    """Seconds before the first repetition of one that wasn't taken; doubled each time, to 16 times that."""
    tries: int = 12
    forged: float = 0.0
    """The share of notices beside which a forged one goes."""


class Deliveries:
    """What is on its way to the paper."""

    def __init__(self, book: Book, paper: str, disorder: Disorder) -> None:
        """`paper` is its address, without a slash at the end."""
        self.disorder = disorder
        self.sent = self.taken = self.forged = self.forged_taken = 0
        self._book, self._paper = book, paper
        self._tasks: set[asyncio.Task[None]] = set()
        self._session: aiohttp.ClientSession | None = None
        self._gate = asyncio.Semaphore(16)

    @property
    def waiting(self) -> int:
        """Notices that have not been taken yet."""
        return len(self._tasks)

    def send(self, provider: str, made: Made) -> None:
        """Puts a notice on its way, with its copies."""
        chance = self._book.chance
        for _ in range(
            1 + (chance.randint(0, self.disorder.copies) if self.disorder.copies else 0)
        ):
            self._start(self._deliver(provider, made, chance.uniform(0, self.disorder.delay)))
        if chance.random() < self.disorder.forged:
            self._start(self._forge(provider, made, chance.uniform(0, self.disorder.delay)))

    async def close(self) -> None:
        """Nothing more is sent."""
        for task in self._tasks:
            task.cancel()
        if self._session is not None:
            await self._session.close()

    def _start(self, what: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(what)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _deliver(self, provider: str, made: Made, delay: float) -> None:
        await asyncio.sleep(delay)
        wait = self.disorder.retry_after
        for _ in range(self.disorder.tries):
            body, headers = made()
            self.sent += 1
            if await self._posted(provider, body, headers):
                self.taken += 1
                return
            await asyncio.sleep(wait * self._book.chance.uniform(0.5, 1))
            wait = min(wait * 2, 16 * self.disorder.retry_after)
        log.warning("notice_given_up provider=%s", provider)

    async def _forge(self, provider: str, made: Made, delay: float) -> None:
        """What somebody without the key sends: the same, changed after it was signed."""
        await asyncio.sleep(delay)
        body, headers = made()
        wrong = {
            name: _wrong(value) if "token" in name.lower() else value
            for name, value in headers.items()
        }
        self.forged += 1
        if await self._posted(provider, _changed(body), wrong):
            self.forged_taken += 1

    async def _posted(self, provider: str, body: bytes, headers: Mapping[str, str]) -> bool:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=15))
        try:
            async with (
                self._gate,
                self._session.post(
                    f"{self._paper}/api/payments/{provider}",
                    data=body,
                    headers={"Content-Type": "application/json", **headers},
                ) as answer,
            ):
                return 200 <= answer.status < 300  # noqa: PLR2004  as providers count it
        except (aiohttp.ClientError, TimeoutError):
            return False


def _wrong(value: str) -> str:
    return value[:-1] + ("0" if value[-1:] != "0" else "1")


def _changed(body: bytes) -> bytes:
    """Another state, amount or order under the same signature."""
    return body.replace(b'"status_code": "', b'"status_code": "9').replace(
        b'"id": "', b'"id": "0', 1
    )
