"""Who is asking: read from the request's cookies and the store, without a network.

A pass holds for a quarter of an hour and is renewed here, silently, with what the store then knows of the reader; a
revocation takes effect as soon as it stands in the store. Whatever is not ours in a cookie is a reader nobody knows.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from tajuk.contracts.readers import ReaderRow, is_revoked, renewed
from tajuk.edge.slots import Reader
from tajuk.paywall import ReaderPass
from tajuk.paywall.keyring import WatchedKeyRing
from tajuk.paywall.meter import (
    METER_COOKIE,
    MeterCard,
    MeterPolicy,
    counted,
    opened_card,
    sealed_card,
)
from tajuk.paywall.passes import PASS_COOKIE, KeyRing, is_due, opened_pass, sealed_pass
from tajuk.store import Snapshot
from tajuk.store.snapshot import reader_of

_MOST_KEPT = 20_000
_LONGEST_KEPT = 512
"""Bytes. Longer ones are verified each time, so that junk can't fill the memory."""
_PASS = PASS_COOKIE.encode()
_METER = METER_COOKIE.encode()
_SECOND = timedelta(seconds=1)


class Known(NamedTuple):
    """A reader, and the pass to send along when it was renewed."""

    reader: Reader
    renewed: ReaderPass | None = None


class Doorkeeper:
    """Knows readers by their cookies. Keeps what it has verified: the same cookie comes again and again."""

    def __init__(self, keys: WatchedKeyRing, policy: MeterPolicy | None, *, secure: bool) -> None:
        """`secure` when the public address is https: cookies then go over nothing else."""
        self._keys = keys
        self._ring: KeyRing | None = None
        self._policy = policy
        self._attributes = "; Path=/; HttpOnly; SameSite=Lax" + ("; Secure" if secure else "")
        self._passes: dict[bytes, ReaderPass | None] = {}
        self._cards: dict[bytes, MeterCard | None] = {}
        self._rows: dict[int, tuple[bytes, ReaderRow | None]] = {}
        self._anybody = Reader(policy=policy)
        self._just_looking = Reader(policy=policy, may_spend=False)

    def known(
        self, cookies: bytes, snapshot: Snapshot, *, now: datetime, may_spend: bool = True
    ) -> Known:
        """Who sends these cookies (the Cookie header; empty for none)."""
        nobody = self._anybody if may_spend else self._just_looking
        if b"tajuk_" not in cookies:
            return Known(nobody)
        ring = self._keys.ring
        if ring is not self._ring:
            self._ring = ring
            self._passes.clear()
            self._cards.clear()
        pass_cookie, meter_cookie = _ours(cookies)
        card = self._card(meter_cookie, ring) if meter_cookie else None
        given = self._pass(pass_cookie, ring) if pass_cookie else None
        if given is None:
            return Known(nobody if card is None else replace(nobody, card=card))
        row = self._row(given.reader_id, snapshot)
        fresh = None
        if row is None:
            # The store has not heard of the reader: the pass is good for its own short life.
            held = given if now < given.expires_at else None
        elif is_revoked(given, row):
            held = None
        elif is_due(given, now=now):
            held = fresh = renewed(given, row, now=now)
        else:
            held = given
        if held is not None and row is not None and held is given:
            now_held = frozenset(
                each.entitlement for each in row.entitlements if each.holds(now=now)
            )
            if now_held != held.entitlements:
                held = replace(held, entitlements=now_held)
        if held is None:
            return Known(nobody if card is None else replace(nobody, card=card))
        return Known(Reader(held, row, card, self._policy, may_spend), fresh)

    def cookies(self, known: Known, spent_on: int | None, *, now: datetime) -> list[str]:
        """The Set-Cookie values of this answer: a renewed pass, and the meter when a story was opened."""
        made: list[str] = []
        ring = self._keys.ring
        if known.renewed is not None:
            lasts = (known.renewed.renew_until - now) // _SECOND
            made.append(self._spelled(PASS_COOKIE, sealed_pass(known.renewed, ring), lasts))
        if spent_on is not None and self._policy is not None:
            card = counted(known.reader.card, spent_on, self._policy, now=now)
            lasts = (card.opened_at + self._policy.window - now) // _SECOND
            made.append(self._spelled(METER_COOKIE, sealed_card(card, ring), lasts))
        return made

    def _spelled(self, name: str, value: str, seconds: int) -> str:
        return f"{name}={value}; Max-Age={seconds}{self._attributes}"

    def _pass(self, cookie: bytes, ring: KeyRing) -> ReaderPass | None:
        try:
            return self._passes[cookie]
        except KeyError:
            found = opened_pass(cookie, ring)
            if len(cookie) <= _LONGEST_KEPT:
                if len(self._passes) >= _MOST_KEPT:
                    self._passes.clear()
                self._passes[cookie] = found
            return found

    def _card(self, cookie: bytes, ring: KeyRing) -> MeterCard | None:
        try:
            return self._cards[cookie]
        except KeyError:
            found = opened_card(cookie, ring)
            if len(cookie) <= _LONGEST_KEPT:
                if len(self._cards) >= _MOST_KEPT:
                    self._cards.clear()
                self._cards[cookie] = found
            return found

    def _row(self, reader_id: int, snapshot: Snapshot) -> ReaderRow | None:
        stored = snapshot.stored_reader(reader_id)
        if stored is None:
            return None
        kept = self._rows.get(reader_id)
        if kept is not None and kept[0] == stored:
            return kept[1]
        if len(self._rows) >= _MOST_KEPT:
            self._rows.clear()
        row = reader_of(stored)
        self._rows[reader_id] = (stored, row)
        return row


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
