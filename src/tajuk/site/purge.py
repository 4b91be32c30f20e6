"""Tells caches in front (Varnish, a CDN's adapter) what to forget, until each has heard it.

What has changed stands in the page store, noted in the transaction of the change, so neither a crash nor a cache that
is away loses it, and the press never waits. A cache is told twice: an answer that was under way when it was told
the first time, made before the change, is forgotten the second time.
"""

import http.client
import logging
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlsplit

from tajuk.site.press_room import store
from tajuk.store.purges import ToPurge

AGAIN_AFTER = timedelta(seconds=5)
"""No answer is longer under way between the newsstand and a cache."""
KEYS_BYTES = 7_500
"""Of keys in a request: Varnish takes header lines of 8 kB."""
_LOOK_EVERY = 0.1
_PATIENCE = 5.0
_LONGEST_WAIT = 30.0
_OK = range(200, 300)

log = logging.getLogger(__name__)


class PurgeRefusedError(Exception):
    """A cache answered, but didn't do it."""

    def __init__(self, url: str, status: int) -> None:
        super().__init__(
            f"{url} answers {status} to PURGE. It has to let this machine purge: see docs/howto/cdn.md."
        )


def keep_caches_fresh(urls: Sequence[str], stop: threading.Event) -> None:
    """Tells every cache what it has to forget, until `stop` is set. Each has a thread, so none waits for another."""
    caches = [Cache(url) for url in urls]
    threads = [
        threading.Thread(target=_keep_fresh, args=(each, caches, stop), name="purge", daemon=True)
        for each in caches
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()


@dataclass(slots=True)
class Cache:
    """A cache in front, and what it has been told."""

    url: str
    once: dict[str, tuple[bytes, float]] = field(default_factory=dict)
    """By key: what was noted, and when the cache was told of it, on the monotonic clock."""
    twice: dict[str, bytes] = field(default_factory=dict)

    def tell(self, pending: Sequence[ToPurge], *, now: float) -> bool:
        """Tells it what it hasn't heard, or has heard once and long enough ago; whether there was anything.

        Raises OSError, http.client.HTTPException or PurgeRefusedError when it couldn't be told: it is told again.
        """
        first = [each for each in pending if not self._has_heard(each)]
        second = [each for each in pending if self._is_due_again(each, now)]
        if not first and not second:
            return False
        purge(self.url, [each.key for each in (*first, *second)])
        told_at = time.monotonic()
        self.once.update({each.key: (each.noted, told_at) for each in first})
        self.twice.update({each.key: each.noted for each in second})
        return True

    def is_done_with(self, each: ToPurge) -> bool:
        """Whether it has heard this twice."""
        return self.twice.get(each.key) == each.noted

    def keep_only(self, pending: Iterable[ToPurge]) -> None:
        """Nothing else is remembered."""
        keys = {each.key for each in pending}
        for told in (self.once, self.twice):
            for key in [each for each in told if each not in keys]:
                del told[key]

    def _has_heard(self, each: ToPurge) -> bool:
        return self.once.get(each.key, (b"", 0.0))[0] == each.noted

    def _is_due_again(self, each: ToPurge, now: float) -> bool:
        noted, told_at = self.once.get(each.key, (b"", 0.0))
        is_long_ago = now - told_at >= AGAIN_AFTER.total_seconds()
        return noted == each.noted and is_long_ago and not self.is_done_with(each)


def purge(url: str, keys: Sequence[str]) -> None:
    """Has a cache forget all that carries one of these surrogate keys. Raises when it doesn't."""
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    line = kind(parts.hostname or "", parts.port, timeout=_PATIENCE)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        for some in _bundles(keys):
            line.request("PURGE", target, headers={"xkey-purge": some})
            answer = line.getresponse()
            answer.read()
            if answer.status not in _OK:
                raise PurgeRefusedError(url, answer.status)
    finally:
        line.close()


def _bundles(keys: Sequence[str]) -> Iterator[str]:
    some: list[str] = []
    length = 0
    for key in keys:
        if some and length + len(key) + 1 > KEYS_BYTES:
            yield " ".join(some)
            some, length = [], 0
        some.append(key)
        length += len(key) + 1
    if some:
        yield " ".join(some)


def _keep_fresh(cache: Cache, caches: Sequence[Cache], stop: threading.Event) -> None:
    failures = 0
    while not stop.is_set():
        try:
            _turn(cache, caches)
        except Exception as error:
            # The cache may be away, the disk full, the store being made anew: nothing is lost, it is told again.
            if not failures:
                log.exception("caches_not_told", extra={"url": cache.url, "error": repr(error)})
            failures += 1
            stop.wait(min(0.5 * 2 ** min(failures, 10), _LONGEST_WAIT))
        else:
            if failures:
                log.info("caches_told_again", extra={"url": cache.url})
            failures = 0
            stop.wait(_LOOK_EVERY)


def _turn(cache: Cache, caches: Sequence[Cache]) -> None:
    pending = store().to_purge()
    if cache.tell(pending, now=time.monotonic()):
        store().purged(
            each for each in pending if all(other.is_done_with(each) for other in caches)
        )
    cache.keep_only(pending)
