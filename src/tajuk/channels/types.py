"""What leaves the house through channels."""

from dataclasses import dataclass

from tajuk.newsroom.types import SectionLine, TopicLine
from tajuk.terms.ids import StoryId
from tajuk.terms.language import Language


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed of one edition: of the whole paper, of a section, or of a topic."""

    language: Language
    of: SectionLine | TopicLine | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A document at a path of the site."""

    path: str
    mime: str
    content: bytes
    stories: frozenset[StoryId] = frozenset()
    """Of a feed: the stories in it, and those their texts lead to."""
