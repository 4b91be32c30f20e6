"""How fast a client takes what it is sent, and when that is too slow."""

from dataclasses import dataclass

from tajuk.edge.server.limits import Limits


@dataclass(frozen=True, slots=True)
class Pace:
    """Of a client for whom something waits."""

    taken: int
    """Of all that was ever sent to it, in bytes."""
    due_at: float
    """When it will have fallen too far behind, if it takes nothing more."""


def pace(before: Pace | None, taken: int, *, now: float, limits: Limits) -> Pace:
    """Its pace by now; `before` is that of the last look, None if nothing waited for it then.

    What it takes puts the end off by as long as it may need for that, and never beyond what a client has
    that nothing has waited for: who was quick at first can't live on it.
    """
    latest = now + limits.unread_seconds
    if before is None:
        return Pace(taken, latest)
    earned = (taken - before.taken) / limits.unread_rate
    return Pace(taken, min(latest, before.due_at + earned))
