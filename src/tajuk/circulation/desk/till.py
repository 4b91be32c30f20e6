"""The till, as the circulation desk uses it. `site` hands it in: what is done with money is another department's."""

from datetime import datetime
from typing import Any, Protocol


class TillRefusedError(Exception):
    """The till won't do it; nothing was changed. Its text says why, for the log."""


class NoTillError(LookupError):
    """Nobody has handed a till in."""

    def __init__(self) -> None:
        super().__init__(
            "No till is registered: call circulation.desk.till.hand_in where the departments are wired (tajuk.site)."
        )


class Till(Protocol):
    """What can be done with a reader's money. Runs in the caller's transaction. Raises TillRefusedError."""

    def refund(self, reference: str, *, reason: str, by: Any, now: datetime) -> None:
        """All that was paid for this order goes back, and what it gave ends at once."""

    def cancel(self, subscription_id: int, *, by: Any, now: datetime) -> None:
        """No further period; what is paid for is read to its end."""


_handed_in: list[Till] = []


def hand_in(till: Till) -> None:
    """From now on this is the till."""
    _handed_in[:] = [till]


def till() -> Till:
    """The till. Raises NoTillError."""
    if not _handed_in:
        raise NoTillError
    return _handed_in[0]
