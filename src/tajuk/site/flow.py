"""The paper's whole day: what happens when something has happened.

Each message is taken to its steps in order; a step may be taken twice and messages come out of order, so
every step looks at the tables as they are now. `DUTIES` are what the clock brings.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from tajuk.advertising import queries as advertising
from tajuk.contracts.messages import (
    AdvertisingChanged,
    FrontChanged,
    GalleryChanged,
    HousePageChanged,
    Message,
    PersonChanged,
    PictureArrived,
    PictureChanged,
    SectionChanged,
    StoriesImported,
    StoryCorrected,
    StoryKilled,
    StoryPublished,
    StoryUnpublished,
    TopicChanged,
)
from tajuk.discovery.actions import index_stories
from tajuk.newsroom.actions.due import expire_due, publish_due
from tajuk.newsroom.actions.publish_front import clear_fronts
from tajuk.outbox.scheduler import Duty
from tajuk.outbox.worker import Flow
from tajuk.pictures.renditions import cut
from tajuk.press import runs
from tajuk.site.desk_search.nightly import refresh_title_norms
from tajuk.site.press_room import store
from tajuk.terms.clock import now
from tajuk.terms.language import Language

Story = StoryPublished | StoryCorrected | StoryKilled | StoryUnpublished


def press_story(message: Story) -> None:
    """The story's page, and every page it is on."""
    was_at = message.paths if isinstance(message, StoryUnpublished) else ()
    runs.press_story(store(), message.story_id, now=now(), was_at=was_at)


def press_sitemaps(message: Story) -> None:
    """The sitemaps of its month and of the news."""
    runs.press_sitemaps_of(store(), [message.story_id], now=now())


def index_story(message: Story) -> None:
    """Readers find it, or find it no longer."""
    index_stories([message.story_id], now=now())


def press_imported(message: StoriesImported) -> None:
    """The stories' pages, and the fronts and lists they are on."""
    runs.press_imported(store(), message.story_ids, now=now())


def press_sitemaps_of_imported(message: StoriesImported) -> None:
    """The sitemaps of their months."""
    runs.press_sitemaps_of(store(), message.story_ids, now=now())


def index_imported(message: StoriesImported) -> None:
    """Readers find them."""
    index_stories(message.story_ids, now=now())


def press_front(message: FrontChanged) -> None:
    """The front as editors arranged it."""
    runs.press_front(store(), message.section_id, Language(message.language), now=now())


def press_section(message: SectionChanged) -> None:
    """The navigation, the section's pages, and its stories, whose addresses begin with its slug."""
    runs.press_section(store(), message.section_id, now=now(), old_slug=message.old_slug)


def press_topic(message: TopicChanged) -> None:
    """The topic's pages, and the stories that name it."""
    runs.press_topic(store(), message.topic_id, now=now(), old_slug=message.old_slug)


def press_person(message: PersonChanged) -> None:
    """The profile, and the stories they wrote."""
    runs.press_person(store(), message.person_id, now=now(), old_slug=message.old_slug)


def press_gallery(message: GalleryChanged) -> None:
    """The gallery, the photo index, and the fronts."""
    runs.press_gallery(store(), message.gallery_id, now=now())


def cut_picture(message: PictureArrived) -> None:
    """To all the sizes a story may show it in."""
    cut(message.picture_id)


def press_picture(message: PictureChanged) -> None:
    """Everything that shows the picture."""
    runs.press_picture(store(), message.picture_id, now=now())


def press_house_page(message: HousePageChanged) -> None:
    """The page, and the foot of all pages."""
    runs.press_house_page(store(), message.slug, Language(message.language), now=now())


def press_advertising(_message: AdvertisingChanged) -> None:
    """What stands in the placements."""
    runs.press_advertising(store(), now=now())


# Each step takes the message of its row; the table says which, which the type of a mapping can't.
_STORY: Sequence[Callable[..., None]] = (press_story, index_story, press_sitemaps)

_DAY: dict[type[Message], Sequence[Callable[..., None]]] = {
    StoryPublished: _STORY,
    StoryCorrected: _STORY,
    StoryKilled: _STORY,
    StoryUnpublished: _STORY,
    StoriesImported: (press_imported, index_imported, press_sitemaps_of_imported),
    FrontChanged: (press_front,),
    SectionChanged: (press_section,),
    TopicChanged: (press_topic,),
    PersonChanged: (press_person,),
    GalleryChanged: (press_gallery,),
    PictureArrived: (cut_picture,),
    PictureChanged: (press_picture,),
    HousePageChanged: (press_house_page,),
    AdvertisingChanged: (press_advertising,),
}
FLOW: Flow = _DAY


class _ByTheClock:
    """Presses what changes though nobody changed it: every quarter of an hour, midnight among them."""

    def __init__(self, every: timedelta) -> None:
        self._every = every
        self._pressed: int | None = None

    def __call__(self, moment: datetime) -> None:
        """Once in each stretch of time; the first time after a start too."""
        stretch = int(moment.timestamp() // self._every.total_seconds())
        if stretch != self._pressed:
            runs.press_day(store(), now=moment)
            self._pressed = stretch


class _Placements:
    """Presses the placements when an advertisement starts or ends."""

    def __init__(self) -> None:
        self._looked_at: datetime | None = None

    def __call__(self, moment: datetime) -> None:
        """Looks once a minute: one query."""
        since = self._looked_at or moment
        if self._looked_at is not None and moment - since < timedelta(minutes=1):
            return
        change = advertising.next_change(after=since)
        if change is not None and change <= moment:
            runs.press_advertising(store(), now=moment)
        self._looked_at = moment


DUTIES: Sequence[Duty] = (
    publish_due,
    expire_due,
    clear_fronts,
    refresh_title_norms,
    _Placements(),
    _ByTheClock(timedelta(minutes=15)),
)
