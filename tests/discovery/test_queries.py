"""What to read next, by rules a reader can be told."""

from datetime import timedelta

import pytest

from tajuk.discovery import queries
from tajuk.newsroom import queries as newsroom
from tajuk.newsroom.models import Front, Placement
from tajuk.terms.ids import StoryId
from tajuk.terms.language import Language
from tests.standing_matter import NOON, queries_of, section, story

ID = Language.INDONESIAN
pytestmark = pytest.mark.django_db


def beside(
    headline: str, *, related: int = 3, other: int = 3, latest: int = 0
) -> tuple[list[str], list[str]]:
    """The headlines set beside a story: (related, other)."""
    pages = newsroom.latest(ID, at_most=99).teasers
    names = {each.story_id: each.headline for each in pages}
    wanted = next(each.story_id for each in pages if each.headline == headline)
    stories = newsroom.stories([wanted])
    found = queries.neighbours(
        list(stories.values()), queries.shelf(ID), related=related, other=other, latest=latest
    )[wanted]
    return [names[each] for each in found.related], [names[each] for each in found.other]


def test_related_stories_share_the_most_topics_and_the_section_fills_what_is_missing() -> None:
    story("Utama", topics=["kopi", "beras"])
    story("Satu topik, baru", topics=["kopi"], hours_ago=2)
    story("Dua topik, lama", topics=["kopi", "beras"], hours_ago=200)
    story("Satu topik, lama", topics=["beras"], hours_ago=300)
    story("Sebagian", hours_ago=0.1)
    assert beside("Utama", related=4)[0] == [
        "Dua topik, lama", "Satu topik, baru", "Satu topik, lama", "Sebagian",
    ]  # fmt: skip


def test_other_news_comes_from_other_sections_in_turn_and_repeats_nothing() -> None:
    kota, budaya = section("kota"), section("budaya")
    part = section("pasar", part_of=section())
    story("Utama", topics=["kopi"], hours_ago=9)
    story("Bagian sendiri", section=part)
    story("Kota terbaru", section=kota, hours_ago=0.1)
    story("Kota kedua", section=kota, hours_ago=2)
    story("Kota ketiga", section=kota, hours_ago=3)
    story("Budaya", section=budaya, hours_ago=5)
    story("Budaya terkait", section=budaya, topics=["kopi"], hours_ago=4)
    related, other = beside("Utama", latest=1)
    assert "Budaya terkait" in related
    assert other == ["Kota kedua", "Budaya", "Kota ketiga"]


def test_neighbours_cost_the_same_for_one_story_and_for_many() -> None:
    for number in range(12):
        story(f"Berita {number}", topics=["kopi", f"topik-{number}"], hours_ago=number)
    ids = [each.story_id for each in newsroom.latest(ID, at_most=99).teasers]

    def read(some: list[StoryId]) -> int:
        stories = list(newsroom.stories(some).values())
        return queries_of(
            lambda: queries.neighbours(stories, queries.shelf(ID), related=4, other=4, latest=4)
        )

    assert read(ids[:1]) == read(ids) == 3


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
    assert [each.headline for each in row] == ["Pilihan", "Premium baru"]
