"""Who is asking: read from the request's cookies and the store, without a network.

A pass holds for a quarter of an hour and is renewed here, silently, with what the store then knows of the reader; a
revocation takes effect as soon as it stands in the store. Whatever is not ours in a cookie is a reader nobody knows.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from tajuk.contracts.readers import ReaderRow, is_revoked, renewed
from tajuk.edge.recent import Recent
from tajuk.edge.slots import PLAINLY, Coming, Reader
from tajuk.paywall import ReaderPass
from tajuk.paywall.keyring import WatchedKeyRing
from tajuk.paywall.meter import (
    METER_COOKIE,
    counted,
    opened_card,
    sealed_card,
    united,
)
from tajuk.paywall.passes import PASS_COOKIE, KeyRing, due_at, is_due, opened_pass, sealed_pass
from tajuk.paywall.policy import WallPolicy
from tajuk.store import Snapshot, reader_key
from tajuk.store.snapshot import Version, reader_of

_MOST_KEPT = 50_000
_MOST_STRANGERS = 1024
_LONGEST_KEPT = 512
"""Bytes of a Cookie header. Longer ones are looked at each time, so that junk can't fill the memory."""
_PASS = PASS_COOKIE.encode()
_METER = METER_COOKIE.encode()
_Key = tuple[bytes, bool] | tuple[bytes, bool, Coming]
_SECOND = timedelta(seconds=1)
_FOR_EVER = datetime.max.replace(tzinfo=UTC)


class Known(NamedTuple):
    """A reader, and the pass to send along when it was renewed."""

    reader: Reader
    renewed: ReaderPass | None = None


class Doorkeeper:
    """Knows readers by their cookies. Keeps what it has verified: the same cookie comes again and again."""

    def __init__(self, keys: WatchedKeyRing, wall: WallPolicy, *, secure: bool) -> None:
        """`secure` when the public address is https: cookies then go over nothing else."""
        self._keys = keys
        self._ring: KeyRing | None = None
        self._attributes = "; Path=/; HttpOnly; SameSite=Lax" + ("; Secure" if secure else "")
        self._kept: Recent[_Key, _Kept] = Recent(_MOST_KEPT)
        self._strangers: Recent[tuple[bool, Coming], Known] = Recent(_MOST_STRANGERS)
        self._follow(wall)

    def _follow(self, wall: WallPolicy) -> None:
        self._wall = wall
        self._nobody = Known(Reader(wall=wall))
        self._just_looking = Known(Reader(wall=wall, may_spend=False))
        self._strangers.clear()
        self._kept.clear()

    def known(
        self, cookies: bytes, snapshot: Snapshot, *,
        now: datetime, may_spend: bool = True, coming: Coming = PLAINLY, wall: WallPolicy | None = None,
    ) -> Known:  # fmt: skip
        """Who sends these cookies (the Cookie header; empty for none). `wall` is the policy, if it may be another."""
        if wall is not None and wall is not self._wall:
            self._follow(wall)
        if b"tajuk_" not in cookies:
            if coming is PLAINLY:
                return self._nobody if may_spend else self._just_looking
            return self._stranger(coming, may_spend=may_spend)
        ring = self._keys.ring
        if ring is not self._ring:
            self._ring = ring
            self._kept.clear()
        key: _Key = (cookies, may_spend) if coming is PLAINLY else (cookies, may_spend, coming)
        kept = self._kept.get(key)
        if kept is None or now >= kept.until or not kept.is_of(snapshot):
            kept = self._look(cookies, ring, snapshot, now=now, may_spend=may_spend, coming=coming)
            if len(cookies) <= _LONGEST_KEPT:
                self._kept.put(key, kept)
        return kept.known

    def _stranger(self, coming: Coming, *, may_spend: bool) -> Known:
        key = may_spend, coming
        known = self._strangers.get(key)
        if known is None:
            known = Known(Reader(wall=self._wall, may_spend=may_spend, coming=coming))
            self._strangers.put(key, known)
        return known

    def _look(
        self, cookies: bytes, ring: KeyRing, snapshot: Snapshot, *,
        now: datetime, may_spend: bool, coming: Coming,
    ) -> "_Kept":  # fmt: skip
        pass_cookie, meter_cookie = _ours(cookies)
        card = opened_card(meter_cookie, ring) if meter_cookie else None
        given = opened_pass(pass_cookie, ring) if pass_cookie else None
        wall = self._wall
        nobody = Known(Reader(card=card, wall=wall, may_spend=may_spend, coming=coming))
        if given is None:
            return _Kept(nobody)
        stored = snapshot.stored_reader(given.reader_id)
        row = None
        if stored is not None:
            is_whole = snapshot.is_whole(reader_key(given.reader_id), stored)
            row = reader_of(stored) if is_whole else None
            if row is None:
                # Damaged, or of another release: it may have said that the pass was revoked. The next sign-in has it
                # written anew.
                return _Kept(nobody, _FOR_EVER, given.reader_id, stored)
        held, renewal, until = _held(given, row, now=now)
        known = nobody
        if held is not None:
            if card is not None and card.reader not in {0, given.reader_id}:
                card = None  # somebody else read here before
            if row is not None and row.card is not None and wall.meter is not None:
                card = united(row.card, card, wall.meter, now=now)
                if card is not None:  # then the other card counts alone
                    until = min(until, card.opened_at + wall.meter.window)
            known = Known(Reader(held, row, card, wall, may_spend, coming), renewal)
        return _Kept(known, until, given.reader_id, stored)

    def cookies(self, known: Known, spent_on: int | None, *, now: datetime) -> list[str]:
        """The Set-Cookie values of this answer: a renewed pass, and the meter when a story was opened."""
        made: list[str] = []
        ring = self._keys.ring
        if known.renewed is not None:
            lasts = (known.renewed.renew_until - now) // _SECOND
            made.append(self._spelled(PASS_COOKIE, sealed_pass(known.renewed, ring), lasts))
        policy = known.reader.wall.meter
        if spent_on is not None and policy is not None:
            card = counted(known.reader.card, spent_on, policy, now=now)
            if known.reader.reader_pass is not None:
                card = replace(card, reader=known.reader.reader_pass.reader_id)
            lasts = (card.opened_at + policy.window - now) // _SECOND
            made.append(self._spelled(METER_COOKIE, sealed_card(card, ring), lasts))
        return made

    def _spelled(self, name: str, value: str, seconds: int) -> str:
        return f"{name}={value}; Max-Age={seconds}{self._attributes}"


class _Kept:
    """What was found for some cookies: right until that moment, while the reader's row is this one."""

    __slots__ = ("known", "reader_id", "row", "until", "version")

    def __init__(
        self, known: Known, until: datetime = _FOR_EVER, reader_id: int | None = None, row: bytes | None = None
    ) -> None:  # fmt: skip
        self.known = known
        self.until = until
        self.reader_id = reader_id
        self.row = row
        self.version: Version = (-1, 0)
        """Of the store in which the row was last found as it is."""

    def is_of(self, snapshot: Snapshot) -> bool:
        """Whether the store still says the same of the reader: a revocation shows at once."""
        if self.version == snapshot.version or self.reader_id is None:
            return True
        if snapshot.stored_reader(self.reader_id) != self.row:
            return False
        self.version = snapshot.version
        return True


def _held(
    given: ReaderPass, row: ReaderRow | None, *, now: datetime
) -> tuple[ReaderPass | None, ReaderPass | None, datetime]:
    """The pass that holds now, with the entitlements of now; the one to send along; until when that is so."""
    if row is None:
        # The store has not heard of the reader: the pass is good for its own short life.
        return (
            (given, None, given.expires_at) if now < given.expires_at else (None, None, _FOR_EVER)
        )
    if is_revoked(given, row):
        return None, None, _FOR_EVER
    if is_due(given, now=now):
        fresh = renewed(given, row, now=now)
        return fresh, fresh, now
    changes = [
        moment
        for each in row.entitlements
        for moment in (each.starts_at, each.ends_at)
        if moment is not None and moment > now
    ]
    entitlements = frozenset(each.entitlement for each in row.entitlements if each.holds(now=now))
    until = min(due_at(given), *changes) if changes else due_at(given)
    return replace(given, entitlements=entitlements), None, until


def _ours(cookies: bytes) -> tuple[bytes, bytes]:
    """Our cookies' values; the first of a name counts, as everywhere."""
    pass_cookie = meter_cookie = b""
    for each in cookies.split(b";"):
        name, _, value = each.strip().partition(b"=")
        if name == _PASS:
            pass_cookie = pass_cookie or value
        elif name == _METER:
            meter_cookie = meter_cookie or value
    return pass_cookie, meter_cookie
