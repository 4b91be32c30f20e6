"""The words of the wall."""

from dataclasses import dataclass, field
from datetime import datetime
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


@dataclass(frozen=True, slots=True)
class ReaderPass:
    """A signed-in reader, until the pass runs out."""

    reader_id: int
    expires_at: datetime
    entitlements: frozenset[Entitlement] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Meter:
    """How many metered stories this reader may still open, and whether this one was opened before."""

    left: int
    already_read: bool = False


class Why(StrEnum):
    """Why a story stays closed."""

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
