"""The sample newspaper, put into an empty paper through the same doors as any copy."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from itertools import cycle

from django.db import transaction

from tajuk.advertising.actions import save_advertisement
from tajuk.advertising.models import Advertisement
from tajuk.contracts.incoming import IncomingGallery, IncomingPicture, IncomingStory
from tajuk.newsroom.actions import kill_story
from tajuk.newsroom.actions.bring_in import (
    Arriving,
    bring_in,
    bring_in_people,
    bring_in_sections,
    bring_in_topics,
)
from tajuk.newsroom.actions.publish_front import publish_front
from tajuk.newsroom.actions.set_up_fronts import set_up_fronts
from tajuk.newsroom.models import Front, HousePage, Placement, Story
from tajuk.pictures.actions import publish_gallery
from tajuk.pictures.bring_in import picture_intake
from tajuk.pictures.models import Gallery, GalleryItem
from tajuk.site.sample.errors import NotEmptyError, SampleError
from tajuk.site.sample.read import Killed, Sample, uri_of
from tajuk.terms.ids import PictureId
from tajuk.terms.language import Language
from tajuk.terms.paper import Paper

Progress = Callable[[str], None]
PictureIds = Mapping[IncomingPicture, PictureId]

_ADVERTISED_FOR = timedelta(days=365)


def load_sample(paper: Paper, *, now: datetime, progress: Progress) -> None:
    """Fills an empty newspaper; what is in a language the paper isn't published in is left out.

    All or nothing. Raises NotEmptyError where the paper holds stories, SampleError where a file is wrong.
    """
    if Story.objects.exists():
        raise NotEmptyError
    sample = Sample.read(now)
    pairs = [pair for pair in sample.stories() if pair[0].language in paper.languages]
    stories = sorted((story for story, _ in pairs), key=_published)
    with picture_intake(sample.folder / "pictures") as intake, transaction.atomic():
        progress("Pictures")
        pictures = intake.take(dict.fromkeys(_pictures(sample, stories)))
        progress("Sections, topics and people")
        bring_in_sections(sample.sections())
        bring_in_topics(sample.topics())
        bring_in_people(sample.people(), pictures)
        progress(f"{len(stories)} stories")
        arriving = [Arriving(story, live=True) for story in stories]
        for brought in bring_in(arriving, pictures=pictures, now=now):
            if brought.missed:
                raise SampleError(f"{brought.uri}: {'; '.join(brought.missed)}")
        for killed in (killed for _, killed in pairs if killed):
            _kill(killed)
        progress("Galleries, house pages, fronts, advertisements")
        for first, second in sample.galleries():
            _gallery(paper, first, second, pictures, now)
        _house_pages(sample, paper)
        set_up_fronts()
        _fronts(sample, paper, now)
        _advertisements(sample, pictures, now)


def _published(story: IncomingStory) -> datetime:
    assert story.published_at is not None, "every sample story says when it was published"
    return story.published_at


def _pictures(sample: Sample, stories: Iterable[IncomingStory]) -> Iterable[IncomingPicture]:
    """Everything that is shown anywhere."""
    for story in stories:
        yield from story.pictures
    yield from (each.portrait for each in sample.people() if each.portrait)
    for first, _ in sample.galleries():
        yield from (each.picture for each in first.pictures)
    shown = (sample.picture(each["picture"]) for each in sample.facts["advertisements"])
    yield from (each for each in shown if each)


def _kill(killed: Killed) -> None:
    story = Story.objects.get(uri=killed.uri)
    kill_story(story, reason=killed.reason, acting_user=None, now=killed.at)


def _gallery(
    paper: Paper,
    first: IncomingGallery,
    second: IncomingGallery,
    pictures: PictureIds,
    now: datetime,
) -> None:
    original: Gallery | None = None
    for gallery in (first, second):
        if gallery.language not in paper.languages or not gallery.pictures:
            continue
        row = Gallery.objects.create(
            language=gallery.language, headline=gallery.headline, slug=gallery.slug,
            standfirst=gallery.standfirst, author=gallery.author, published_at=gallery.published_at,
            translation_of=original, live=False,
        )  # fmt: skip
        row.items = [
            GalleryItem(picture_id=pictures[each.picture], caption=each.caption, sort_order=n)
            for n, each in enumerate(gallery.pictures)
        ]
        row.save()
        publish_gallery(row.save_revision(clean=False, log_action=True), acting_user=None, now=now)
        original = row


def _house_pages(sample: Sample, paper: Paper) -> None:
    for page in sample.house_pages():
        if page.language not in paper.languages:
            continue
        row, _ = HousePage.objects.get_or_create(
            slug=page.slug,
            language=page.language,
            defaults={"headline": page.headline, "live": False},
        )
        row.headline, row.standfirst, row.body = page.headline, page.standfirst, page.html
        row.publish(row.save_revision(clean=False, log_action=True))


def _fronts(sample: Sample, paper: Paper, now: datetime) -> None:
    """Placed as the sample says; on an edition's front stand the translations of what is placed."""
    for name, keys in sample.facts["fronts"].items():
        originals = [uri_of(Language.INDONESIAN, key) for key in keys]
        for language in paper.languages:
            if language is Language.INDONESIAN:
                found = {row.uri: row for row in Story.objects.filter(uri__in=originals)}
            else:
                rows = Story.objects.filter(translation_of__uri__in=originals, language=language)
                found = {
                    row.translation_of.uri: row for row in rows.select_related("translation_of")
                }
            placed = [found[uri] for uri in originals if uri in found]
            if placed:
                _place(Front.objects.get(language=language, section__slug=None if name == "home" else name), placed, now)  # fmt: skip


def _place(front: Front, stories: list[Story], now: datetime) -> None:
    front.placements = [
        Placement(story=story, pinned=n == 0, sort_order=n) for n, story in enumerate(stories)
    ]
    publish_front(front.save_revision(clean=False, log_action=True), acting_user=None, now=now)


def _advertisements(sample: Sample, pictures: PictureIds, now: datetime) -> None:
    """Every placement is sold, in turn to each advertiser."""
    said = [each for each in sample.facts["advertisements"] if sample.picture(each["picture"])]
    if not said:
        return
    for placement, each in zip(Advertisement.Placement.values, cycle(said), strict=False):
        picture = sample.picture(each["picture"])
        assert picture is not None, "only advertisements with a picture are left"
        save_advertisement(
            Advertisement(
                placement=placement, advertiser=each["advertiser"], headline=each["headline"],
                headline_second=each.get("headline_en", ""), url=each["url"], picture_id=pictures[picture],
                starts_at=now, ends_at=now + _ADVERTISED_FOR,
            ),
            acting_user=None,
        )  # fmt: skip
