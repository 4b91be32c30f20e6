"""What happens in the paper shows wherever readers look, all of it at once, and never anything older."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from tests.pressed_paper import PressedPaper
from tests.standing_matter import (
    FOUR,
    NOON,
    gallery,
    paragraphs,
    person,
    picture,
    section,
    story,
    topic,
)

from tajuk.advertising.models import Advertisement
from tajuk.contracts.messages import (
    KINDS,
    AdvertisingChanged,
    FrontChanged,
    GalleryChanged,
    HousePageChanged,
    Message,
    PersonChanged,
    PictureChanged,
    PictureFilesGone,
    SectionChanged,
    StoriesImported,
    StoryCorrected,
    StoryKilled,
    StoryPublished,
    StoryUnpublished,
    TopicChanged,
    unpacked,
)
from tajuk.contracts.pages import page_of_story
from tajuk.discovery.queries import search_stories
from tajuk.newsroom.actions.run_the_house import ChangeNamed
from tajuk.newsroom.models import (
    Correction,
    Front,
    HousePage,
    OldPath,
    Person,
    Placement,
    Section,
    Story,
    Topic,
)
from tajuk.outbox.models import OutboxMessage
from tajuk.press.finding import Moved
from tajuk.press.keys import picks_of_topic
from tajuk.press.on_demand import press_path
from tajuk.press.run import Run
from tajuk.press.runs import press_stories
from tajuk.site.flow import DUTIES, FLOW
from tajuk.terms.ids import GalleryId, PersonId, SectionId, StoryId, TopicId
from tajuk.terms.language import Language

ID = Language.INDONESIAN
pytestmark = pytest.mark.django_db


def published(made: Story) -> StoryPublished:
    return StoryPublished(StoryId(made.pk))


def test_every_message_has_its_steps() -> None:
    assert set(FLOW) == set(KINDS.values())
    assert all(FLOW.values())


NOBODY = 10**9
EXAMPLES: tuple[Message, ...] = (
    StoryPublished(StoryId(NOBODY)), StoryCorrected(StoryId(NOBODY)), StoryKilled(StoryId(NOBODY)),
    StoryUnpublished(StoryId(NOBODY), (f"/maritim/2026/03/10/{NOBODY}/x",)), StoriesImported((NOBODY,)),
    FrontChanged(None, "id"), FrontChanged(SectionId(NOBODY), "en"), SectionChanged(SectionId(NOBODY), "lama"),
    TopicChanged(TopicId(NOBODY), "lama"), PersonChanged(PersonId(NOBODY), "lama"),
    GalleryChanged(GalleryId(NOBODY)), PictureChanged(NOBODY), HousePageChanged("about", "id"),
    AdvertisingChanged(), PictureFilesGone(("/media/images/lama.jpg",)),
)  # fmt: skip


@pytest.mark.parametrize("message", EXAMPLES, ids=lambda each: type(each).__name__)
def test_news_of_what_is_gone_by_now_is_taken_twice_without_complaint(
    paper: PressedPaper, message: Message
) -> None:
    story()
    paper.tell(message, message)


def test_a_published_story_is_on_its_page_the_fronts_every_list_and_every_feed(
    paper: PressedPaper,
) -> None:
    economy = section("ekonomi")
    markets = section("pasar", part_of=economy)
    neighbour = story("Tetangga", section=markets, topics=["kopi"], hours_ago=5)
    paper.press_all()
    made = story(
        "Kopi naik",
        section=markets,
        topics=["kopi"],
        people=["Mei Lestarum"],
        other_sections=[section("kota")],
    )
    paper.tell(published(made))
    own = f"/pasar/2026/03/10/{made.pk}/kopi-naik"
    says = set(paper.pages_that_say("Kopi naik"))
    assert says >= {
        own, "/", "/ekonomi", "/pasar", "/kota", "/latest", "/topic/kopi", "/author/mei-lestarum",
        "/epaper/2026-03-10", "/feeds/latest.xml", "/feeds/section/pasar.xml", "/feeds/section/ekonomi.xml",
        "/feeds/topic/kopi.xml", f"/pasar/2026/03/10/{neighbour.pk}/tetangga",
    }  # fmt: skip
    assert own in paper.read("/sitemap-2026-03.xml")
    assert "/sitemap-2026-03.xml" in paper.read("/sitemap.xml")
    assert [each.headline for each in search_stories("kopi naik", ID, at_most=5).teasers] == [
        "Kopi naik"
    ]
    assert not {path for path in says if path.startswith("/en")}


def test_a_new_headline_is_on_every_page_that_had_the_old_one(paper: PressedPaper) -> None:
    made = story("Judul lama", topics=["kopi"], people=["Mei Lestarum"])
    story("Tetangga", topics=["kopi"])
    paper.press_all()
    Story.objects.filter(pk=made.pk).update(headline="Judul baru")
    paper.tell(published(made))
    assert paper.pages_that_say("Judul lama") == []
    assert len(paper.pages_that_say("Judul baru")) > 8


def test_a_story_that_changes_its_section_leaves_the_old_one(paper: PressedPaper) -> None:
    made = story("Pindah", section=section("kota"))
    paper.press_all()
    Story.objects.filter(pk=made.pk).update(section=section("budaya"))
    OldPath.objects.create(path=f"/kota/2026/03/10/{made.pk}/pindah", story=made)
    paper.tell(published(made))
    assert (
        "Pindah"
        not in paper.read("/kota")[paper.read("/kota").index("<main") :].split("</main>")[0]
    )
    assert "Pindah" in paper.read("/budaya")
    assert (
        paper.headers(f"/kota/2026/03/10/{made.pk}/pindah")["location"]
        == f"/budaya/2026/03/10/{made.pk}/pindah"
    )
    assert "Pindah" not in paper.read("/feeds/section/kota.xml")


def test_a_correction_stands_with_the_story_and_on_the_corrections_page(
    paper: PressedPaper,
) -> None:
    HousePage.objects.create(
        slug="corrections", language="id", headline="Ralat", body="<p>Kami keliru.</p>"
    )
    made = story()
    paper.press_all()
    Correction.objects.create(story=made, note="Yang benar 214.", posted_at=NOON)
    paper.tell(StoryCorrected(StoryId(made.pk)))
    says = paper.pages_that_say("Yang benar 214.")
    assert f"/maritim/2026/03/10/{made.pk}/{made.slug}" in says
    assert "/corrections" in says


def test_a_killed_story_says_why_at_its_address_and_is_nowhere_else(paper: PressedPaper) -> None:
    made = story("Kabar keliru", topics=["kopi"], people=["Mei Lestarum"])
    story("Tetangga", topics=["kopi"])
    paper.press_all()
    Story.objects.filter(pk=made.pk).update(live=False, killed_at=NOON, kill_reason="Sumber palsu.")
    paper.tell(StoryKilled(StoryId(made.pk)))
    own = f"/maritim/2026/03/10/{made.pk}/kabar-keliru"
    assert paper.status(own) == 410
    assert "Sumber palsu." in paper.read(own)
    assert paper.pages_that_say("Kabar keliru") == [own]
    assert search_stories("kabar", ID, at_most=5).teasers == ()
    assert own not in paper.read("/sitemap-2026-03.xml")


def kill(paper: PressedPaper, *killed: Story) -> None:
    for each in killed:
        Story.objects.filter(pk=each.pk).update(live=False, killed_at=NOON, kill_reason="Keliru.")
        paper.tell(StoryKilled(StoryId(each.pk)))


def leading_to(linked: Story) -> list[dict[str, Any]]:
    """A body with a link to a story in its text."""
    return paragraphs(f'Baca <a linktype="story" id="{linked.pk}">di sini</a>.', "Hari berganti.")


def related_to(linked: Story) -> list[dict[str, Any]]:
    """A body with a line that leads to a story."""
    return [*FOUR, {"type": "related_story", "value": {"story": linked.pk}}]


def test_killed_stories_stand_nowhere_but_at_their_own_addresses(paper: PressedPaper) -> None:
    HousePage.objects.create(
        slug="corrections", language="id", headline="Ralat", body="<p>Kami keliru.</p>"
    )
    away = story("Tak pernah ada", section=section("sains"))
    listed = story(
        "Listrik padam", topics=["kopi"], people=["Mei Lestarum"], other_sections=[section("kota")],
        corrections=[{"note": "Bukan Selasa.", "posted_at": NOON}],
    )  # fmt: skip
    beside = story("Pasar ramai", topics=["kopi"], section=section("kota"))
    english = story("Power is out", language="en", translation_of=listed)
    linking = story("Tari baru", section=section("budaya"), body=leading_to(listed))
    far = story("Puisi lama", section=section("sastra"), body=related_to(english), hours_ago=40)
    back = story("Old poem", language="en", translation_of=far, body=leading_to(linking))
    OldPath.objects.create(path=f"/kota/2026/03/10/{listed.pk}/padam", story=listed)
    paper.press_all()
    Story.objects.filter(pk=away.pk).update(live=False)
    paper.tell(StoryUnpublished(StoryId(away.pk)))
    for each in (listed, english, linking, back, beside, far):
        (own,) = (
            path for path in paper.store.paths_with(page_of_story(each.pk)) if paper.status(path) == 200
        )  # fmt: skip
        assert len(paper.pages_that_say(own)) > 6
        kill(paper, each)
        assert paper.status(own) == 410
        said = {*paper.pages_that_say(each.headline), *paper.pages_that_say(own)}
        assert said == {own}
    assert paper.status(f"/sains/2026/03/10/{away.pk}/tak-pernah-ada") == 404


def test_several_stories_taken_back_at_once_leave_the_feeds_that_lead_to_them(
    paper: PressedPaper,
) -> None:
    old = [story(f"Kabar {number}", hours_ago=90 + number) for number in range(2)]
    for each in old:
        story(f"Tari {each.pk}", section=section("budaya"), body=related_to(each))
    paper.press_all()
    assert "Kabar 1" in paper.read("/feeds/section/budaya.xml")
    Story.objects.filter(pk__in=[each.pk for each in old]).update(live=False)
    for _ in press_stories(paper.store, [each.pk for each in old], now=NOON):
        """What could wait, too."""
    assert "Kabar" not in paper.read("/feeds/section/budaya.xml")
    assert "Tari" in paper.read("/feeds/section/budaya.xml")


def test_a_story_that_comes_back_is_led_to_again_in_the_texts_that_did(paper: PressedPaper) -> None:
    linked = story("Listrik padam", live=False)
    linking = story("Tari baru", section=section("budaya"), body=leading_to(linked), hours_ago=90)
    for number in range(40):
        story(f"Berita {number}", section=section("kota"), hours_ago=2 + number)
    paper.press_all()
    own = f"/budaya/2026/03/06/{linking.pk}/tari-baru"
    assert f"/{linked.pk}/listrik-padam" not in paper.read(own)
    Story.objects.filter(pk=linked.pk).update(live=True)
    paper.tell(published(linked))
    assert f"/{linked.pk}/listrik-padam" in paper.read(own)


@pytest.mark.parametrize("is_deleted", [False, True])
def test_an_unpublished_story_is_not_found_and_comes_back_when_it_is_published(
    paper: PressedPaper, *, is_deleted: bool
) -> None:
    made = story("Sementara")
    number = made.pk
    own = f"/maritim/2026/03/10/{number}/sementara"
    paper.press_all()
    assert own in paper.read("/sitemap-2026-03.xml")
    if is_deleted:
        made.delete()
        paper.tell(StoryUnpublished(StoryId(number), (own,)))
    else:
        Story.objects.filter(pk=made.pk).update(live=False)
        paper.tell(StoryUnpublished(StoryId(made.pk)))
    assert paper.status(own) == 404
    assert paper.pages_that_say("Sementara") == []
    assert paper.pages_that_say(f"/{number}/sementara") == []
    if not is_deleted:
        Story.objects.filter(pk=made.pk).update(live=True)
        paper.tell(published(made))
        assert paper.status(own) == 200
        assert "Sementara" in paper.read("/")


def test_a_run_that_read_earlier_never_overwrites_one_that_read_later(paper: PressedPaper) -> None:
    made = story("Judul lama")
    early = Run(paper.store, now=NOON)
    early.add_stories([made.pk])
    early.add_paths(["/"])
    Story.objects.filter(pk=made.pk).update(headline="Judul baru")
    paper.tell(published(made))
    early.commit()
    assert paper.pages_that_say("Judul lama") == []


def test_an_older_story_appears_on_the_further_pages_of_its_lists(paper: PressedPaper) -> None:
    others = [story(f"Berita {number}", hours_ago=number) for number in range(35)]
    paper.press_all()
    further = f"/latest/before/{others[29].pk}"
    paper.press(further)
    late = story("Terselip", hours_ago=31.5)
    paper.tell(published(late))
    assert "Terselip" in paper.read(further)


def rename(paper: PressedPaper, row: Section | Topic | Person, slug: str) -> None:
    """As the desk does it, and the worker after it."""
    row.slug = slug
    ChangeNamed(row).execute(skip_permission_checks=True)
    tell_what_waits(paper)


def delete(paper: PressedPaper, row: Section | Topic | Person) -> None:
    row.delete()
    tell_what_waits(paper)


def tell_what_waits(paper: PressedPaper) -> None:
    rows = list(OutboxMessage.objects.order_by("id"))
    OutboxMessage.objects.all().delete()
    paper.tell(*(unpacked(each.kind, each.payload) for each in rows))


def test_a_section_renamed_takes_its_stories_along(paper: PressedPaper) -> None:
    kota = section("kota")
    made = story("Trem kota", section=kota, people=["Mei Lestarum"], topics=["trem"])
    story("Tari baru", section=section("budaya"), body=leading_to(made))
    killed = story("Kabar keliru", section=section("sains"))
    paper.press_all()
    kill(paper, killed)
    paper.press("/tak-ada")
    assert {"/tak-ada", "/author/mei-lestarum"} < set(paper.pages_that_say("Kota"))
    kota.name = kota.name_second = "Metropolitan"
    rename(paper, kota, "metro")
    moved = f"/metro/2026/03/10/{made.pk}/trem-kota"
    assert paper.headers(f"/kota/2026/03/10/{made.pk}/trem-kota")["location"] == moved
    assert "Metropolitan" in paper.read(moved)
    assert "Metropolitan" in paper.read("/latest")
    assert paper.headers("/kota")["location"] == "/metro"
    assert paper.headers("/en/kota")["location"] == "/en/metro"
    assert "Trem kota" in paper.read("/metro")
    assert paper.pages_that_say("Kota") == []
    assert paper.pages_that_say("/kota") == []


def test_a_section_of_another_name_has_it_where_nothing_stands(paper: PressedPaper) -> None:
    story("Trem kota", section=section("kota"))
    paper.press_all()
    paper.press("/tak-ada")
    kota = section("kota")
    kota.name = "Metropolitan"
    kota.save()
    paper.tell(SectionChanged(SectionId(kota.pk)))
    assert paper.status("/tak-ada") == 404
    assert "Metropolitan" in paper.read("/tak-ada").split("<main")[1]
    assert "Kota" not in paper.read("/tak-ada")


def test_a_topic_and_a_person_renamed_are_so_on_every_story(paper: PressedPaper) -> None:
    made = story("Kapal", topics=["kopi"], people=["Mei Lestarum"])
    own = f"/maritim/2026/03/10/{made.pk}/kapal"
    paper.press_all()
    kopi, mei = topic("kopi"), person("Mei Lestarum")
    kopi.name, mei.name = "Kopi gunung", "Mei L. Arum"
    rename(paper, kopi, "kopi-gunung")
    rename(paper, mei, "mei-lestarum")
    assert "Kopi gunung" in paper.read(own)
    assert "Mei L. Arum" in paper.read(own)
    assert paper.headers("/topic/kopi")["location"] == "/topic/kopi-gunung"
    assert "Mei L. Arum" in paper.read("/author/mei-lestarum")
    delete(paper, kopi)
    assert paper.status("/topic/kopi-gunung") == 404
    assert paper.status("/topic/kopi") == 404
    assert "Kopi gunung" not in paper.read(own)


def leads_to(paper: PressedPaper, path: str) -> str:
    """Where a path leads at once, for good; asked of the desk where the store doesn't hold it."""
    if paper.store.plan(path) is None:
        found = press_path(paper.store, path, now=NOON)
        assert isinstance(found, Moved), f"{path}: {found}"
        assert found.is_for_good
        return found.location
    assert paper.status(path) == 301
    return paper.headers(path)["location"]


@pytest.mark.parametrize("is_store_lost", [False, True])
def test_every_slug_that_was_ever_theirs_leads_there_in_one_hop_after_everything_is_pressed_anew(
    paper: PressedPaper, *, is_store_lost: bool
) -> None:
    kota, kopi, mei = section("kota"), topic("kopi"), person("Mei Lestarum")
    made = story("Trem kota", section=kota, topics=["kopi"], people=["Mei Lestarum"])
    own = f"2026/03/10/{made.pk}/trem-kota"
    if not is_store_lost:
        paper.press_all()
        paper.press(f"/kota/before/{made.pk}", f"/topic/kopi/before/{made.pk}")
    for row, second, third in (
        (kota, "metro", "ibu-kota"), (kopi, "kopi-gunung", "kahwa"), (mei, "mei-l", "mei-arum"),
    ):  # fmt: skip
        rename(paper, row, second)
        rename(paper, row, third)
    old_to_new = {
        f"{ahead}{before}{slug}{after}": f"{ahead}{before}{new}{after}"
        for ahead in ("", "/en")
        for before, slugs, new, afters in (
            ("/", ("kota", "metro"), "ibu-kota", ("", f"/before/{made.pk}")),
            ("/topic/", ("kopi", "kopi-gunung"), "kahwa", ("", f"/before/{made.pk}")),
            ("/author/", ("mei-lestarum", "mei-l"), "mei-arum", ("", f"/before/{made.pk}")),
            ("/feeds/section/", ("kota", "metro"), "ibu-kota", (".xml",)),
            ("/feeds/topic/", ("kopi", "kopi-gunung"), "kahwa", (".xml",)),
        )
        for slug in slugs
        for after in afters
    }
    old_to_new |= {f"/{slug}/{own}": f"/ibu-kota/{own}" for slug in ("kota", "metro")}
    for _ in range(2):
        assert {old: leads_to(paper, old) for old in old_to_new} == old_to_new
        paper.press_all()
    first_pages = [old for old in old_to_new if "/before/" not in old and "/2026/" not in old]
    assert all(paper.status(old) == 301 for old in first_pages)


def test_a_slug_taken_again_is_the_new_ones_and_goes_with_it(paper: PressedPaper) -> None:
    kota = section("kota")
    story("Trem kota", section=kota)
    paper.press_all()
    rename(paper, kota, "metro")
    taker = section("kota", name="Kota kecil")
    paper.tell(SectionChanged(SectionId(taker.pk)))
    for _ in range(2):
        assert "Kota kecil" in paper.read("/kota").split("<main")[1]
        paper.press_all()
    rename(paper, taker, "kota-kecil")
    for _ in range(2):
        assert paper.headers("/kota")["location"] == "/kota-kecil"
        paper.press_all()
    rename(paper, kota, "kota")
    assert paper.status("/kota") == 200
    assert paper.headers("/metro")["location"] == "/kota"
    rename(paper, kota, "metro")
    assert paper.status("/metro") == 200
    assert paper.headers("/kota")["location"] == "/metro"


def test_a_section_that_goes_takes_its_old_addresses_with_it(paper: PressedPaper) -> None:
    kota = section("kota")
    paper.press_all()
    rename(paper, kota, "metro")
    delete(paper, kota)
    for _ in range(2):
        assert {paper.status(each) for each in ("/kota", "/metro", "/en/kota", "/en/metro")} == {
            404
        }
        paper.press_all()


def test_a_story_deleted_after_its_section_was_renamed_is_nowhere(paper: PressedPaper) -> None:
    kota = section("kota")
    made = story("Trem kota", section=kota)
    paper.press_all()
    rename(paper, kota, "metro")
    own = f"2026/03/10/{made.pk}/trem-kota"
    made.delete()
    tell_what_waits(paper)
    assert {paper.status(f"/{slug}/{own}") for slug in ("kota", "metro")} == {404}


def test_a_removed_topic_leaves_its_followers_no_story(paper: PressedPaper) -> None:
    story("Kopi naik", topics=["kopi"])
    kopi = topic("kopi")
    paper.press_all()
    number = TopicId(kopi.pk)
    picks = picks_of_topic(ID, number)
    pressed = paper.store.fragment(picks)
    assert pressed is not None
    assert pressed.raw_length > 0
    kopi.delete()
    paper.tell(TopicChanged(number, "kopi"))
    left = paper.store.fragment(picks)
    assert left is not None
    assert left.raw_length == 0


def test_a_front_arranged_anew_shows_it(paper: PressedPaper) -> None:
    chosen = story("Pilihan", hours_ago=99)
    for number in range(80):
        story(f"Berita {number}", hours_ago=number)
    paper.press_all()
    front = Front.objects.create(language="id")
    Placement.objects.create(front=front, story=chosen, pinned=True)
    paper.tell(FrontChanged(None, "id"))
    assert 'class="lead-place"' in paper.read("/")
    assert "Pilihan" in paper.read("/")


def test_galleries_pictures_and_house_pages_change_where_they_are_shown(
    paper: PressedPaper,
) -> None:
    shot = picture("perahu", caption="Keterangan lama.")
    HousePage.objects.create(
        slug="about", language="id", headline="Tentang lama", body="<p>Kami.</p>"
    )
    shots = gallery("Pagi lama", of=[shot])
    made = story(lead_picture=shot)
    paper.press_all()
    shots.headline = "Pagi baru"
    shots.save()
    shot.caption = "Keterangan baru."
    shot.save()
    HousePage.objects.update(headline="Tentang baru")
    paper.tell(
        GalleryChanged(GalleryId(shots.pk)),
        PictureChanged(shot.pk),
        HousePageChanged("about", "id"),
    )
    for old in ("Pagi lama", "Keterangan lama.", "Tentang lama"):
        assert paper.pages_that_say(old) == [], old
    assert "Keterangan baru." in paper.read(f"/maritim/2026/03/10/{made.pk}/{made.slug}")
    shots.live = False
    shots.save()
    paper.tell(GalleryChanged(GalleryId(shots.pk)))
    assert paper.status(f"/photo/{shots.pk}/{shots.slug}") == 404
    assert paper.pages_that_say("Pagi baru") == []


def test_an_advertisement_stands_in_its_placement_and_leaves_it(paper: PressedPaper) -> None:
    made = story()
    own = f"/maritim/2026/03/10/{made.pk}/{made.slug}"
    paper.press_all()
    pages = {"story": own, "aside": own, "front": "/", "list": "/latest"}
    assert all("Kopi Sewulan" not in paper.read(path) for path in pages.values())
    for placement, path in pages.items():
        sold = Advertisement.objects.create(
            placement=placement, advertiser="Sewulan", headline="Kopi Sewulan", url="https://sewulan.example",
            picture=picture(f"iklan-{placement}"), starts_at=NOON - timedelta(days=1),
        )  # fmt: skip
        paper.tell(AdvertisingChanged())
        assert paper.read(path).count("Kopi Sewulan") == 1
        sold.delete()
        paper.tell(AdvertisingChanged())
        assert "Kopi Sewulan" not in paper.read(path)


def test_many_stories_that_arrive_at_once_are_on_their_lists(paper: PressedPaper) -> None:
    paper.press_all()
    made = [story(f"Kiriman {number}", topics=["kopi"], hours_ago=number) for number in range(5)]
    paper.tell(StoriesImported(tuple(each.pk for each in made)))
    assert len(paper.pages_that_say("Kiriman 4")) > 6
    assert len(search_stories("kiriman", ID, at_most=9).teasers) == 5


def test_the_clock_brings_the_date_and_takes_old_news_away(paper: PressedPaper) -> None:
    story("Kapal tiba")
    paper.press_all()
    assert "Selasa, 10 Maret 2026" in paper.read("/latest")
    by_the_clock = DUTIES[-1]
    by_the_clock(NOON + timedelta(days=3))
    assert "Jumat, 13 Maret 2026" in paper.read("/latest")
    assert "Kapal tiba" not in paper.read("/sitemap-news.xml")


def test_a_placed_story_leaves_the_front_when_its_time_is_over(paper: PressedPaper) -> None:
    chosen = story("Pilihan lama", hours_ago=400)
    for number in range(80):
        story(f"Berita {number}", hours_ago=number)
    front = Front.objects.create(language="id")
    Placement.objects.create(front=front, story=chosen, placed_at=NOON)
    paper.press_all()
    assert "Pilihan lama" in paper.read("/")
    DUTIES[-1](NOON + timedelta(hours=settings.PAPER.front_placement_hours + 1))
    assert "Pilihan lama" not in paper.read("/")


def test_pressing_everything_mends_whatever_stands_in_the_store(paper: PressedPaper) -> None:
    made = story("Judul lama")
    old = story("Dicabut", hours_ago=3)
    paper.press_all()
    Story.objects.filter(pk=made.pk).update(headline="Judul baru", slug="judul-baru")
    Story.objects.filter(pk=old.pk).update(live=False)
    paper.press_all()
    assert paper.headers(f"/maritim/2026/03/10/{made.pk}/judul-lama")["location"].endswith(
        "/judul-baru"
    )
    assert paper.status(f"/maritim/2026/03/10/{old.pk}/dicabut") == 404
    assert paper.pages_that_say("Judul lama") == []


def test_a_paper_of_one_language_has_no_other_edition(paper: PressedPaper, settings: Any) -> None:
    settings.PAPER = replace(settings.PAPER, languages=(ID,))
    story("Kapal tiba")
    paper.press_all()
    assert not [path for path in paper.store.paths("/") if path.startswith("/en")]
    assert "hreflang" not in paper.read("/")
