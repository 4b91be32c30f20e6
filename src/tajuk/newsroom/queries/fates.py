"""What became of a story, an old address, a correction: the questions a reader's address asks."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q

from tajuk.newsroom.models import Correction, Front, HousePage, OldPath, Story
from tajuk.newsroom.queries.named import sections
from tajuk.newsroom.queries.teasers import FIELDS, address, in_order, published
from tajuk.newsroom.types import (
    Away,
    CorrectedStory,
    CorrectionFacts,
    Fate,
    HousePageFacts,
    Killed,
    Live,
    Unknown,
)
from tajuk.terms.ids import SectionId, StoryId
from tajuk.terms.language import Language


def fate(story_id: int) -> Fate:
    """What a reader who asks for this story is to be told. Two queries; three for a live story."""
    row = Story.objects.filter(pk=story_id).values(*FIELDS, "killed_at", "kill_reason").first()
    if row is None:
        return Unknown()
    language = Language(row["language"])
    if row["killed_at"] is not None and row["published_at"] is not None:
        href = address(row, sections(language))
        return Killed(href, language, row["headline"], row["kill_reason"], row["killed_at"])
    if published().filter(pk=story_id).exists():
        return Live(address(row, sections(language)), language)
    return Away(language)


def paths_of(story_ids: Collection[int]) -> tuple[str, ...]:
    """Where these stories stand or stood, and the addresses they had before. Three queries an edition."""
    rows = Story.objects.filter(pk__in=story_ids, published_at__isnull=False).values(*FIELDS)
    paths = [address(row, sections(Language(row["language"]))) for row in rows]
    old = OldPath.objects.filter(story_id__in=story_ids).values_list("path", flat=True)
    return tuple(dict.fromkeys((*paths, *old)))


def redirects(story_ids: Collection[int]) -> dict[str, tuple[StoryId, str]]:
    """The addresses that these stories had before and have no more: each with the story and its address now.

    Of stories that readers can open, be it to learn that they were withdrawn. Two queries and one an edition.
    """
    old = list(OldPath.objects.filter(story_id__in=story_ids).values_list("path", "story_id"))
    if not old:
        return {}
    told = Story.objects.filter(pk__in={story_id for _, story_id in old})
    rows = told.filter(Q(live=True) | Q(killed_at__isnull=False), published_at__isnull=False)
    hrefs = {
        row["id"]: address(row, sections(Language(row["language"]))) for row in rows.values(*FIELDS)
    }
    return {
        path: (StoryId(story_id), hrefs[story_id])
        for path, story_id in old
        if story_id in hrefs and path != hrefs[story_id]
    }


def story_at_old_path(path: str) -> StoryId | None:
    """The story that had this address once. One query."""
    row = OldPath.objects.filter(path=path.rstrip("/") or "/").values_list("story_id", flat=True)
    found = row.first()
    return StoryId(found) if found else None


def placed(
    section_id: SectionId | None, language: Language, *, since: datetime
) -> tuple[StoryId, ...]:
    """What editors placed on a front, in their order: pinned stories, and others placed since a moment.

    One query. `section_id` None is the home front.
    """
    rows = Front.objects.filter(
        language=language, section_id=section_id, live=True, placements__story__live=True
    )
    placements = rows.order_by("placements__sort_order", "placements__id").values_list(
        "placements__story_id", "placements__pinned", "placements__placed_at"
    )
    standing = (
        StoryId(story_id)
        for story_id, pinned, placed_at in placements
        if pinned or (placed_at is not None and placed_at >= since)
    )
    return tuple(dict.fromkeys(standing))


def house_page(slug: str, language: Language) -> HousePageFacts | None:
    """A house page of an edition. One query."""
    row = HousePage.objects.filter(slug=slug, language=language, live=True).first()
    return _house_page(row) if row else None


def house_pages(language: Language) -> tuple[HousePageFacts, ...]:
    """All house pages of an edition, in the order the desk lists their kinds. One query."""
    order = [each.value for each in HousePage.Slug]
    rows = HousePage.objects.filter(language=language, live=True)
    return tuple(_house_page(row) for row in sorted(rows, key=lambda row: order.index(row.slug)))


def _house_page(row: HousePage) -> HousePageFacts:
    return HousePageFacts(
        slug=row.slug,
        language=Language(row.language),
        headline=row.headline,
        standfirst=row.standfirst,
        body=row.body,
        updated_at=row.updated_at,
    )


def latest_corrections(language: Language, *, at_most: int) -> tuple[CorrectedStory, ...]:
    """The latest corrections of published stories, newest first. Four queries."""
    rows = list(
        Correction.objects.filter(story__language=language, story__live=True)
        .order_by("-posted_at", "-id")
        .values_list("story_id", "note", "posted_at")[:at_most]
    )
    told = {each.story_id: each for each in in_order({row[0] for row in rows}, language)}
    return tuple(
        CorrectedStory(CorrectionFacts(note, posted_at), told[StoryId(story_id)])
        for story_id, note, posted_at in rows
        if story_id in told
    )
