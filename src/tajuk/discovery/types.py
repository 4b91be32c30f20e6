"""What discovery answers with."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from tajuk.discovery.rules import Newest
from tajuk.newsroom.types import SectionTree, TeaserFacts
from tajuk.terms.ids import SectionId, StoryId, TopicId
from tajuk.terms.language import Language


@dataclass(frozen=True)
class Shelf:
    """The newest stories of an edition, by section; read once a press run.

    `of_topics` fills as stories ask for their neighbours, so that a run over an archive reads a topic once.
    """

    language: Language
    tree: SectionTree
    of_sections: Mapping[SectionId, Newest]
    of_topics: dict[TopicId, Newest] = field(default_factory=dict)

    def within(self, section_id: SectionId) -> Newest:
        """The newest of a section and the sections in it."""
        inside = self.tree.below(section_id)
        return sorted({each for part in inside for each in self.of_sections[part]}, reverse=True)

    @cached_property
    def by_top_section(self) -> dict[SectionId, Newest]:
        """The newest of each section that is part of no other."""
        return {each.section_id: self.within(each.section_id) for each in self.tree.top()}

    def latest(self, at_most: int) -> tuple[StoryId, ...]:
        """The newest of the edition."""
        every: Iterable[Newest] = self.of_sections.values()
        newest = sorted({each for row in every for each in row}, reverse=True)
        return tuple(StoryId(story_id) for _, story_id in newest[:at_most])


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, newest first; `older` continues it."""

    teasers: tuple[TeaserFacts, ...]
    older: StoryId | None
