"""What the newsstand tells the desk, over the desk's own socket: a batch, sealed with the key ring.

Metered stories that signed-in readers opened, and visitors who claim to be a search engine. Each may be told twice.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from hmac import compare_digest

from tajuk.paywall.passes import KeyRing, Purpose, milliseconds, moment_of, opened, sealed

ADDRESS = "/newsstand/told"
"""Where the desk hears it. From outside nobody can seal what is said there."""
SEAL = "x-tajuk-seal"
"""The header with the seal; the newsstand takes headers of this kind from nobody."""
MOST = 500
"""Of each kind in a batch."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A metered story that a signed-in reader has opened."""

    reader_id: int
    story_id: int
    read_at: datetime


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody at this address says they are this crawler; see `contracts.crawlers`."""

    crawler: str
    address: str


@dataclass(frozen=True, slots=True)
class Told:
    """One batch."""

    readings: tuple[Reading, ...] = ()
    claims: tuple[Claim, ...] = ()


def packed_told(readings: Iterable[Reading], claims: Iterable[Claim]) -> bytes:
    """The batch as JSON."""
    value = {
        "readings": [
            [each.reader_id, each.story_id, milliseconds(each.read_at)] for each in readings
        ],
        "claims": [[each.crawler, each.address] for each in claims],
    }
    return json.dumps(value, separators=(",", ":")).encode()


def seal_of(body: bytes, ring: KeyRing) -> str:
    """The seal that goes with a batch."""
    return sealed(Purpose.TOLD, _digest(body), ring)


def told_in(body: bytes, seal: str, ring: KeyRing) -> Told | None:
    """The batch; None for what the newsstand did not seal."""
    digest = opened(Purpose.TOLD, seal.encode("latin-1", "replace"), ring)
    if digest is None or not compare_digest(digest, _digest(body)):
        return None
    value = json.loads(body)
    return Told(
        tuple(
            Reading(reader_id, story_id, moment_of(at))
            for reader_id, story_id, at in value["readings"]
        ),
        tuple(Claim(crawler, address) for crawler, address in value["claims"]),
    )


def _digest(body: bytes) -> bytes:
    return blake2b(body, digest_size=32).digest()
