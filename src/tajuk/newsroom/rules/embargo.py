"""Embargo and schedule: two different promises, of which the later one counts."""

from datetime import datetime


def is_embargoed(embargo_until: datetime | None, *, now: datetime) -> bool:
    """True until the embargo lifts; the lifting instant itself is free."""
    return embargo_until is not None and now < embargo_until


def goes_live_at(
    go_live_at: datetime | None, embargo_until: datetime | None, *, now: datetime
) -> datetime | None:
    """When a story published now may go live: the later of schedule and embargo; None: at once."""
    ahead = [
        moment for moment in (go_live_at, embargo_until) if moment is not None and now < moment
    ]
    return max(ahead, default=None)
