"""Where a story stands, in one word for the desk's lists."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tajuk.newsroom.rules.embargo import is_embargoed


class Status(StrEnum):
    """The words of the list, and of its filter."""

    DRAFT = "draft"
    IN_REVIEW = "review"
    SCHEDULED = "scheduled"
    EMBARGOED = "embargoed"
    LIVE = "live"
    CHANGED = "changed"
    EXPIRED = "expired"
    KILLED = "killed"


@dataclass(frozen=True, slots=True)
class Stand:
    """What decides the status of one story."""

    live: bool
    has_changes: bool
    expired: bool
    killed_at: datetime | None
    embargo_until: datetime | None
    scheduled_at: datetime | None
    in_review: bool


def status_of(story: Stand, *, now: datetime) -> Status:
    """The one word: what readers have comes first, then what is to come, then who has it on the desk."""
    if story.killed_at is not None:
        return Status.KILLED
    if story.live:
        return Status.CHANGED if story.has_changes else Status.LIVE
    if story.scheduled_at is not None:
        embargoed = is_embargoed(story.embargo_until, now=now)
        return Status.EMBARGOED if embargoed else Status.SCHEDULED
    if story.in_review:
        return Status.IN_REVIEW
    if is_embargoed(story.embargo_until, now=now):
        return Status.EMBARGOED
    return Status.EXPIRED if story.expired else Status.DRAFT
