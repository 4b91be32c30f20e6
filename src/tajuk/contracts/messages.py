"""Messages: facts in the past tense, put in the outbox by actions and delivered to `site/flow.py`.

A message carries ids, never text: whoever receives it reads the rows as they are by then, so a message
delivered twice, late or out of order does no harm.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from tajuk.terms.ids import GalleryId, PersonId, SectionId, StoryId, TopicId


@dataclass(frozen=True, slots=True)
class StoryPublished:
    """A story went live, or a live one was published again with changes."""

    story_id: StoryId


@dataclass(frozen=True, slots=True)
class StoryCorrected:
    """A live story was corrected with a public note."""

    story_id: StoryId


@dataclass(frozen=True, slots=True)
class StoryKilled:
    """A story was withdrawn for good, with a reason."""

    story_id: StoryId


@dataclass(frozen=True, slots=True)
class StoryUnpublished:
    """A story left the site without being killed: expired, taken back to draft or deleted.

    `paths` are the addresses it had, for after a deletion nothing else knows them.
    """

    story_id: StoryId
    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StoriesImported:
    """Many stories arrived at once (`tajuk import`); the press is run over all of them."""

    story_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FrontChanged:
    """An editor placed, ordered or pinned stories on a front. None is the home front."""

    section_id: SectionId | None
    language: str


@dataclass(frozen=True, slots=True)
class SectionChanged:
    """A section was added, renamed, moved or removed: navigation is on every page."""

    section_id: SectionId
    old_slug: str = ""


@dataclass(frozen=True, slots=True)
class TopicChanged:
    """A topic was added, renamed or removed."""

    topic_id: TopicId
    old_slug: str = ""


@dataclass(frozen=True, slots=True)
class PersonChanged:
    """A person's name, portrait or profile changed."""

    person_id: PersonId
    old_slug: str = ""


@dataclass(frozen=True, slots=True)
class GalleryChanged:
    """A photo gallery was published, changed, withdrawn or deleted."""

    gallery_id: GalleryId


@dataclass(frozen=True, slots=True)
class PictureArrived:
    """A picture came in; nobody shows it yet, but it can be cut to size before somebody does."""

    picture_id: int


@dataclass(frozen=True, slots=True)
class PictureChanged:
    """A picture's file, caption, credit or crop changed."""

    picture_id: int


@dataclass(frozen=True, slots=True)
class PictureFilesGone:
    """Files that readers had are no more: a picture was deleted, replaced or cut anew. `paths` are their addresses, for
    nothing else knows them.
    """

    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HousePageChanged:
    """About, contact, guidelines, privacy or terms changed."""

    slug: str
    language: str


@dataclass(frozen=True, slots=True)
class AdvertisingChanged:
    """What stands in the advertising placements changed."""


@dataclass(frozen=True, slots=True)
class ReaderChanged:
    """What the newsstand may know of a reader changed: entitlements, sign-ins, topics followed."""

    reader_id: int


@dataclass(frozen=True, slots=True)
class WallChanged:
    """The manager set the wall anew, or a group's networks."""


def makes_pages(message: "Message") -> bool:
    """Whether something may stand where nothing stood before, once the press has had it."""
    return not isinstance(message, ReaderChanged | PictureArrived | PictureFilesGone | WallChanged)


Message = (
    StoryPublished | StoryCorrected | StoryKilled | StoryUnpublished | StoriesImported | FrontChanged
    | SectionChanged | TopicChanged | PersonChanged | GalleryChanged | PictureArrived | PictureChanged
    | PictureFilesGone | HousePageChanged | AdvertisingChanged | ReaderChanged | WallChanged
)  # fmt: skip

KINDS: dict[str, type[Message]] = {
    kind.__name__: kind
    for kind in (
        StoryPublished, StoryCorrected, StoryKilled, StoryUnpublished, StoriesImported, FrontChanged,
        SectionChanged, TopicChanged, PersonChanged, GalleryChanged, PictureArrived, PictureChanged,
        PictureFilesGone, HousePageChanged, AdvertisingChanged, ReaderChanged, WallChanged,
    )
}  # fmt: skip


def packed(message: Message) -> tuple[str, dict[str, Any]]:
    """A message as (kind, JSON object), as the outbox keeps it."""
    return type(message).__name__, asdict(message)


def unpacked(kind: str, payload: dict[str, Any]) -> Message:
    """The message again. Unknown keys are passed over: a newer release may have written them.

    Raises UnknownMessageError for a kind this release does not know.
    """
    if kind not in KINDS:
        raise UnknownMessageError(kind)
    shape: Callable[..., Message] = KINDS[kind]
    fields = KINDS[kind].__dataclass_fields__
    known = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in payload.items()
        if key in fields
    }
    return shape(**known)


class UnknownMessageError(Exception):
    """The outbox holds a message of a kind this release does not know."""

    remedy: ClassVar[str] = "It was written by a newer release: upgrade this machine's Tajuk."

    def __init__(self, kind: str) -> None:
        """`kind` as it stands in the outbox."""
        super().__init__(f"Unknown message kind {kind!r}. {self.remedy}")
        self.kind = kind
