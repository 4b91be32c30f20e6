"""Crawlers that claim to be one are looked at in the background, beside everything else the desk does.

One thread in the desk's process, so that no slow name server holds up an editor or the press. A verdict goes into
the store, where the newsstand reads it; what is lost with the process is claimed again.
"""

import logging
import queue
import threading
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

import dns.resolver

from tajuk.contracts.crawlers import (
    FAILED_FOR,
    PROVED_FOR,
    VERDICTS,
    Verdicts,
    unpacked_verdicts,
)
from tajuk.contracts.told import Claim
from tajuk.store import PageStore
from tajuk.terms import clock
from tajuk.wall.crawlers import UndecidedError, is_crawler, resolver

FOLDER = "crawlers"
_MOST_WAITING = 500

log = logging.getLogger(__name__)


class Examiner:
    """Looks at claims, one after another."""

    def __init__(
        self, store: Callable[[], PageStore], folder: Path, *,
        ask: Callable[[], dns.resolver.Resolver] = resolver, now: Callable[[], datetime] = clock.now,
    ) -> None:  # fmt: skip
        """`folder` is where published ranges may stand; `ask` gives the resolver, read anew for each claim."""
        self._store = store
        self._folder = folder
        self._ask = ask
        self._now = now
        self._waiting: queue.Queue[Claim] = queue.Queue(_MOST_WAITING)
        self._here: set[Claim] = set()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def take(self, claims: Iterable[Claim]) -> None:
        """These will be looked at; what is too much is let go, and claimed again."""
        for each in claims:
            with self._lock:
                if each in self._here:
                    continue
                try:
                    self._waiting.put_nowait(each)
                except queue.Full:
                    log.warning("too_many_crawlers", extra={"most": _MOST_WAITING})
                    return
                self._here.add(each)
                if self._thread is None:
                    self._thread = threading.Thread(target=self._work, name="crawlers", daemon=True)
                    self._thread.start()

    def settle(self) -> None:
        """Waits until everything taken has been looked at."""
        self._waiting.join()

    def _work(self) -> None:
        while True:
            claim = self._waiting.get()
            try:
                self.look_at(claim)
            except Exception:
                # A full disk, say: the claim is made again.
                log.exception("crawler_not_examined")
            finally:
                with self._lock:
                    self._here.discard(claim)
                self._waiting.task_done()

    def look_at(self, claim: Claim) -> None:
        """Reaches a verdict and writes it down. Nothing, where DNS gave no answer."""
        store, moment = self._store(), self._now()
        told = store.mark(VERDICTS)
        verdicts = Verdicts() if told is None else unpacked_verdicts(told)
        if verdicts.of(claim.crawler, claim.address, now=moment) is not None:
            return
        try:
            proved = is_crawler(
                claim.crawler, claim.address, folder=self._folder, resolver=self._ask()
            )
        except UndecidedError as error:
            log.warning("crawler_undecided", extra={"crawler": claim.crawler, "reason": str(error)})
            return
        until = moment + (PROVED_FOR if proved else FAILED_FOR)
        key = claim.crawler, claim.address
        run = store.next_run()
        told = store.mark(VERDICTS)
        verdicts = Verdicts() if told is None else unpacked_verdicts(told)
        with store.batch(run) as batch:
            more = verdicts.with_more({key: (proved, until)}, now=moment)
            batch.put_mark(VERDICTS, more.packed())
        log.info("crawler_examined", extra={"crawler": claim.crawler, "is_proved": proved})
