"""The tables of the newsroom."""

from tajuk.newsroom.models.front import Front, Placement
from tajuk.newsroom.models.house_page import HousePage
from tajuk.newsroom.models.old_slugs import (
    OldPersonSlug,
    OldSectionSlug,
    OldTopicSlug,
)
from tajuk.newsroom.models.person import Person
from tajuk.newsroom.models.review import SectionReview
from tajuk.newsroom.models.section import Section, SectionRole
from tajuk.newsroom.models.story import Story
from tajuk.newsroom.models.story_rows import (
    Byline,
    Correction,
    OldPath,
    OtherSection,
    Source,
    StoryNote,
    StoryTopic,
)
from tajuk.newsroom.models.topic import Topic

__all__ = [
    "Byline", "Correction", "Front", "HousePage", "OldPath", "OldPersonSlug", "OldSectionSlug",
    "OldTopicSlug", "OtherSection", "Person", "Placement", "Section", "SectionReview", "SectionRole", "Source", "Story", "StoryNote", "StoryTopic", "Topic",
]  # fmt: skip
