"""What the wire answers with."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Known:
    """What is on record of an item that arrived before."""

    digest: str
    story_id: int
    revision_id: int
    was_live: bool


class Step(StrEnum):
    """What is to be done with an item that arrives."""

    MAKE = "make"
    CHANGE = "change"
    LEAVE = "leave"
    KILL = "kill"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Fate:
    """Whether a story goes live; if not, why it stays a draft."""

    live: bool
    why_not: str = ""
