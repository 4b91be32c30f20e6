"""What readers may know of stories, and what asking costs."""

from datetime import date, timedelta

import pytest

from tajuk.newsroom import queries
from tajuk.newsroom.models import Front, OldPath, Placement, Story
from tajuk.newsroom.types import Away, Killed, Live, Stretch, TeaserFacts, Unknown
from tajuk.paywall.types import Access
from tajuk.terms.ids import StoryId
from tajuk.terms.language import Language
from tests.standing_matter import NOON, paragraphs, person, queries_of, section, story, topic

ID, EN = Language.INDONESIAN, Language.ENGLISH
pytestmark = pytest.mark.django_db


def headlines(page: Stretch) -> list[str]:
    names = dict(Story.objects.values_list("id", "headline"))
    return [names[each] for each in page.story_ids]


def newest(language: Language = ID) -> TeaserFacts:
    return queries.in_order(queries.latest(language, at_most=1).story_ids, language)[0]


def test_a_story_stands_under_its_section_day_and_number() -> None:
    made = story(
        "Es habis di pelabuhan", published_at=NOON.replace(hour=20)
    )  # 03.00 the next day in Jakarta
    teaser = newest()
    assert teaser.href == f"/maritim/2026/03/11/{made.pk}/es-habis-di-pelabuhan"


def test_the_second_edition_stands_behind_its_tag_and_has_its_own_names() -> None:
    made = story("Ice runs out", language="en")
    teaser = newest(EN)
    assert teaser.href == f"/en/maritim/2026/03/10/{made.pk}/ice-runs-out"
    assert teaser.section.name == "Maritim in English"
    assert queries.latest(ID, at_most=5).story_ids == ()


def test_drafts_killed_and_embargoed_stories_are_on_no_list() -> None:
    story("Naskah", live=False)
    story("Dicabut", live=False, killed_at=NOON, kill_reason="Salah")
    story("Embargo", live=False, embargo_until=NOON + timedelta(seconds=1))
    story("Terbit")
    assert headlines(queries.latest(ID, at_most=9)) == ["Terbit"]


def test_a_list_is_continued_from_its_last_story_even_among_stories_of_one_moment() -> None:
    for number in range(5):
        story(f"Berita {number}", hours_ago=1)
    first = queries.latest(ID, at_most=2)
    second = queries.latest(ID, at_most=2, before=first.older)
    third = queries.latest(ID, at_most=2, before=second.older)
    assert headlines(first) + headlines(second) + headlines(third) == [
        "Berita 4", "Berita 3", "Berita 2", "Berita 1", "Berita 0",
    ]  # fmt: skip
    assert third.older is None


def test_a_section_lists_what_is_in_its_parts_and_what_is_listed_in_it_besides() -> None:
    economy = section("ekonomi")
    markets = section("pasar", part_of=economy)
    story("Sendiri", section=economy, hours_ago=3)
    story("Bagian", section=markets, hours_ago=2, other_sections=[economy])
    story("Tamu", hours_ago=1, other_sections=[economy])
    story("Lain", hours_ago=0.5)
    assert headlines(queries.of_sections([economy.pk, markets.pk], ID, at_most=9)) == [
        "Tamu", "Bagian", "Sendiri",
    ]  # fmt: skip
    assert headlines(queries.of_sections([markets.pk], ID, at_most=9)) == ["Bagian"]


def test_topics_and_people_list_their_stories() -> None:
    story("Kopi", topics=["kopi"], people=["Mei Lestarum"])
    story("Beras", topics=["beras"])
    assert headlines(queries.of_topic(topic("kopi").pk, ID, at_most=9)) == ["Kopi"]
    mei = person("Mei Lestarum")
    assert headlines(queries.of_person(mei.pk, ID, at_most=9)) == ["Kopi"]


def test_lists_cost_the_same_for_one_story_and_for_many() -> None:
    kopi = topic("kopi")
    everything: list[int] = []
    economy = section("ekonomi")
    reads = [
        lambda: queries.latest(ID, at_most=50),
        lambda: queries.of_sections([economy.pk], ID, at_most=50),
        lambda: queries.of_topic(kopi.pk, ID, at_most=50),
        lambda: queries.in_order(everything, ID),
    ]
    story("Satu", section=economy, topics=["kopi"], people=["Mei Lestarum"])
    everything += Story.objects.values_list("pk", flat=True)
    for_one = [queries_of(read) for read in reads]
    for number in range(20):
        story(
            f"Berita {number}",
            section=economy,
            topics=["kopi"],
            people=["Mei Lestarum", "Hasan Tualang"],
        )
    everything += Story.objects.values_list("pk", flat=True)
    assert [queries_of(read) for read in reads] == for_one == [1, 2, 1, 3]


def test_a_whole_story_costs_the_same_as_many_and_no_list_reads_a_body() -> None:
    def write(number: int) -> int:
        other = story(f"Terkait {number}", hours_ago=9)
        body = [
            *paragraphs(f'Baca <a linktype="story" id="{other.pk}">ini</a>.', "Dua."),
            {"type": "related_story", "value": {"story": other.pk}},
        ]
        made = story(
            f"Utama {number}", body=body, topics=["kopi", "beras"], people=["Mei Lestarum"],
            sources=[{"agency": "Warta Selat"}], corrections=[{"note": "Salah.", "posted_at": NOON}],
        )  # fmt: skip
        story(f"Translated {number}", language="en", translation_of=made)
        return int(made.pk)

    first = write(0)
    assert queries_of(lambda: queries.stories([first])) == 12
    many = [first, *(write(number) for number in range(1, 15))]
    assert queries_of(lambda: queries.stories(many)) == 12
    whole = queries.stories(many)
    assert len(whole) == 15
    told = whole[StoryId(first)]
    assert [each.name for each in told.topics] == ["kopi", "beras"]
    assert told.translation is not None
    assert told.translation.href.startswith("/en/maritim/")
    assert not hasattr(told.teaser, "body")


def test_a_link_to_a_story_leads_to_its_address_and_to_nothing_once_it_is_withdrawn() -> None:
    other = story("Dermaga dibuka")
    body = [
        *paragraphs(f'Baca <a linktype="story" id="{other.pk}">berita dermaga</a>.'),
        {"type": "related_story", "value": {"story": other.pk}},
    ]
    made = story("Utama", body=body)
    told = queries.story(made.pk)
    assert told is not None
    assert f'<a href="/maritim/2026/03/10/{other.pk}/dermaga-dibuka">berita dermaga</a>' in str(
        told.body
    )
    other.live = False
    other.save()
    told = queries.story(made.pk)
    assert told is not None
    assert [getattr(block, "html", block) for block in told.body] == ["Baca berita dermaga."]


def test_the_editors_screen_shows_the_page_a_story_would_have() -> None:
    made = story("Lama", people=["Mei Lestarum"], topics=["kopi"], access="premium")
    made.headline = "Baru"
    told = queries.story_as_edited(made, now=NOON)
    assert told.teaser.headline == "Baru"
    assert told.teaser.access is Access.PREMIUM
    assert [each.name for each in told.people] == ["Mei Lestarum"]
    assert len(told.body) == 4
    assert len(told.preview) == 2


def test_the_editors_screen_shows_a_story_that_was_never_saved() -> None:
    section()
    fresh = Story(language="id", headline="Belum disimpan")
    assert queries.story_as_edited(fresh, now=NOON).teaser.headline == "Belum disimpan"


def test_readers_are_told_what_became_of_a_story() -> None:
    live, draft = story("Terbit"), story("Naskah", live=False)
    killed = story("Dicabut", live=False, killed_at=NOON, kill_reason="Sumber keliru.")
    later = story("Nanti", live=False, embargo_until=NOON + timedelta(hours=1))
    assert isinstance(queries.fate(live.pk), Live)
    assert isinstance(queries.fate(draft.pk), Away)
    assert isinstance(queries.fate(later.pk), Away)
    assert isinstance(queries.fate(10**9), Unknown)
    told = queries.fate(killed.pk)
    assert isinstance(told, Killed)
    assert (told.reason, told.killed_at) == ("Sumber keliru.", NOON)


def test_an_old_address_leads_to_its_story_with_and_without_the_last_slash() -> None:
    made = story()
    OldPath.objects.create(path="/read/2019/04/es-habis/", story=made)
    assert queries.story_at_old_path("/read/2019/04/es-habis") == made.pk
    assert queries.story_at_old_path("/read/2019/04/es-habis/") == made.pk
    assert queries.story_at_old_path("/read/2019/04/lain") is None


def test_a_placed_story_leaves_the_front_by_itself_and_a_pinned_one_stays() -> None:
    front = Front.objects.create(language="id")
    old = NOON - timedelta(hours=25)
    for order, (headline, pinned, placed_at) in enumerate([
        ("Disematkan", True, old), ("Usang", False, old), ("Segar", False, NOON), ("Naskah", True, NOON),
    ]):  # fmt: skip
        made = story(headline, live=headline != "Naskah")
        Placement.objects.create(
            front=front, story=made, pinned=pinned, placed_at=placed_at, sort_order=order
        )
    placed = queries.placed(None, ID, since=NOON - timedelta(hours=24))
    names = dict(Story.objects.values_list("id", "headline"))
    assert [names[each] for each in placed] == ["Disematkan", "Segar"]


def test_the_busiest_topics_come_first_and_of_equals_the_newest() -> None:
    for hours, slugs in [
        (1, ["kopi"]),
        (2, ["beras", "kopi"]),
        (3, ["garam"]),
        (200, ["garam", "garam-lama"]),
    ]:
        story(f"Berita {hours}", hours_ago=hours, topics=slugs)
    ids = queries.busiest_topics(ID, since=NOON - timedelta(days=7), at_most=9)
    named = queries.topics(ids, ID)
    assert [named[each].slug for each in ids] == ["kopi", "beras", "garam"]


def test_days_and_months_are_those_of_the_papers_own_time_zone() -> None:
    story("Larut", published_at=NOON.replace(hour=18))  # 01.00 on the 11th in Jakarta
    story("Siang", published_at=NOON)
    story("Dulu", published_at=NOON - timedelta(days=40))
    assert len(queries.of_day(date(2026, 3, 10), ID)) == 1
    assert queries.days_beside(date(2026, 3, 10), ID) == (
        date(2026, 1, 29),
        date(2026, 3, 11),
    )
    assert queries.months(ID) == ((date(2026, 1, 1), 1), (date(2026, 3, 1), 2))
    paths = queries.addresses_between(date(2026, 3, 1), date(2026, 4, 1), ID)
    assert [headline for _, _, headline in paths] == ["Siang", "Larut"]
