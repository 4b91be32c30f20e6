"""Readers of every kind, as they come to the newsstand, and what each may read of a gated story."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from tajuk.contracts.crawlers import VERDICTS, Verdicts
from tajuk.contracts.networks import NETWORKS, NetworkRow, NetworkTable
from tajuk.contracts.readers import Held, ReaderRow
from tajuk.contracts.wall import WALL, packed_wall
from tajuk.paywall import Access, Entitlement, ReaderPass
from tajuk.paywall.gifts import Gift, sealed_gift
from tajuk.paywall.keyring import FILE_NAME, key_ring
from tajuk.paywall.meter import METER_COOKIE, MeterCard, MeterPolicy, sealed_card
from tajuk.paywall.passes import PASS_COOKIE, PASS_LIFE, SESSION_LIFE, sealed_pass
from tajuk.paywall.policy import WallPolicy
from tajuk.store import PageStore

POLICY = WallPolicy(
    MeterPolicy(3, timedelta(days=30), unregistered=2), ("berita.example",), verifies_crawlers=True
)
ALL = frozenset(Access)
FREE = frozenset({Access.FREE})
REGISTERED = FREE | {Access.REGISTERED}
_FULL = (1_000_001, 1_000_002, 1_000_003)
_DAY = timedelta(days=1)
_PREMIUM = frozenset({Entitlement.PREMIUM})
_AD_FREE = frozenset({Entitlement.AD_FREE})


@dataclass(frozen=True)
class Visitor:
    """Somebody who asks, and which stories' bodies they may have."""

    name: str
    opens: frozenset[Access]
    cookies: str = ""
    peer: str = "203.0.113.9"
    headers: dict[str, str] = field(default_factory=dict)
    gift: str = ""
    """For one story alone, whose access the test knows."""
    is_ad_free: bool = False

    def sent(self, **more: str) -> dict[str, str]:
        """The headers they send."""
        return {**self.headers, **({"cookie": self.cookies} if self.cookies else {}), **more}


def visitors(folder: Path, store: PageStore, *, gift_of: int, now: datetime) -> Iterator[Visitor]:
    """All of them; what the newsstand has to know of them is put into the store."""
    ring = key_ring(folder / FILE_NAME, now=now)
    table = NetworkTable((
        NetworkRow("198.51.100.0/24", (Entitlement.PREMIUM,), now - _DAY, now + _DAY),
        NetworkRow("2001:db8:7::/48", (Entitlement.PREMIUM,), now - _DAY, now + _DAY),
        NetworkRow("192.0.2.0/24", (Entitlement.PREMIUM,), now - 2 * _DAY, now - _DAY),
    ))  # fmt: skip
    verdicts = Verdicts({
        ("googlebot", "203.0.113.66"): (True, now + _DAY),
        ("googlebot", "203.0.113.67"): (False, now + _DAY),
    })  # fmt: skip
    ended = Held(Entitlement.PREMIUM, ends_at=now - timedelta(hours=1), starts_at=now - _DAY)
    rows = {
        1: ReaderRow(),
        2: ReaderRow((ended,)),
        3: ReaderRow((Held(Entitlement.PREMIUM),)),
        4: ReaderRow((Held(Entitlement.AD_FREE),)),
        5: ReaderRow((Held(Entitlement.PREMIUM, now + _DAY, now - _DAY),)),
        6: ReaderRow((Held(Entitlement.PREMIUM),), revoked_before=now),
        7: ReaderRow(card=MeterCard(now - _DAY, _FULL)),
        8: ReaderRow((Held(Entitlement.PREMIUM), Held(Entitlement.AD_FREE))),
    }
    with store.batch(store.next_run()) as batch:
        batch.put_mark(WALL, packed_wall(POLICY))
        batch.put_mark(NETWORKS, table.packed())
        batch.put_mark(VERDICTS, verdicts.packed())
        for number, row in rows.items():
            batch.put_reader(number, row)

    def signed_in(
        number: int, held: frozenset[Entitlement] = frozenset(), *, more: str = ""
    ) -> str:
        made = ReaderPass(
            number, now + PASS_LIFE, held, "AAAAAAAAAAA", now - timedelta(minutes=1), now, now + SESSION_LIFE,
        )  # fmt: skip
        return f"{PASS_COOKIE}={sealed_pass(made, ring)}{more}"

    full = f"{METER_COOKIE}={sealed_card(MeterCard(now - _DAY, _FULL), ring)}"
    two = f"{METER_COOKIE}={sealed_card(MeterCard(now - _DAY, _FULL[:2]), ring)}"
    bot = {"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}
    metered = FREE | {Access.METERED}
    yield Visitor("nobody we know", metered)
    yield Visitor("asked to register", FREE, two)
    yield Visitor("metered out", FREE, full)
    yield Visitor("registered", REGISTERED | metered, signed_in(1, more=f"; {two}"))
    yield Visitor("registered, metered out", REGISTERED, signed_in(1, more=f"; {full}"))
    yield Visitor("registered, metered out elsewhere", REGISTERED, signed_in(7))
    yield Visitor("expired", REGISTERED, signed_in(2, _PREMIUM, more=f"; {full}"))
    yield Visitor("signed out everywhere", FREE, signed_in(6, _PREMIUM, more=f"; {full}"))
    yield Visitor("subscriber", ALL, signed_in(3))
    yield Visitor("ad-free", REGISTERED, signed_in(4, more=f"; {full}"), is_ad_free=True)
    yield Visitor("ad-free subscriber", ALL, signed_in(8), is_ad_free=True)
    yield Visitor("of a group", ALL, signed_in(5))
    yield Visitor("in a library", ALL, peer="198.51.100.7")
    yield Visitor("in a library over IPv6", ALL, peer="2001:db8:7::1")
    yield Visitor("in a library that pays no more", FREE, full, peer="192.0.2.9")
    yield Visitor(
        "says it is in a library", FREE, full, headers={"x-forwarded-for": "198.51.100.7"}
    )
    yield Visitor("proved crawler", ALL, peer="203.0.113.66", headers=bot)
    yield Visitor("false crawler", FREE, full, peer="203.0.113.67", headers=bot)
    yield Visitor("crawler nobody has looked at", FREE, full, peer="203.0.113.68", headers=bot)
    yield Visitor(
        "from a free host", metered, full, headers={"referer": "https://berita.example/x"}
    )
    gift = sealed_gift(Gift(gift_of, now + _DAY), ring)
    yield Visitor("with a gift", FREE, full, gift=gift)
    old = sealed_gift(Gift(gift_of, now), ring)
    yield Visitor("with a gift that has run out", FREE, f"{full}; junk=gift={old}")
    yield Visitor("fetches ahead", FREE, headers={"sec-purpose": "prefetch"})
    yield Visitor(
        "sends junk",
        FREE,
        f"{PASS_COOKIE}=x.y.z; {METER_COOKIE}=%%; {full}x",
        headers={"sec-purpose": "prefetch"},
    )
