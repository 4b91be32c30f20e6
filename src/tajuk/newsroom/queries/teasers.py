"""Lists of published stories: newest first, continued by cursor, without their bodies.

A list is asked for as ids, at one query for each index it reads (a section list two a section in it: its own
stories and those of other sections) and one more to continue from a cursor; teasers cost three for any number.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from tajuk.newsroom.models import Byline, OtherSection, Story, StoryTopic
from tajuk.newsroom.queries.named import author, prefix, sections
from tajuk.newsroom.types import Author, SectionTree, Stretch, TeaserFacts
from tajuk.paywall.types import Access
from tajuk.terms import addresses
from tajuk.terms.ids import PictureId, SectionId, StoryId
from tajuk.terms.language import Language

FIELDS = (
    "id", "language", "section_id", "slug", "kicker", "headline", "standfirst", "published_at", "updated_at",
    "access", "lead_picture_id",
)  # fmt: skip

Newest = list[tuple[datetime, int]]
"""(published_at, id) of stories, newest first."""


def published() -> QuerySet[Story]:
    """Stories readers may see. That a live one is under no embargo and has a time, the database holds."""
    rows: QuerySet[Story] = Story.objects.filter(live=True)
    return rows


def address(row: Mapping[str, Any], tree: SectionTree) -> str:
    """Where a story stands: a path within the site."""
    day = row["published_at"].astimezone(settings.PAPER.time_zone).date()
    slug = row["slug"] or addresses.slug_of(row["headline"])
    section = tree.by_id[SectionId(row["section_id"])].slug
    return prefix(Language(row["language"])) + addresses.story(section, day, row["id"], slug)


def authors_of(story_ids: Iterable[int], language: Language) -> dict[int, tuple[Author, ...]]:
    """The people in the bylines of these stories, in order, by story id. One query."""
    found: dict[int, list[Author]] = {}
    rows = Byline.objects.filter(story_id__in=story_ids).select_related("person")
    for row in rows.order_by("sort_order", "id"):
        found.setdefault(row.story_id, []).append(author(row.person, language))
    return {story_id: tuple(people) for story_id, people in found.items()}


def teaser(
    row: Mapping[str, Any], tree: SectionTree, authors: Mapping[int, tuple[Author, ...]]
) -> TeaserFacts:
    """A story's row (`FIELDS`) as lists know it."""
    picture = row["lead_picture_id"]
    return TeaserFacts(
        story_id=StoryId(row["id"]),
        language=Language(row["language"]),
        href=address(row, tree),
        section=tree.by_id[SectionId(row["section_id"])],
        kicker=row["kicker"],
        headline=row["headline"],
        standfirst=row["standfirst"],
        authors=authors.get(row["id"], ()),
        published_at=row["published_at"],
        updated_at=row["updated_at"],
        access=Access(row["access"]),
        picture=PictureId(picture) if picture else None,
    )


def teasers(story_ids: Iterable[int], language: Language) -> dict[StoryId, TeaserFacts]:
    """The published ones among these stories of one edition, by id. Three queries."""
    rows = list(published().filter(pk__in=set(story_ids), language=language).values(*FIELDS))
    tree = sections(language)
    authors = authors_of([row["id"] for row in rows], language)
    return {StoryId(row["id"]): teaser(row, tree, authors) for row in rows}


def in_order(story_ids: Iterable[int], language: Language) -> tuple[TeaserFacts, ...]:
    """The published ones among these stories, in the order given. Three queries."""
    wanted = [StoryId(each) for each in story_ids]
    found = teasers(wanted, language)
    return tuple(found[each] for each in wanted if each in found)


def latest(language: Language, *, at_most: int, before: StoryId | None = None) -> Stretch:
    """All stories of an edition, newest first."""
    return _stretch([_Rows(published())], language, at_most=at_most, before=before)


def latest_with_access(access: Access, language: Language, *, at_most: int) -> Stretch:
    """The newest stories of one access level."""
    rows = _Rows(published().filter(access=access))
    return _stretch([rows], language, at_most=at_most, before=None)


def of_sections(
    section_ids: Collection[SectionId], language: Language, *, at_most: int, before: StoryId | None = None
) -> Stretch:  # fmt: skip
    """The stories of these sections (one and those in it), and those listed in them besides their own."""
    return _stretch(_in_sections(section_ids), language, at_most=at_most, before=before)


def of_topic(
    topic_id: int, language: Language, *, at_most: int, before: StoryId | None = None
) -> Stretch:
    """The stories of a topic."""
    return _stretch([_on_topic(topic_id)], language, at_most=at_most, before=before)


def of_person(
    person_id: int, language: Language, *, at_most: int, before: StoryId | None = None
) -> Stretch:
    """The stories somebody wrote."""
    return _stretch([_by_person(person_id)], language, at_most=at_most, before=before)


def beside_in_list(
    story: TeaserFacts, *, sections: Collection[SectionId] = (), topic_id: int | None = None,
    person_id: int | None = None,
) -> tuple[StoryId, ...]:  # fmt: skip
    """The stories between which this one stands in a list: of sections, a topic, a person, or all. Two queries for each index."""
    lists = [_Rows(published())]
    if sections:
        lists = _in_sections(sections)
    elif topic_id is not None:
        lists = [_on_topic(topic_id)]
    elif person_id is not None:
        lists = [_by_person(person_id)]
    at, story_id = story.published_at, story.story_id
    newer: set[tuple[datetime, int]] = set()
    for each in lists:
        rows = each.rows.filter(language=story.language, published_at__gte=at).exclude(
            **{"published_at": at, f"{each.story}__lte": story_id}
        )
        rows = rows.order_by("published_at", each.story)
        newer.update(rows.values_list("published_at", each.story)[:1])
    older = _stretch(lists, story.language, at_most=1, before=story_id)
    return (*(StoryId(found) for _, found in sorted(newer)[:1]), *older.story_ids)


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows with a language and a time of publication, in order of which an index holds them; `story` is the column of
    the story's id.
    """

    rows: QuerySet[Any]
    story: str = "id"


def _in_sections(section_ids: Collection[SectionId]) -> list[_Rows]:
    # Each section by itself: its index holds its stories in order, so the newest few are read, not sorted.
    own = [_Rows(published().filter(section_id=each)) for each in section_ids]
    others = [_listed(OtherSection.objects.filter(section_id=each)) for each in section_ids]
    return [*own, *others]


def _on_topic(topic_id: int) -> _Rows:
    return _listed(StoryTopic.objects.filter(topic_id=topic_id))


def _by_person(person_id: int) -> _Rows:
    return _listed(Byline.objects.filter(person_id=person_id))


def _listed(rows: QuerySet[Any]) -> _Rows:
    # The condition is that of the index.
    return _Rows(rows.filter(published_at__isnull=False), story="story_id")


def _stretch(
    lists: list[_Rows], language: Language, *, at_most: int, before: StoryId | None
) -> Stretch:
    edge: datetime | None = None
    if before is not None:
        edge = Story.objects.filter(pk=before).values_list("published_at", flat=True).first()
        if edge is None:
            return Stretch((), None)
    found: set[tuple[datetime, int]] = set()
    for each in lists:
        rows = each.rows.filter(language=language)
        if before is not None and edge is not None:
            # The first condition bounds the index; the second drops the edge itself and what ties with it.
            rows = rows.filter(published_at__lte=edge).exclude(
                **{"published_at": edge, f"{each.story}__gte": before}
            )
        rows = rows.order_by("-published_at", f"-{each.story}")
        found.update(rows.values_list("published_at", each.story)[: at_most + 1])
    newest = [StoryId(story_id) for _, story_id in sorted(found, reverse=True)[: at_most + 1]]
    more = len(newest) > at_most
    return Stretch(tuple(newest[:at_most]), older=newest[at_most - 1] if more else None)
