"""What every surface is, and readers and pages that several of them ask for."""

import os
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from tajuk.contracts.pages import (
    AccountSlot,
    BodySlot,
    Fixed,
    MeterSlot,
    PagePlan,
    Part,
    PlacementSlot,
    Standing,
    Tail,
    TailSlot,
    account_key,
    meter_key,
    page_of_story,
    placement_key,
    tail_key,
)
from tajuk.contracts.readers import Held, ReaderRow
from tajuk.paywall import Access, Entitlement
from tajuk.paywall.keyring import FILE_NAME, write_key_ring
from tajuk.paywall.meter import MeterCard, MeterPolicy, sealed_card
from tajuk.paywall.passes import KeyRing, SigningKey, sealed_pass
from tajuk.store import Batch, PageStore
from tests.edge.cards import AD_FREE, NOON, PREMIUM, a_pass, minutes

NOW = NOON + minutes(1)
POLICY = MeterPolicy(2, minutes(60))
RING = KeyRing((SigningKey("a1b2c3d4", b"k" * 32, NOON), SigningKey("0badcafe", b"o" * 32, NOON)))
RETIRED = KeyRing(RING.keys[1:])
"""It seals no more, and what it sealed still opens."""
DROPPED = KeyRing((SigningKey("deadbeef", b"d" * 32, NOON),))
NAMESAKE = KeyRing((SigningKey("a1b2c3d4", b"x" * 32, NOON),))
"""Of another paper, by chance under the same name."""

PAYING, REVOKED, REGISTERED, OTHER, UNHEARD_OF = 7, 8, 9, 10, 11
PASSES: dict[bytes, int] = {
    sealed_pass(a_pass(PAYING, AD_FREE), RING).encode(): PAYING,
    sealed_pass(a_pass(REVOKED, AD_FREE), RING).encode(): REVOKED,
    sealed_pass(a_pass(REGISTERED), RING).encode(): REGISTERED,
    sealed_pass(a_pass(OTHER, PREMIUM), RETIRED).encode(): OTHER,
    sealed_pass(a_pass(UNHEARD_OF), RING).encode(): UNHEARD_OF,
}
"""Passes that we gave, and whose they are."""
FOREIGN = [
    sealed_pass(a_pass(PAYING, AD_FREE), ring).encode() for ring in (DROPPED, NAMESAKE)
]  # fmt: skip
EXPIRED = sealed_pass(a_pass(UNHEARD_OF, AD_FREE, issued_at=NOON - minutes(60)), RING).encode()
METER = sealed_card(MeterCard(NOON, (30, 31)), RING).encode()
"""All is spent, on two stories."""

ROWS = {
    PAYING: ReaderRow((Held(Entitlement.PREMIUM), Held(Entitlement.AD_FREE)), picks=(("id", ("pick:7",)),)),
    REVOKED: ReaderRow((Held(Entitlement.PREMIUM),), revoked_before=NOW, picks=(("id", ("pick:8",)),)),
    REGISTERED: ReaderRow(picks=(("id", ("pick:9",)),)),
    OTHER: ReaderRow((Held(Entitlement.PREMIUM),), picks=(("id", ("pick:10",)),)),
}  # fmt: skip

HTML = (("content-type", "text/html; charset=utf-8"),)
STORIES = {access: (number, f"/maritim/2026/11/23/{number}/{access}")
           for number, access in enumerate(Access, start=20)}  # fmt: skip
BODY = "[the body of {0}]"
FRAGMENTS = {
    "head": "<head>", "old": "[moved]",
    **{f"pick:{number}": f"[picked for {number}]" for number in ROWS},
    **{account_key("id", "/", each): f"[{each}]".ljust(20) for each in Standing},
    **{meter_key("id", left, each): f"[{left} left]" for left in range(2) for each in Standing},
    placement_key("aside", "id"): "[aside advert]",
    **{tail_key("id", "/maritim", each): f"[{each}]" for each in Tail},
}  # fmt: skip
OPTIONAL = [
    text
    for name, text in FRAGMENTS.items()
    if name.startswith(("pick:", "placement:", "meter:"))
]  # fmt: skip
"""What a page stands without."""


class Surface(ABC):
    """One function of bytes; it raises when a promise is broken."""

    @abstractmethod
    def __init__(self, folder: Path, /) -> None:
        """Sets up what it needs, in an empty folder."""

    @abstractmethod
    def __call__(self, data: bytes) -> None:
        """One run."""

    def close(self) -> None:  # noqa: B027  some open nothing
        """Puts away what it opened."""

    @staticmethod
    @abstractmethod
    def seeds() -> list[bytes]:
        """Good and nearly good input to begin with."""


def standing_still() -> datetime:
    """The clock of all surfaces."""
    return NOW


def write_keys(folder: Path) -> Path:
    """The key ring's file."""
    path = folder / FILE_NAME
    write_key_ring(path, RING)
    return path


def press(store: PageStore) -> None:
    """A story of every access, where one stood before, and a feed; and all readers."""
    with store.batch(store.next_run()) as batch:
        for name, text in FRAGMENTS.items():
            batch.put_fragment(name, text.encode())
        for access, (number, path) in STORIES.items():
            _press_story(batch, access, number, path)
        batch.put_plan(
            "/feed.xml", PagePlan(200, (("content-type", "text/xml"),), (Fixed("head"),))
        )
        batch.put_plan("/old", PagePlan(301, (("location", "/feed.xml"),), ()))
        for reader_id, row in ROWS.items():
            batch.put_reader(reader_id, row)


def _press_story(batch: Batch, access: Access, number: int, path: str) -> None:
    own, body, closed, known = (f"{kind}:{number}" for kind in ("own", "body", "closed", "known"))
    batch.put_together(
        (own, f"<title>Kapal pinisi tiba {number}</title>".encode()), 20,
        [(body, BODY.format(number).encode()), (closed, f"[gate of {number}]".encode()),
         (known, f"[offer of {number}]".encode())],
    )  # fmt: skip
    parts: tuple[Part, ...] = (
        Fixed(own), AccountSlot("id", "/"), BodySlot(number, access, body, closed, known),
        MeterSlot(number, access, "id"), PlacementSlot("aside", "id"), TailSlot("id", "/maritim", has_placements=True),
    )  # fmt: skip
    batch.put_plan(path, PagePlan(200, HTML, parts, (page_of_story(number),)))


@contextmanager
def folder_in_memory() -> Iterator[Path]:
    """An empty folder, where there is one on no disk: a surface may write at every run."""
    memory = Path("/dev/shm")
    place = memory if memory.is_dir() and os.access(memory, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="tajuk-fuzz-", dir=place) as folder:
        yield Path(folder)
