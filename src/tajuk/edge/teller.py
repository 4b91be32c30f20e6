"""Tells the desk what the newsstand has seen of readers: in batches, beside the pages, never before one.

What isn't told yet is kept within bounds and told again until the desk has it. Nothing is lost silently beyond them:
a reader's own card is in their cookie, and what the store lacks of it is told with their next metered story.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from itertools import islice

from tajuk.contracts.told import MOST, Claim, Reading, packed_told, seal_of
from tajuk.edge.slots import Reader
from tajuk.paywall import Entitlement
from tajuk.paywall.keyring import WatchedKeyRing

MOST_WAITING = 20_000
GATHER_SECONDS = 0.15
"""What happens within that time of the first is told together."""
_LONGEST_WAIT_SECONDS = 5.0
_CLAIM_AGAIN = timedelta(minutes=5)

log = logging.getLogger(__name__)

Tell = Callable[[bytes, str], Awaitable[bool]]
"""Hands a batch and its seal to the desk; whether it has it now."""


class Teller:
    """What one process of the newsstand has to tell."""

    def __init__(self, keys: WatchedKeyRing, tell: Tell) -> None:
        self._keys = keys
        self._tell = tell
        self._readings: dict[tuple[int, int], datetime] = {}
        self._claims: dict[Claim, datetime] = {}
        self._claimed: dict[Claim, datetime] = {}
        self._some = asyncio.Event()
        self._is_full = False
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """From now on what is seen is told; inside the loop that serves."""
        self._task = asyncio.create_task(self._run())

    async def close(self) -> None:
        """Tells what is left, once."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._task = None
        await self._deliver()

    def read(self, reader: Reader, story_id: int | None, *, now: datetime) -> None:
        """A signed-in reader has opened this metered story; and whatever their card has that the store has not."""
        held, row, card = reader.reader_pass, reader.row, reader.card
        if held is None or Entitlement.PREMIUM in held.entitlements:
            return
        known = row.card.stories if row is not None and row.card is not None else ()
        if card is not None:
            for each in card.stories:
                if each not in known:
                    self._readings.setdefault((held.reader_id, each), card.opened_at)
        if story_id is not None:
            self._readings.setdefault((held.reader_id, story_id), now)
        self._wake(self._readings)

    def claim(self, claim: Claim, now: datetime) -> None:
        """Somebody claims to be a crawler whose address nobody has looked at; told once in a while."""
        before = self._claimed.get(claim)
        if before is not None and now < before + _CLAIM_AGAIN:
            return
        while len(self._claimed) >= MOST_WAITING:
            del self._claimed[next(iter(self._claimed))]
        self._claimed[claim] = now
        self._claims[claim] = now
        self._wake(self._claims)

    def _wake(self, kept: "dict[tuple[int, int], datetime] | dict[Claim, datetime]") -> None:
        if not kept:
            return
        while len(kept) > MOST_WAITING:
            del kept[next(iter(kept))]  # type: ignore[arg-type]  # the key is its own
            if not self._is_full:
                self._is_full = True
                log.warning("teller_full", extra={"most": MOST_WAITING})
        self._some.set()

    async def _run(self) -> None:
        wait = GATHER_SECONDS
        while True:
            await self._some.wait()
            await asyncio.sleep(wait)
            if not await self._deliver():
                wait = min(wait * 2, _LONGEST_WAIT_SECONDS)
                continue
            wait = GATHER_SECONDS
            self._is_full = False
            if not (self._readings or self._claims):
                self._some.clear()

    async def _deliver(self) -> bool:
        """Tells a batch; whether nothing of it is left to be told."""
        readings = dict(islice(self._readings.items(), MOST))
        claims = list(islice(self._claims, MOST))
        if not readings and not claims:
            return True
        body = packed_told(
            [Reading(reader, story, at) for (reader, story), at in readings.items()], claims
        )
        if not await self._tell(body, seal_of(body, self._keys.ring)):
            return False
        for key in readings:
            self._readings.pop(key, None)
        for claim in claims:
            self._claims.pop(claim, None)
        return True
