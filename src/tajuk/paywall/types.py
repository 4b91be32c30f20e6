"""The words of the wall."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum


class Access(StrEnum):
    """How far a story is open, as the editor set it."""

    FREE = "free"
    REGISTERED = "registered"
    METERED = "metered"
    PREMIUM = "premium"


class Entitlement(StrEnum):
    """What a plan gives its reader."""

    PREMIUM = "premium"
    AD_FREE = "ad_free"
    EPAPER = "epaper"
    ARCHIVE = "archive"


_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ReaderPass:
    """A signed-in reader, until the pass runs out.

    What is left out stays at its safest: a pass without its moments ends at any revocation and is never renewed.
    """

    reader_id: int
    expires_at: datetime
    entitlements: frozenset[Entitlement] = field(default_factory=frozenset)
    session: str = ""
    """The sign-in it comes from: the same in every renewal."""
    signed_in_at: datetime = _LONG_AGO
    """To the millisecond, the same in every renewal: revocation is judged by it, so that a pass renewed in the
    instant between a revocation and its arrival in the store does not outlive it."""
    issued_at: datetime = _LONG_AGO
    renew_until: datetime = _LONG_AGO
    """When the reader has to sign in again."""


@dataclass(frozen=True, slots=True)
class Meter:
    """How many metered stories this reader may still open, and whether this one was opened before."""

    left: int
    already_read: bool = False
    is_off: bool = False
    """Metered stories are open here without being counted: the section is free, or the reader comes from where
    reading is free."""
    registering_helps: bool = False
    """Nothing is left for readers nobody knows, and who registers may go on."""


@dataclass(frozen=True, slots=True)
class Visit:
    """How somebody comes, whoever they are. It opens stories and never counts them."""

    entitlements: frozenset[Entitlement] = field(default_factory=frozenset)
    """Of the place they read from: a library, an office."""
    is_crawler: bool = False
    """A search engine that has proved to be one."""
    has_gift: bool = False
    """They hold a gift link to this story, and it has not run out."""


class Why(StrEnum):
    """Why a story stays closed."""

    REGISTER = "register"
    SIGN_IN = "sign_in"
    SUBSCRIBE = "subscribe"
    METER_SPENT = "meter_spent"


@dataclass(frozen=True, slots=True)
class Open:
    """The body may be sent. `spends` is true when this reading takes one off the meter."""

    spends: bool = False


@dataclass(frozen=True, slots=True)
class Walled:
    """Only the preview may be sent."""

    why: Why


Decision = Open | Walled
