"""What the newsstand may know of a signed-in reader, and the rules of their pass. Pure.

Circulation computes a row, the press puts it into the store, the newsstand reads it for every reader with a pass:
a revocation takes effect as soon as the row stands there. It holds no name, address or mail.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tajuk.paywall.meter import MeterCard
from tajuk.paywall.passes import PASS_LIFE, milliseconds, moment_of, whole_second
from tajuk.paywall.types import Entitlement, ReaderPass


@dataclass(frozen=True, slots=True)
class Held:
    """An entitlement of a reader's, from `starts_at` on until `ends_at`; None is open."""

    entitlement: Entitlement
    ends_at: datetime | None = None
    starts_at: datetime | None = None

    def holds(self, *, now: datetime) -> bool:
        """Whether it holds now: from its first instant on, no longer at its end."""
        return (self.starts_at is None or self.starts_at <= now) and (
            self.ends_at is None or now < self.ends_at
        )


@dataclass(frozen=True, slots=True)
class ReaderRow:
    """A reader, as the store knows them."""

    entitlements: tuple[Held, ...] = ()
    revoked_before: datetime | None = None
    """Passes of sign-ins before this moment have ended."""
    revoked_sessions: tuple[str, ...] = ()
    picks: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """By language, the names of fragments that fill the recommendations slot, best first. A language that is
    missing has the general ones."""
    is_active: bool = True
    card: MeterCard | None = None
    """What the reader has opened of the meter, on whatever device."""

    def picks_in(self, language: str) -> tuple[str, ...]:
        """The fragments for the slot in this language; empty for the general ones."""
        for tag, names in self.picks:
            if tag == language:
                return names
        return ()


def is_revoked(reader_pass: ReaderPass, row: ReaderRow) -> bool:
    """Whether the pass has ended before its time."""
    return (
        not row.is_active
        or (row.revoked_before is not None and reader_pass.signed_in_at < row.revoked_before)
        or reader_pass.session in row.revoked_sessions
    )


def renewed(reader_pass: ReaderPass, row: ReaderRow, *, now: datetime) -> ReaderPass | None:
    """The pass anew, with the entitlements the row has now; None when the reader has to sign in again.

    It never lasts beyond the next moment at which one of the reader's entitlements begins or ends.
    """
    if is_revoked(reader_pass, row) or now >= reader_pass.renew_until:
        return None
    return ReaderPass(
        reader_id=reader_pass.reader_id,
        expires_at=min(whole_second(now) + PASS_LIFE, reader_pass.renew_until, *_changes(row, now)),
        entitlements=frozenset(
            held.entitlement for held in row.entitlements if held.holds(now=now)
        ),
        session=reader_pass.session,
        signed_in_at=reader_pass.signed_in_at,
        issued_at=whole_second(now),
        renew_until=reader_pass.renew_until,
    )


def packed_reader(row: ReaderRow) -> bytes:
    """The row as JSON, the format first."""
    held = [
        [each.entitlement, _packed(each.ends_at), _packed(each.starts_at)]
        for each in row.entitlements
    ]
    value = [
        _FORMAT,
        held,
        _packed(row.revoked_before),
        row.revoked_sessions,
        row.picks,
        row.is_active,
        None if row.card is None else [milliseconds(row.card.opened_at), *row.card.stories],
    ]
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def unpacked_reader(packed: bytes) -> ReaderRow | None:
    """The row again; None for one of another format.

    An entitlement this release does not know is passed over: a newer one may have written it.
    """
    value: list[Any] = json.loads(packed)
    if value[0] != _FORMAT:
        return None
    _, held, revoked_before, revoked_sessions, picks, is_active, card = value
    return ReaderRow(
        entitlements=tuple(
            Held(_KNOWN[name], _unpacked(ends_at), _unpacked(starts_at))
            for name, ends_at, starts_at in held
            if name in _KNOWN
        ),
        revoked_before=_unpacked(revoked_before),
        revoked_sessions=tuple(revoked_sessions),
        picks=tuple((language, tuple(names)) for language, names in picks),
        is_active=is_active,
        card=None if card is None else MeterCard(moment_of(card[0]), tuple(card[1:])),
    )


_FORMAT = 2
_KNOWN = {each.value: each for each in Entitlement}


def _changes(row: ReaderRow, now: datetime) -> Iterator[datetime]:
    for held in row.entitlements:
        for moment in (held.starts_at, held.ends_at):
            if moment is not None and moment > now:
                yield moment


def _packed(moment: datetime | None) -> int | None:
    return None if moment is None else milliseconds(moment)


def _unpacked(since_epoch: int | None) -> datetime | None:
    return None if since_epoch is None else moment_of(since_epoch)
