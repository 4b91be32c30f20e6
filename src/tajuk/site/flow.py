"""The paper's whole day: what happens when something has happened.

Messages are taken to their steps in order, those with the same steps together; a step may be taken twice and
messages come out of order, so every step looks at the tables as they are now. `DUTIES` are what the clock brings.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Any

from tajuk.accounts.tidying import tidy
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
    PictureFilesGone,
    ReaderChanged,
    SectionChanged,
    StoriesImported,
    StoryCorrected,
    StoryKilled,
    StoryPublished,
    StoryUnpublished,
    TopicChanged,
    WallChanged,
)
from tajuk.discovery.actions import index_stories
from tajuk.newsroom.actions.due import expire_due, next_due, publish_due
from tajuk.newsroom.actions.publish_front import clear_fronts
from tajuk.outbox.queries import is_something_due
from tajuk.outbox.scheduler import Duty, Foresight
from tajuk.outbox.worker import Flow, Step
from tajuk.pictures.renditions import clear_old_cuts, cut
from tajuk.press import runs
from tajuk.press.readers import press_readers
from tajuk.site.desk_search.nightly import refresh_title_norms
from tajuk.site.press_room import store
from tajuk.subscriptions.actions.orders import expire_orders
from tajuk.subscriptions.actions.subscriptions import ask_for_renewals, end_subscriptions
from tajuk.terms.clock import now
from tajuk.terms.language import Language

Story = StoryPublished | StoryCorrected | StoryKilled | StoryUnpublished


def press_stories(messages: Sequence[Story]) -> Iterable[None]:
    """The stories' pages, every page they are on, and the sitemaps."""
    was_at = [
        each for told in messages if isinstance(told, StoryUnpublished) for each in told.paths
    ]
    return runs.press_stories(
        store(), [told.story_id for told in messages], now=now(), was_at=was_at
    )


def index(messages: Sequence[Story]) -> None:
    """Readers find the stories, or find them no longer."""
    index_stories({told.story_id for told in messages}, now=now())


def press_imported(messages: Sequence[StoriesImported]) -> Iterable[None]:
    """The stories' pages, then, once for all that arrived, the fronts, lists and sitemaps they are on."""
    return runs.press_imported(store(), _imported(messages), now=now())


def index_imported(messages: Sequence[StoriesImported]) -> None:
    """Readers find them."""
    index_stories(_imported(messages), now=now())


def _imported(messages: Sequence[StoriesImported]) -> list[int]:
    return list(dict.fromkeys(each for told in messages for each in told.story_ids))


def _each(press: Callable[[Any], Iterable[None] | None]) -> Step:
    """A step that takes messages one by one, and what was put down twice once."""

    @wraps(press)
    def step(messages: Sequence[Message]) -> Iterator[None]:
        for message in dict.fromkeys(messages):
            yield from press(message) or ()

    return step


@_each
def press_front(message: FrontChanged) -> None:
    """The front as editors arranged it."""
    runs.press_front(store(), message.section_id, Language(message.language), now=now())


@_each
def press_section(message: SectionChanged) -> Iterable[None]:
    """The navigation, the section's pages, and its stories, whose addresses begin with its slug."""
    return runs.press_section(store(), message.section_id, now=now(), old_slug=message.old_slug)


@_each
def press_topic(message: TopicChanged) -> Iterable[None]:
    """The topic's pages, and the stories that name it."""
    return runs.press_topic(store(), message.topic_id, now=now(), old_slug=message.old_slug)


@_each
def press_person(message: PersonChanged) -> Iterable[None]:
    """The profile, and the stories they wrote."""
    return runs.press_person(store(), message.person_id, now=now(), old_slug=message.old_slug)


@_each
def press_gallery(message: GalleryChanged) -> Iterable[None]:
    """The gallery, the photo index, and the fronts."""
    return runs.press_gallery(store(), message.gallery_id, now=now())


@_each
def cut_picture(message: PictureArrived) -> None:
    """To all the sizes a story may show it in."""
    cut(message.picture_id)


@_each
def press_picture(message: PictureChanged) -> Iterable[None]:
    """Everything that shows the picture."""
    return runs.press_picture(store(), message.picture_id, now=now())


@_each
def clear_cuts(message: PictureChanged) -> None:
    """The files that the pages showed before."""
    clear_old_cuts(message.picture_id)


def forget_files(messages: Sequence[PictureFilesGone]) -> None:
    """Caches in front have to forget them."""
    runs.forget_files(store(), {path for told in messages for path in told.paths})


@_each
def press_house_page(message: HousePageChanged) -> Iterable[None]:
    """The page, and the foot of all pages."""
    return runs.press_house_page(store(), message.slug, Language(message.language), now=now())


@_each
def press_advertising(_message: AdvertisingChanged) -> None:
    """What stands in the placements."""
    runs.press_advertising(store(), now=now())


@_each
def press_wall(_message: WallChanged) -> None:
    """What the newsstand decides by."""
    runs.press_wall(store(), now=now())


def press_changed_readers(messages: Sequence[ReaderChanged]) -> None:
    """What the newsstand may know of the readers."""
    press_readers(store(), {told.reader_id for told in messages}, now=now())


_STORY: Sequence[Step] = (press_stories, index)
"""One row for four kinds: what happened to several stories is pressed together."""

FLOW: Flow = {
    StoryPublished: _STORY,
    StoryCorrected: _STORY,
    StoryKilled: _STORY,
    StoryUnpublished: _STORY,
    StoriesImported: (press_imported, index_imported),
    FrontChanged: (press_front,),
    SectionChanged: (press_section,),
    TopicChanged: (press_topic,),
    PersonChanged: (press_person,),
    GalleryChanged: (press_gallery,),
    PictureArrived: (cut_picture,),
    PictureChanged: (press_picture, clear_cuts),
    PictureFilesGone: (forget_files,),
    HousePageChanged: (press_house_page,),
    AdvertisingChanged: (press_advertising,),
    ReaderChanged: (press_changed_readers,),
    WallChanged: (press_wall,),
}


QUARTER = timedelta(minutes=15)
_AFTER_YOU = timedelta(seconds=5)


class _ByTheClock:
    """Presses what changes though nobody changed it: every quarter of an hour, midnight among them."""

    def __init__(self) -> None:
        self._pressed: int | None = None

    def __call__(self, moment: datetime) -> None:
        """Once in each quarter; the first time after a start too. Stories that go live on the hour go first."""
        quarter, into = divmod(moment - _EPOCH, QUARTER)
        if quarter == self._pressed or (into < _AFTER_YOU and is_something_due(moment)):
            return
        runs.press_day(store(), now=moment)
        self._pressed = quarter


class _Placements:
    """Presses the placements when an advertisement starts or ends."""

    def __init__(self) -> None:
        self._looked_at: datetime | None = None

    def __call__(self, moment: datetime) -> None:
        """One query."""
        change = advertising.next_change(after=self._looked_at or moment)
        if change is not None and change <= moment:
            runs.press_advertising(store(), now=moment)
        self._looked_at = moment


def next_quarter(after: datetime) -> datetime:
    """When the clock brings something."""
    return after + QUARTER - (after - _EPOCH) % QUARTER


def next_advertisement(after: datetime) -> datetime | None:
    """When the next advertisement starts or ends."""
    return advertising.next_change(after=after)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

DUTIES: Sequence[Duty] = (
    publish_due,
    expire_due,
    clear_fronts,
    refresh_title_norms,
    tidy,
    expire_orders,
    ask_for_renewals,
    end_subscriptions,
    _Placements(),
    _ByTheClock(),
)
FORESIGHTS: Sequence[Foresight] = (next_due, next_advertisement, next_quarter)
"""When the duties will next have something to do, so that it is done at that moment and not at the next tick."""
