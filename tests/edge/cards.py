"""Readers for tests of the newsstand: key rings, passes, cookies."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from tajuk.paywall import Entitlement, ReaderPass
from tajuk.paywall.keyring import KeyRing, key_ring
from tajuk.paywall.passes import PASS_COOKIE, PASS_LIFE, SESSION_LIFE, sealed_pass

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
PREMIUM = frozenset({Entitlement.PREMIUM})
AD_FREE = frozenset({Entitlement.PREMIUM, Entitlement.AD_FREE})


def ring_in(folder: Path) -> KeyRing:
    """The folder's key ring, as a newsstand there reads it."""
    return key_ring(folder / "pass-keys.json", now=NOON)


def a_pass(
    reader_id: int = 7,
    entitlements: frozenset[Entitlement] = frozenset(),
    *,
    issued_at: datetime = NOON,
    session: str = "AAAAAAAAAAA",
) -> ReaderPass:
    """A pass as sign-in gives it."""
    return ReaderPass(
        reader_id=reader_id, expires_at=issued_at + PASS_LIFE, entitlements=entitlements,
        session=session, signed_in_at=issued_at, issued_at=issued_at, renew_until=issued_at + SESSION_LIFE,
    )  # fmt: skip


def cookie(reader_pass: ReaderPass, ring: KeyRing) -> bytes:
    """The Cookie header that carries it."""
    return f"{PASS_COOKIE}={sealed_pass(reader_pass, ring)}".encode()


def minutes(number: float) -> timedelta:
    """So many minutes."""
    return timedelta(minutes=number)
