"""Ids of published stories in bulk: by topic, by section, by day, by month; for rankings and for presses.

Nothing here reads a body. Each function states its queries.
"""

from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Count, Max, Min, Q, QuerySet
from django.db.models.functions import TruncMonth
from wagtail.models import ReferenceIndex

from tajuk.newsroom.models import Byline, OtherSection, Story, StoryTopic
from tajuk.newsroom.queries.named import sections
from tajuk.newsroom.queries.teasers import Newest, address, published
from tajuk.newsroom.types import TeaserFacts
from tajuk.pictures.models import Picture
from tajuk.terms.ids import SectionId, StoryId, TopicId
from tajuk.terms.language import Language

_TOGETHER = 100
# Written out, because Django needs longer to put a hundred such queries into words than the database to answer.
_BEFORE = """
SELECT * FROM (
  SELECT CAST(%s AS bigint) AS of_story, id FROM newsroom_story
  WHERE live AND section_id = %s AND language = %s
    AND published_at <= %s AND (published_at < %s OR id < %s)
  ORDER BY published_at DESC, id DESC LIMIT %s
) AS before
"""
_NEWEST = """
SELECT * FROM (
  SELECT id, topic_id, story_id, published_at FROM newsroom_storytopic
  WHERE topic_id = %s AND language = %s AND published_at IS NOT NULL
  ORDER BY published_at DESC, story_id DESC LIMIT %s
) AS newest
"""
_ADDRESS = ("id", "language", "section_id", "slug", "headline", "published_at", "updated_at")


def newest_of_topics(
    topic_ids: Collection[int], language: Language, *, each: int
) -> dict[TopicId, Newest]:
    """(published_at, id) of the newest stories of each of these topics.

    One query for every hundred topics: each reads a few rows at one place of an index.
    """
    found: dict[TopicId, Newest] = {}
    wanted = sorted(set(topic_ids))
    for start in range(0, len(wanted), _TOGETHER):
        some = wanted[start : start + _TOGETHER]
        values = [value for topic_id in some for value in (topic_id, language.value, each)]
        for row in StoryTopic.objects.raw(" UNION ALL ".join([_NEWEST] * len(some)), values):
            found.setdefault(TopicId(row.topic_id), []).append((row.published_at, row.story_id))
    for newest in found.values():
        newest.sort(reverse=True)
    return found


def newest_of_sections(
    section_ids: Collection[int], language: Language, *, each: int
) -> dict[SectionId, Newest]:
    """(published_at, id) of the newest stories whose own section is one of these. One query a section."""
    found: dict[SectionId, Newest] = {}
    for section_id in section_ids:
        rows = published().filter(section_id=section_id, language=language)
        newest = rows.order_by("-published_at", "-id").values_list("published_at", "id")[:each]
        found[SectionId(section_id)] = list(newest)
    return found


def stories_before(
    stories: Collection[TeaserFacts], *, each: int
) -> dict[StoryId, tuple[StoryId, ...]]:
    """What the same section published just before each of these stories, newest first.

    One query for every hundred stories: each reads a few rows at one place of an index.
    """
    found: dict[StoryId, tuple[StoryId, ...]] = {}
    wanted = list(stories)
    moment = connection.ops.adapt_datetimefield_value
    for start in range(0, len(wanted), _TOGETHER):
        some = wanted[start : start + _TOGETHER]
        values: list[Any] = []
        for story in some:
            at = moment(story.published_at)
            values += [story.story_id, story.section.section_id, story.language.value]
            values += [at, at, story.story_id, each]
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join([_BEFORE] * len(some)), values)
            for story_id, other in cursor.fetchall():
                known = found.get(StoryId(story_id), ())
                found[StoryId(story_id)] = (*known, StoryId(other))
    return found


def busiest_topics(language: Language, *, since: datetime, at_most: int) -> tuple[TopicId, ...]:
    """Topics by number of stories since a moment; of equal ones that with the newest story. One query."""
    rows = StoryTopic.objects.filter(
        story__live=True, story__language=language, story__published_at__gte=since,
    )  # fmt: skip
    ranked = rows.values("topic_id").annotate(
        stories=Count("story_id"), newest=Max("story__published_at")
    )
    return tuple(
        TopicId(row["topic_id"])
        for row in ranked.order_by("-stories", "-newest", "topic_id")[:at_most]
    )


def story_ids(*, language: Language | None = None, step: int = 500) -> Iterator[list[StoryId]]:
    """All published stories, newest id first, in steps. One query a step."""
    rows = published()
    if language is not None:
        rows = rows.filter(language=language)
    below: int | None = None
    while True:
        ahead = rows if below is None else rows.filter(pk__lt=below)
        ids = list(ahead.order_by("-id").values_list("id", flat=True)[:step])
        if not ids:
            return
        yield [StoryId(each) for each in ids]
        below = ids[-1]


def published_among(story_ids: Collection[int]) -> set[StoryId]:
    """Those of these stories that readers may see. One query."""
    return {
        StoryId(each) for each in published().filter(pk__in=story_ids).values_list("id", flat=True)
    }


def how_many() -> int:
    """How many stories are published. One query that reads an index; for progress bars, not for pages."""
    return published().count()


def gone_ids(*, step: int = 500) -> Iterator[list[StoryId]]:
    """All killed stories, in steps. One query a step."""
    above = 0
    while True:
        rows = Story.objects.filter(killed_at__isnull=False, pk__gt=above).order_by("id")
        ids = list(rows.values_list("id", flat=True)[:step])
        if not ids:
            return
        yield [StoryId(each) for each in ids]
        above = ids[-1]


def _day(day: date) -> tuple[datetime, datetime]:
    zone = settings.PAPER.time_zone
    return (
        datetime.combine(day, time.min, tzinfo=zone),
        datetime.combine(day + timedelta(days=1), time.min, tzinfo=zone),
    )


def of_day(day: date, language: Language) -> tuple[StoryId, ...]:
    """The stories published on a day of the paper's own time zone, newest first. One query."""
    start, end = _day(day)
    rows = published().filter(language=language, published_at__gte=start, published_at__lt=end)
    ids = rows.order_by("-published_at", "-id").values_list("id", flat=True)
    return tuple(StoryId(each) for each in ids)


def days_beside(day: date, language: Language) -> tuple[date | None, date | None]:
    """The nearest days before and after with a story in them. Two queries."""
    start, end = _day(day)
    rows = published().filter(language=language)
    zone = settings.PAPER.time_zone
    earlier = rows.filter(published_at__lt=start).aggregate(at=Max("published_at"))["at"]
    later = rows.filter(published_at__gte=end).aggregate(at=Min("published_at"))["at"]
    return (
        earlier.astimezone(zone).date() if earlier else None,
        later.astimezone(zone).date() if later else None,
    )


def latest_day(language: Language) -> date | None:
    """The day of the newest story. One query."""
    newest = published().filter(language=language).aggregate(at=Max("published_at"))["at"]
    return newest.astimezone(settings.PAPER.time_zone).date() if newest else None


def months(language: Language) -> tuple[tuple[date, int], ...]:
    """(first of the month, stories) for every month with stories, oldest first. Two queries a month.

    Each looks at one place of an index or counts along it; to sort a million moments into months takes seconds.
    """
    rows = published().filter(language=language).order_by("published_at", "id")
    found: list[tuple[date, int]] = []
    first = rows.values_list("published_at", flat=True).first()
    while first is not None:
        month = first.astimezone(settings.PAPER.time_zone).date().replace(day=1)
        following = _day((month + timedelta(days=31)).replace(day=1))[0]
        inside = rows.filter(published_at__gte=first, published_at__lt=following)
        found.append((month, inside.count()))
        later = rows.filter(published_at__gte=following)
        first = later.values_list("published_at", flat=True).first()
    return tuple(found)


def every_month() -> tuple[date, ...]:
    """The first of every month with stories in any edition, oldest first. One query."""
    return tuple(_months(published()))


def months_of(story_ids: Collection[int]) -> set[date]:
    """The first of each month in which these stories were first published, live or not. One query."""
    return set(_months(Story.objects.filter(pk__in=story_ids, published_at__isnull=False)))


def _months(rows: QuerySet[Story]) -> Iterator[date]:
    month = TruncMonth("published_at", tzinfo=settings.PAPER.time_zone)
    for found in (
        rows.order_by()
        .annotate(month=month)
        .values_list("month", flat=True)
        .distinct()
        .order_by("month")
    ):
        yield found.date()


def addresses_since(moment: datetime, language: Language) -> Iterator[tuple[str, datetime, str]]:
    """(path, first publication, headline) of the stories published since a moment, newest first. Two queries."""
    tree = sections(language)
    rows = published().filter(language=language, published_at__gte=moment)
    row: dict[str, Any]
    for row in rows.order_by("-published_at", "-id").values(*_ADDRESS):
        yield address(row, tree), row["published_at"], row["headline"]


def addresses_between(
    start: date, end: date, language: Language
) -> Iterator[tuple[str, datetime, str]]:
    """(path, last change, headline) of the stories published from `start` to before `end`, oldest first.

    Two queries, read row by row, so a month of any size takes little memory.
    """
    tree = sections(language)
    rows: QuerySet[Story] = published().filter(
        language=language, published_at__gte=_day(start)[0], published_at__lt=_day(end)[0]
    )
    row: dict[str, Any]
    for row in rows.order_by("published_at", "id").values(*_ADDRESS).iterator(chunk_size=2000):
        changed = max(row["published_at"], row["updated_at"] or row["published_at"])
        yield address(row, tree), changed, row["headline"]


def lists_of(story_ids: Collection[int]) -> tuple[set[SectionId], set[TopicId], set[int]]:
    """The sections (own and other), topics and people these stories hang on, live or not. Four queries."""
    own = Story.objects.filter(pk__in=story_ids).values_list("section_id", flat=True)
    others = OtherSection.objects.filter(story_id__in=story_ids).values_list(
        "section_id", flat=True
    )
    topics = StoryTopic.objects.filter(story_id__in=story_ids).values_list("topic_id", flat=True)
    people = Byline.objects.filter(story_id__in=story_ids).values_list("person_id", flat=True)
    return (
        {SectionId(each) for each in (*own, *others)},
        {TopicId(each) for each in topics},
        set(people),
    )


def languages_of(story_ids: Collection[int]) -> set[Language]:
    """The editions these stories belong to, live or not. One query."""
    rows = Story.objects.filter(pk__in=story_ids).order_by().values_list("language", flat=True)
    return {Language(each) for each in rows.distinct()}


def stories_with_picture(picture_id: int) -> tuple[StoryId, ...]:
    """The published stories that show a picture, in their text too. Three queries.

    Texts are found by Wagtail's reference index.
    """
    kinds = ContentType.objects.get_for_models(Story, Picture)
    referring = ReferenceIndex.objects.filter(
        base_content_type=kinds[Story], to_object_id=str(picture_id),
        to_content_type__in=[each for model, each in kinds.items() if model is not Story],
    )  # fmt: skip
    ids = [int(each) for each in referring.values_list("object_id", flat=True).distinct()]
    shown = Q(lead_picture_id=picture_id) | Q(social_picture_id=picture_id) | Q(pk__in=ids)
    return tuple(StoryId(each) for each in published().filter(shown).values_list("id", flat=True))
