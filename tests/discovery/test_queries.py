"""What to read next, by rules a reader can be told."""

from datetime import timedelta

import pytest
from django.utils import translation

from tajuk.discovery import queries
from tajuk.newsroom import queries as newsroom
from tajuk.newsroom.models import Front, Placement
from tajuk.newsroom.types import StoryFacts
from tajuk.terms.ids import StoryId
from tajuk.terms.language import Language
from tests.standing_matter import NOON, queries_of, section, story

ID = Language.INDONESIAN
pytestmark = pytest.mark.django_db


def told(headline: str) -> tuple[StoryFacts, dict[int, str]]:
    """A story, and the headlines of all by id."""
    pages = newsroom.in_order(newsroom.latest(ID, at_most=99).story_ids, ID)
    names = {int(each.story_id): each.headline for each in pages}
    wanted = next(each.story_id for each in pages if each.headline == headline)
    return newsroom.stories([wanted])[wanted], names


def related_to(headline: str, *, at_most: int = 3, leave_out: tuple[str, ...] = ()) -> list[str]:
    story, names = told(headline)
    ids = {StoryId(each) for each, name in names.items() if name in leave_out}
    beside = {story.teaser.section.section_id: ids}
    found = queries.related([story], queries.shelf(ID), at_most=at_most, leave_out=beside)
    return [names[each] for each in found[story.story_id]]


def other_than(headline: str, *, latest: int = 0) -> list[str]:
    story, names = told(headline)
    section_id = story.teaser.section.section_id
    return [
        names[each]
        for each in queries.other_news(section_id, queries.shelf(ID), at_most=3, latest=latest)
    ]


def test_related_stories_share_the_most_topics_and_what_came_before_fills_what_is_missing() -> None:
    story("Utama", topics=["kopi", "beras"])
    story("Satu topik, baru", topics=["kopi"], hours_ago=2)
    story("Dua topik, lama", topics=["kopi", "beras"], hours_ago=200)
    story("Satu topik, lama", topics=["beras"], hours_ago=300)
    story("Sesudahnya", hours_ago=0.1)
    story("Jauh sebelumnya", hours_ago=9)
    story("Tepat sebelumnya", hours_ago=3)
    story("Rubrik lain", section=section("kota"), hours_ago=3)
    assert related_to("Utama", at_most=5) == [
        "Dua topik, lama", "Satu topik, baru", "Satu topik, lama", "Tepat sebelumnya", "Jauh sebelumnya",
    ]  # fmt: skip
    assert related_to("Utama", at_most=2, leave_out=("Satu topik, baru",)) == [
        "Dua topik, lama", "Satu topik, lama",
    ]  # fmt: skip


def test_other_news_comes_from_other_sections_in_turn_and_leaves_the_very_latest_out() -> None:
    kota, budaya = section("kota"), section("budaya")
    part = section("pasar", part_of=section())
    story("Utama", hours_ago=9)
    story("Bagian sendiri", section=part)
    story("Kota terbaru", section=kota, hours_ago=0.1)
    story("Kota kedua", section=kota, hours_ago=2)
    story("Kota ketiga", section=kota, hours_ago=3)
    story("Budaya", section=budaya, hours_ago=5)
    assert other_than("Utama") == ["Kota terbaru", "Budaya", "Kota kedua"]
    assert other_than("Utama", latest=1) == ["Kota kedua", "Budaya", "Kota ketiga"]


def test_related_stories_cost_the_same_for_one_story_and_for_many() -> None:
    for number in range(12):
        story(
            f"Berita {number}",
            topics=["kopi", f"topik-{number}"] if number % 2 else [],
            hours_ago=number,
        )
    ids = list(newsroom.latest(ID, at_most=99).story_ids)

    def read(some: list[StoryId]) -> int:
        stories = list(newsroom.stories(some).values())
        shelf = queries.shelf(ID)
        return queries_of(lambda: queries.related(stories, shelf, at_most=9, leave_out={}))

    assert read(ids[1:2]) == read(ids) == 2


def test_hot_topics_are_those_with_the_most_stories_in_seven_days() -> None:
    for hours, topics in [
        (1, ["kopi"]),
        (30, ["beras", "garam"]),
        (2, ["beras"]),
        (200, ["kopi", "kopi-lama"]),
    ]:
        story(f"Berita {hours}", hours_ago=hours, topics=topics)
    hot = queries.hot_topics(ID, now=NOON, at_most=3)
    assert [each.slug for each in hot] == ["beras", "kopi", "garam"]


def test_recommendations_are_the_editors_choice_and_then_the_newest_premium() -> None:
    chosen = story("Pilihan", hours_ago=50)
    story("Premium baru", access="premium", hours_ago=1)
    story("Premium lama", access="premium", hours_ago=9)
    story("Gratis")
    front = Front.objects.create(language="id")
    Placement.objects.create(front=front, story=chosen, pinned=True)
    row = queries.recommended(ID, placed_since=NOON - timedelta(days=1), at_most=2)
    assert [each.headline for each in newsroom.in_order(row, ID)] == ["Pilihan", "Premium baru"]


def test_readers_are_told_in_their_own_language_how_a_list_is_made() -> None:
    told = {}
    for language in ("en", "id"):
        with translation.override(language):
            told[language] = {kind: str(why) for kind, why in queries.WHY.items()}
    assert all(told["en"][kind] != told["id"][kind] for kind in queries.WHY)
