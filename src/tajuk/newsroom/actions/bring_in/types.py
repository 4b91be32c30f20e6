"""What is brought in, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from tajuk.contracts.incoming import IncomingPicture, IncomingStory
from tajuk.terms.ids import PictureId, StoryId

PictureIds = Mapping[IncomingPicture, PictureId]
"""The rows that the picture desk gave to the pictures that arrive with the stories."""


@dataclass(frozen=True, slots=True)
class Arriving:
    """A story at the door. `live`: readers get it at once; otherwise it waits at the desk as a draft."""

    story: IncomingStory
    live: bool


@dataclass(frozen=True, slots=True)
class Made:
    """What an earlier arrival of the same story made, as far as its register knows."""

    story_id: StoryId
    revision_id: int
    was_live: bool


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """A story that stands at the desk now. `missed` says which of its links lead nowhere yet."""

    uri: str
    story_id: StoryId
    revision_id: int
    live: bool
    missed: tuple[str, ...] = ()


class LeftAloneError(Exception):
    """The desk has the last word on this story; the text says why it was not touched."""
