"""What the newsroom answers with: stories and what they hang on, as readers may know them.

Names are in the language that was asked for; addresses are paths within the site (`/en/…`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from tajuk.newsroom.rules.body import Block
from tajuk.paywall.types import Access
from tajuk.terms.ids import PersonId, PictureId, SectionId, StoryId, TopicId
from tajuk.terms.language import Language


@dataclass(frozen=True, slots=True)
class SectionLine:
    """A section."""

    section_id: SectionId
    slug: str
    name: str
    description: str
    parent: SectionId | None
    href: str


@dataclass(frozen=True, slots=True)
class SectionTree:
    """All sections of the paper in the order of the navigation."""

    by_id: dict[SectionId, SectionLine]

    def __iter__(self) -> Iterator[SectionLine]:
        """Sections in the order of the navigation."""
        return iter(self.by_id.values())

    def top(self) -> tuple[SectionLine, ...]:
        """The sections that are part of no other."""
        return tuple(each for each in self if each.parent is None)

    def children(self, section_id: SectionId) -> tuple[SectionLine, ...]:
        """The sections directly below one."""
        return tuple(each for each in self if each.parent == section_id)

    def with_slug(self, slug: str) -> SectionLine | None:
        """The section of this slug."""
        return next((each for each in self if each.slug == slug), None)

    def below(self, section_id: SectionId) -> tuple[SectionId, ...]:
        """A section and all sections in it."""
        found = [section_id]
        for each in found:
            found += [child.section_id for child in self.children(each)]
        return tuple(found)

    def above(self, section_id: SectionId) -> tuple[SectionId, ...]:
        """A section and all sections it is part of, itself first."""
        found: list[SectionId] = []
        here: SectionId | None = section_id
        while here is not None and here in self.by_id and here not in found:
            found.append(here)
            here = self.by_id[here].parent
        return tuple(found)


@dataclass(frozen=True, slots=True)
class TopicLine:
    """A topic."""

    topic_id: TopicId
    slug: str
    name: str
    description: str
    href: str


@dataclass(frozen=True, slots=True)
class Author:
    """A person in a byline."""

    person_id: PersonId
    name: str
    href: str


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """A person, as the profile page shows one."""

    person_id: PersonId
    slug: str
    name: str
    href: str
    role: str
    bio: str
    email: str
    portrait: PictureId | None


@dataclass(frozen=True, slots=True)
class TeaserFacts:
    """A published story as lists know it; never its body."""

    story_id: StoryId
    language: Language
    href: str
    section: SectionLine
    kicker: str
    headline: str
    standfirst: str
    authors: tuple[Author, ...]
    published_at: datetime
    updated_at: datetime | None
    access: Access
    picture: PictureId | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a list, newest first, as ids: what they are is asked once for all lists. `older` continues it."""

    story_ids: tuple[StoryId, ...]
    older: StoryId | None


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """Whom a story quotes from."""

    agency: str
    medium: str
    quoted_on: date | None
    url: str


@dataclass(frozen=True, slots=True)
class CorrectionFacts:
    """A correction, and when it was posted."""

    note: str
    posted_at: datetime


@dataclass(frozen=True, slots=True)
class StoryFacts:
    """A published story with everything its page needs.

    `body` is for those whom `paywall.decide` lets in; `preview` is anybody's. Surfaces that know no reader
    ask `rules.public.open_part`.
    """

    teaser: TeaserFacts
    people: tuple[PersonFacts, ...]
    dateline: str
    lead_caption: str
    body: tuple[Block, ...]
    preview: tuple[Block, ...]
    sources: tuple[SourceFacts, ...]
    corrections: tuple[CorrectionFacts, ...]
    topics: tuple[TopicLine, ...]
    other_sections: tuple[SectionId, ...]
    translation: TeaserFacts | None
    linked: frozenset[StoryId]
    """The stories its text leads to, whether or not readers may see them now."""
    social_headline: str
    social_picture: PictureId | None
    hidden_from: int = 0
    """The place in the body from which on who has read the preview goes on."""

    @property
    def story_id(self) -> StoryId:
        """The story's id."""
        return self.teaser.story_id


@dataclass(frozen=True, slots=True)
class Live:
    """A story readers may see, and where it stands."""

    href: str
    language: Language


@dataclass(frozen=True, slots=True)
class Killed:
    """A story withdrawn for good; its address says why and when."""

    href: str
    language: Language
    headline: str
    reason: str
    killed_at: datetime


@dataclass(frozen=True, slots=True)
class Away:
    """A story readers may not see: a draft, embargoed, expired or taken back."""

    language: Language


@dataclass(frozen=True, slots=True)
class Unknown:
    """There is no such story."""


Fate = Live | Killed | Away | Unknown


@dataclass(frozen=True, slots=True)
class HousePageFacts:
    """A page the paper owes its readers."""

    slug: str
    language: Language
    headline: str
    standfirst: str
    body: str
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class CorrectedStory:
    """A correction with the story it belongs to."""

    correction: CorrectionFacts
    story: TeaserFacts
