"""What arrives from outside, in frozen shapes: from `wire` and the sample newspaper to the desks that keep it.

Text is plain unless a field says HTML. HTML is clean: paragraphs, lists and the inline tags `b`, `i`, `sup`,
`sub` and `a`. A link to another story is spelled `<a href="story:URI">`, where URI is that story's `uri`.
Moments are aware. A picture is named by its path, and the intake gives each path its row.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from tajuk.terms.language import Language

STORY_SCHEME = "story:"
"""Before the `uri` of the story that a link in incoming HTML leads to."""


@dataclass(frozen=True, slots=True)
class IncomingPicture:
    """A picture file and what has to stand under it. `path` is relative to the folder it arrived in."""

    path: str
    title: str = ""
    alt: str = ""
    caption: str = ""
    photographer: str = ""
    agency: str = ""
    via: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class IncomingSection:
    """A section; only its slug or its name is needed to find one that exists."""

    slug: str = ""
    name: str = ""
    name_second: str = ""
    description: str = ""
    description_second: str = ""
    parent: str = ""
    """The slug of the section it is part of."""


@dataclass(frozen=True, slots=True)
class IncomingTopic:
    """A topic; only its slug or its name is needed to find one that exists."""

    slug: str = ""
    name: str = ""
    name_second: str = ""
    description: str = ""
    description_second: str = ""


@dataclass(frozen=True, slots=True)
class IncomingPerson:
    """A person; only the slug or the name is needed to find one that exists."""

    slug: str = ""
    name: str = ""
    role: str = ""
    role_second: str = ""
    bio: str = ""
    bio_second: str = ""
    email: str = ""
    portrait: IncomingPicture | None = None


@dataclass(frozen=True, slots=True)
class IncomingSource:
    """Whom a story quotes from."""

    agency: str
    medium: str = ""
    quoted_on: date | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class IncomingCorrection:
    """A public note on what was wrong."""

    note: str
    posted_at: datetime


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; `html` is what stands inside its `<p>`."""

    html: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a story."""

    text: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """Somebody's words, and who said them."""

    text: str
    speaker: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class PictureInText:
    """A picture in the text."""

    picture: IncomingPicture
    caption: str = ""


@dataclass(frozen=True, slots=True)
class GalleryInText:
    """Several pictures, one after another."""

    headline: str
    pictures: tuple[PictureInText, ...]


@dataclass(frozen=True, slots=True)
class ListInText:
    """A list; `html` is its `<ul>` or `<ol>`."""

    html: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `head` is empty when the columns have no headings."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Embed:
    """Something of another site's, loaded when the reader asks for it."""

    url: str
    title: str


@dataclass(frozen=True, slots=True)
class Related:
    """A line that leads to another story, named by its `uri`."""

    uri: str


@dataclass(frozen=True, slots=True)
class Box:
    """A highlighted box; `html` is its paragraphs and lists."""

    headline: str
    html: str


Block = (
    Paragraph | Heading | Quotation | PictureInText | GalleryInText | ListInText | Table | Embed
    | Related | Box
)  # fmt: skip


class Standing(StrEnum):
    """What the sender says of the item (ninjs `pubstatus`)."""

    USABLE = "usable"
    WITHHELD = "withheld"
    CANCELED = "canceled"


@dataclass(frozen=True, slots=True)
class IncomingStory:
    """A story as it arrives. `uri` is the sender's id for it and stays the same through all its versions."""

    uri: str
    language: Language
    headline: str
    section: IncomingSection
    standing: Standing = Standing.USABLE
    slug: str = ""
    kicker: str = ""
    standfirst: str = ""
    dateline: str = ""
    other_sections: tuple[IncomingSection, ...] = ()
    byline: tuple[IncomingPerson, ...] = ()
    topics: tuple[IncomingTopic, ...] = ()
    lead_picture: IncomingPicture | None = None
    lead_caption: str = ""
    body: tuple[Block, ...] = ()
    sources: tuple[IncomingSource, ...] = ()
    access: str = "free"
    """A value of `paywall.Access`."""
    social_headline: str = ""
    social_picture: IncomingPicture | None = None
    published_at: datetime | None = None
    updated_at: datetime | None = None
    embargo_until: datetime | None = None
    embargo_note: str = ""
    expire_at: datetime | None = None
    corrections: tuple[IncomingCorrection, ...] = ()
    translation_of: str = ""
    """The `uri` of the story in the paper's other language that this one translates."""
    old_paths: tuple[str, ...] = ()
    note: str = ""
    """For the desk, never for readers (ninjs `ednote`)."""

    @property
    def pictures(self) -> tuple[IncomingPicture, ...]:
        """Every picture the story shows, each once, the lead picture first."""
        found = [self.lead_picture, self.social_picture]
        for block in self.body:
            if isinstance(block, PictureInText):
                found.append(block.picture)
            elif isinstance(block, GalleryInText):
                found += [each.picture for each in block.pictures]
        return tuple(dict.fromkeys(each for each in found if each is not None))


@dataclass(frozen=True, slots=True)
class IncomingGallery:
    """A photo gallery as it arrives."""

    language: Language
    headline: str
    pictures: tuple[PictureInText, ...]
    published_at: datetime
    slug: str = ""
    standfirst: str = ""
    author: str = ""


@dataclass(frozen=True, slots=True)
class IncomingHousePage:
    """A house page as it arrives; `html` is its text."""

    slug: str
    language: Language
    headline: str
    html: str
    standfirst: str = ""
