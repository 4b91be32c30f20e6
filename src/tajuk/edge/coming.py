"""How somebody comes, apart from who they are: from where, by which link, as what. And what the desk has posted.

All of it is read from the request and the store. While the desk has posted nothing of the kind, nothing of a request
is looked at for it.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from tajuk.contracts.crawlers import VERDICTS, Verdicts, claimed_by, unpacked_verdicts
from tajuk.contracts.networks import NETWORKS, NetworkTable, unpacked_networks
from tajuk.contracts.told import Claim
from tajuk.contracts.wall import WALL, unpacked_wall
from tajuk.edge.asgi import named
from tajuk.edge.assembly import Header
from tajuk.edge.forwarded import TrustedProxies
from tajuk.edge.slots import Coming
from tajuk.paywall.gifts import gift_in, opened_gift
from tajuk.paywall.keyring import WatchedKeyRing
from tajuk.paywall.policy import WallPolicy, is_free_referrer
from tajuk.paywall.types import Entitlement
from tajuk.store import Snapshot
from tajuk.store.snapshot import Version

Peer = Callable[[], str]
"""Says the address at the other end of the line: asked for only where it matters."""

Claimed = Callable[[Claim, datetime], None]
"""Hears that somebody claims to be a crawler whose address nobody has looked at."""

_NOWHERE = NetworkTable(())
_NO_VERDICTS = Verdicts()
_NOTHING: frozenset[Entitlement] = frozenset()


class Posted:
    """What the desk has posted for the newsstand, as it stands in one version of the store."""

    __slots__ = ("looks", "networks", "verdicts", "wall")

    def __init__(
        self, wall: WallPolicy, networks: NetworkTable = _NOWHERE, verdicts: Verdicts = _NO_VERDICTS
    ) -> None:
        self.wall = wall
        self.networks = networks
        self.verdicts = verdicts
        self.looks = bool(wall.referrers or networks or wall.verifies_crawlers)
        """Whether anything of a request counts beside its cookies and a gift."""


class Board:
    """Where it is posted: read again when the store has changed, and then kept as it is unless it says otherwise."""

    def __init__(self, default: WallPolicy) -> None:
        """`default` holds until the desk has said otherwise."""
        self._default = default
        self._version: Version = (-1, 0)
        self._told: tuple[bytes | None, ...] = ()
        self._posted = Posted(default)

    def posted(self, snapshot: Snapshot) -> Posted:
        """What holds now: the same object while nothing of it has changed."""
        if snapshot.version != self._version:
            told = snapshot.mark(WALL), snapshot.mark(NETWORKS), snapshot.mark(VERDICTS)
            if told != self._told:
                wall, networks, verdicts = told
                self._posted = Posted(
                    self._wall(snapshot, wall),
                    (unpacked_networks(networks) if networks else None) or _NOWHERE,
                    _NO_VERDICTS if verdicts is None else unpacked_verdicts(verdicts),
                )
                self._told = told
            self._version = snapshot.version
        return self._posted

    def _wall(self, snapshot: Snapshot, told: bytes | None) -> WallPolicy:
        """What can't be read may have been stricter than anything: then nothing is given that has to be counted."""
        if told is not None:
            return unpacked_wall(told)
        return WallPolicy() if snapshot.has_mark(WALL) else self._default


class Porch:
    """Looks at how somebody comes."""

    def __init__(self, keys: WatchedKeyRing, proxies: TrustedProxies, claim: Claimed) -> None:
        """`proxies` are those whose word on the reader's address is taken; `claim` has a crawler's claim looked at."""
        self._keys = keys
        self._proxies = proxies
        self._claim = claim

    def coming(
        self, posted: Posted, headers: Iterable[Header], query: bytes, peer: Peer, *, now: datetime
    ) -> Coming:
        """How they come, by what is posted."""
        gift = None
        if query and (written := gift_in(query)):
            gift = opened_gift(written, self._keys.ring, now=now)
        entitlements, is_from_free, is_crawler = _NOTHING, False, False
        if posted.wall.referrers:
            is_from_free = is_free_referrer(posted.wall, named(headers, b"referer"))
        if posted.networks:
            address = self._proxies.client(peer(), headers)
            entitlements = posted.networks.entitled(address, now=now)
        if posted.wall.verifies_crawlers and (crawler := claimed_by(named(headers, b"user-agent"))):
            is_crawler = self._is_crawler(
                posted, crawler, self._proxies.client(peer(), headers), now
            )
        return Coming(entitlements, is_from_free, is_crawler, gift.story_id if gift else 0)

    def _is_crawler(self, posted: Posted, crawler: str, address: str, now: datetime) -> bool:
        """Whether that is proved. While nobody knows, who claims it is a reader as any other."""
        verdict = posted.verdicts.of(crawler, address, now=now)
        if verdict is None and address:
            self._claim(Claim(crawler, address), now)
        return verdict is True
