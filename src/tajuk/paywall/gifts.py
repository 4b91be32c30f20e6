"""Gift links: a subscriber lets somebody read one story. A sealed text in the address; pure.

It opens exactly that story, for whoever holds it, until it runs out. It is no pass and counts on no meter.
"""

import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tajuk.paywall.passes import KeyRing, Purpose, opened, sealed

GIFT_LIFE = timedelta(days=14)
GIFT_PARAMETER = "gift"
"""Of the query string."""
_LONGEST = 120
_FORMAT = 1
# format, story, runs out (s: 32 bits last until 2106), who gives it (0: the paper)
_GIFT = struct.Struct(">BQIQ")


@dataclass(frozen=True, slots=True)
class Gift:
    """A story given to read, until a moment; the moment itself is already outside."""

    story_id: int
    expires_at: datetime
    giver_id: int = 0
    """The reader who gives it; 0 for the paper itself."""


def sealed_gift(gift: Gift, ring: KeyRing) -> str:
    """The text that stands in the address."""
    expires = int(gift.expires_at.timestamp())
    payload = _GIFT.pack(_FORMAT, gift.story_id, expires, gift.giver_id)
    return sealed(Purpose.GIFT, payload, ring)


def opened_gift(text: bytes, ring: KeyRing, *, now: datetime) -> Gift | None:
    """The gift; None for what is none of ours, and for one that has run out. Never raises."""
    if len(text) > _LONGEST:
        return None
    payload = opened(Purpose.GIFT, text, ring)
    if payload is None or len(payload) != _GIFT.size or payload[0] != _FORMAT:
        return None
    _, story_id, expires, giver_id = _GIFT.unpack(payload)
    expires_at = datetime.fromtimestamp(expires, UTC)
    return Gift(story_id, expires_at, giver_id) if now < expires_at else None


def gift_in(query: bytes) -> bytes:
    """The gift in a query string; empty without one. The first counts, as everywhere."""
    for each in query.split(b"&"):
        name, _, value = each.partition(b"=")
        if name == b"gift":
            return value
    return b""
