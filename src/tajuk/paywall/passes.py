"""Passes as cookies: sealed with the key ring's first key, opened with any of its keys. Pure: no files, no clock.

A sealed text is `key id.payload.MAC`. The MAC is keyed BLAKE2b over the text before it, with the purpose as its
personalisation, so what was sealed for one purpose opens for no other. It is compared as text: base64 has several
spellings of the same bytes, and only the one we wrote is ours.
"""

import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import blake2b
from hmac import compare_digest
from secrets import token_urlsafe

from tajuk.paywall.types import Entitlement, ReaderPass

PASS_LIFE = timedelta(minutes=15)
RENEW_AFTER = PASS_LIFE / 3
SESSION_LIFE = timedelta(days=30)

PASS_COOKIE = "tajuk_pass"  # noqa: S105  a name
_LONGEST = 4096  # bytes; browsers keep no longer cookie
_LONGEST_PASS = 200
_MAC_SIZE = 24  # bytes: 32 characters without a remainder


class Purpose(StrEnum):
    """What a text is sealed for, in 16 bytes at most."""

    PASS = "reader-pass"  # noqa: S105  a label
    METER = "meter"
    GIFT = "gift-link"
    TOLD = "told-the-desk"
    """What the newsstand tells the desk of readers; see `contracts.told`."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A secret of the paper's. `id` stands readable in what it sealed."""

    id: str
    secret: bytes
    made_at: datetime


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The paper's keys, one at least: the first seals, all of them open."""

    keys: tuple[SigningKey, ...]


def sealed(purpose: Purpose, payload: bytes, ring: KeyRing) -> str:
    """The payload as ASCII text that only a holder of the key can have written. It can be read by anybody."""
    key = ring.keys[0]
    told = key.id.encode() + b"." + urlsafe_b64encode(payload).rstrip(b"=")
    return (told + b"." + _mac(purpose, told, key)).decode()


def opened(purpose: Purpose, text: bytes, ring: KeyRing) -> bytes | None:
    """The payload; None for anything that was not sealed for this purpose with a key of the ring. Never raises."""
    if len(text) > _LONGEST:
        return None
    told, _, mac = text.rpartition(b".")
    key_id, _, written = told.partition(b".")
    name = key_id.decode("latin-1")
    for key in ring.keys:
        if key.id == name:
            if compare_digest(_mac(purpose, told, key), mac):
                return urlsafe_b64decode(written + b"=" * (-len(written) % 4))
            return None
    return None


def sealed_pass(reader_pass: ReaderPass, ring: KeyRing) -> str:
    """The pass as a cookie of some ninety characters."""
    payload = _PASS.pack(
        _FORMAT,
        sum(_BITS[each] for each in reader_pass.entitlements),
        reader_pass.reader_id,
        urlsafe_b64decode(reader_pass.session + "="),
        milliseconds(reader_pass.signed_in_at),
        int(reader_pass.issued_at.timestamp()),
        int(reader_pass.expires_at.timestamp()),
        int(reader_pass.renew_until.timestamp()),
    )
    return sealed(Purpose.PASS, payload, ring)


def opened_pass(cookie: bytes, ring: KeyRing) -> ReaderPass | None:
    """The pass; None for what is no pass of ours. Never raises.

    Whether it has run out, or was revoked, is not judged here.
    """
    if len(cookie) > _LONGEST_PASS:
        return None
    payload = opened(Purpose.PASS, cookie, ring)
    if payload is None or len(payload) != _PASS.size or payload[0] != _FORMAT:
        return None
    _, bits, reader_id, session, signed_in, issued, expires, renew = _PASS.unpack(payload)
    if signed_in > _LATEST:
        return None
    return ReaderPass(
        reader_id,
        datetime.fromtimestamp(expires, UTC),
        _SETS[bits & _ALL],
        urlsafe_b64encode(session)[:-1].decode(),
        moment_of(signed_in),
        datetime.fromtimestamp(issued, UTC),
        datetime.fromtimestamp(renew, UTC),
    )


def due_at(reader_pass: ReaderPass) -> datetime:
    """When it is time to renew the pass. One that has run out may be renewed too, until `renew_until`."""
    return min(reader_pass.issued_at + RENEW_AFTER, reader_pass.expires_at)


def is_due(reader_pass: ReaderPass, *, now: datetime) -> bool:
    """Whether that time has come."""
    return now >= due_at(reader_pass)


def new_session() -> str:
    """An id for a sign-in: 64 random bits in 11 characters."""
    return token_urlsafe(8)


def milliseconds(moment: datetime) -> int:
    """Since 1970, what is under a millisecond cut off."""
    return (moment - _EPOCH) // _MILLISECOND


def moment_of(since_epoch: int) -> datetime:
    """The moment of so many milliseconds."""
    return _EPOCH + timedelta(milliseconds=since_epoch)


def whole_second(moment: datetime) -> datetime:
    """The moment, what is under a second cut off: cookies hold no more."""
    return moment.replace(microsecond=0)


def _mac(purpose: Purpose, told: bytes, key: SigningKey) -> bytes:
    digest = blake2b(told, digest_size=_MAC_SIZE, key=key.secret, person=_PERSONS[purpose]).digest()
    return urlsafe_b64encode(digest)


_FORMAT = 1
# format, entitlements, reader, session, signed in (ms), issued, expires, renew until (s: 32 bits last until 2106)
_PASS = struct.Struct(">BHQ8sQIII")
_BITS = {
    Entitlement.PREMIUM: 1,
    Entitlement.AD_FREE: 2,
    Entitlement.EPAPER: 4,
    Entitlement.ARCHIVE: 8,
}
_ALL = sum(_BITS.values())
_SETS = tuple(
    frozenset(each for each, bit in _BITS.items() if bits & bit) for bits in range(_ALL + 1)
)
_PERSONS = {purpose: purpose.value.encode() for purpose in Purpose}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_LATEST = milliseconds(datetime.max.replace(tzinfo=UTC))
"""Eight bytes hold later moments than there are; the other moments of a pass have four."""
