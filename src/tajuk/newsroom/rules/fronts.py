"""How long a placed story stands on a front."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from tajuk.terms.ids import StoryId


@dataclass(frozen=True, slots=True)
class Placed:
    """A story in its place. `placed_at` is None while the place is only a draft."""

    story_id: StoryId
    pinned: bool
    placed_at: datetime | None


def stands_until(place: Placed, *, lasts: timedelta) -> datetime | None:
    """The last moment at which the story stands there; None: until an editor takes it away."""
    if place.pinned or place.placed_at is None:
        return None
    return place.placed_at + lasts


def has_lapsed(place: Placed, *, now: datetime, lasts: timedelta) -> bool:
    """True once the place's last moment is over; a pinned story's never is."""
    until = stands_until(place, lasts=lasts)
    return until is not None and until < now


def standing(places: Iterable[Placed], *, now: datetime, lasts: timedelta) -> tuple[StoryId, ...]:
    """The stories that stand on a front, in its order, each once."""
    stories = (each.story_id for each in places if not has_lapsed(each, now=now, lasts=lasts))
    return tuple(dict.fromkeys(stories))
