"""Search engines that may prove who they are: how they name themselves, by what they prove it, and the verdicts.

The newsstand only reads verdicts; the desk reaches them (`wall.crawlers`) and puts them into the store, each with an
end. The sources are the engines' own pages on verifying their crawlers.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from tajuk.paywall.passes import milliseconds, moment_of

_FORMAT = 1
VERDICTS = f"crawlers-{_FORMAT}"
"""The mark under which they stand in the store."""
MOST_PROVED, MOST_FAILED = 4000, 500
"""So many verdicts are kept of each kind: anybody can fail as often as they like, and drives out no crawler."""
PROVED_FOR = timedelta(days=1)
FAILED_FOR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Crawler:
    """How a search engine's crawler names itself, and under which domains its addresses are registered."""

    token: bytes
    """In its User-Agent, in lower case."""
    domains: tuple[str, ...]


CRAWLERS: Mapping[str, Crawler] = {
    # Not google.com: what fetches a page because somebody asked it to is registered there too.
    "googlebot": Crawler(b"googlebot", ("googlebot.com",)),
    "bingbot": Crawler(b"bingbot", ("search.msn.com",)),
    "applebot": Crawler(b"applebot", ("applebot.apple.com",)),
    "yandexbot": Crawler(b"yandexbot", ("yandex.com", "yandex.net", "yandex.ru")),
}


def claimed_by(user_agent: bytes) -> str:
    """Which crawler a User-Agent header claims to be; empty for none. Anybody can claim it."""
    told = user_agent.lower()
    return next((name for name, each in CRAWLERS.items() if each.token in told), "")


class Verdicts:
    """Which addresses have proved to be a crawler's, and which have not; each until its end."""

    __slots__ = ("_rows",)

    def __init__(self, rows: Mapping[tuple[str, str], tuple[bool, datetime]] | None = None) -> None:
        """By (crawler, address): whether it is, and until when that is known."""
        self._rows = dict(rows or {})

    def of(self, crawler: str, address: str, *, now: datetime) -> bool | None:
        """Whether this address is that crawler's; None where nobody knows, or knows no longer."""
        found = self._rows.get((crawler, address))
        return found[0] if found is not None and now < found[1] else None

    def with_more(
        self, more: Mapping[tuple[str, str], tuple[bool, datetime]], *, now: datetime
    ) -> "Verdicts":
        """With these too, without those that have ended; the newest are kept if there are too many."""
        kept = {key: row for key, row in self._rows.items() if now < row[1] and key not in more}
        rows = list((kept | dict(more)).items())
        proved = [row for row in rows if row[1][0]]
        failed = [row for row in rows if not row[1][0]]
        return Verdicts(dict([*proved[-MOST_PROVED:], *failed[-MOST_FAILED:]]))

    def packed(self) -> bytes:
        """As JSON."""
        rows = [
            [crawler, address, is_proved, milliseconds(until)]
            for (crawler, address), (is_proved, until) in self._rows.items()
        ]
        return json.dumps(rows, separators=(",", ":")).encode()


def unpacked_verdicts(packed: bytes) -> Verdicts:
    """The verdicts again."""
    return Verdicts({
        (crawler, address): (is_proved, moment_of(until))
        for crawler, address, is_proved, until in json.loads(packed)
    })  # fmt: skip
