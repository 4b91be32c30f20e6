"""Every kind of page, as a reader meets it."""

import json
import re
from datetime import timedelta
from typing import Any

import html5lib
import pytest
from tests.pressed_paper import PressedPaper
from tests.standing_matter import FOUR, NOON, gallery, paragraphs, person, picture, section, story

from tajuk.contracts.messages import SectionChanged, StoryKilled
from tajuk.contracts.pages import WHOLE
from tajuk.newsroom.models import Front, HousePage, OldPath, Placement, Story
from tajuk.press import keys
from tajuk.terms.ids import StoryId
from tajuk.terms.language import Language

pytestmark = pytest.mark.django_db


def tree(page: str) -> Any:
    """The page as a browser parses it; fails on anything a browser would have to mend."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)


def data_of(page: str) -> list[dict[str, Any]]:
    """The page's structured data."""
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return [json.loads(block) for block in blocks]


def test_a_story_page_has_every_block_in_its_order(paper: PressedPaper) -> None:
    before = story("Sebelumnya", hours_ago=9, topics=["kopi"], lead_picture=picture("lain"))
    story("Rubrik lain", hours_ago=8, section=section("kota"))
    for number in range(10):
        story(f"Terbaru {number}", hours_ago=0.1, section=section("budaya"))
    gallery(of=[picture("satu")])
    made = story(
        "Kapal tiba", kicker="Pelabuhan", standfirst="Tiga tahun menunggu.", people=["Ratri Wulandaru"],
        lead_picture=picture(), dateline="Tanjung Layar", topics=["kopi"], updated_at=NOON,
        sources=[{"agency": "Kantor Berita Pesisir", "medium": "siaran pers"}],
        corrections=[{"note": "Yang benar 214.", "posted_at": NOON}],
    )  # fmt: skip
    paper.press_all()
    path = f"/maritim/2026/03/10/{made.pk}/kapal-tiba"
    page = paper.read(path)
    tree(page)
    in_order = [
        "Pelabuhan", "Kapal tiba</h1>", "Tiga tahun menunggu.</p>", "Ratri Wulandaru</a>", "Keterangan dermaga",
        "Warta Selat", "TANJUNG LAYAR", "Kapal tiba.", "Kantor Berita Pesisir", "Yang benar 214.", "wa.me",
        before.headline, "Rubrik lain", "Terbaru 9", "#kopi" if "#kopi" in page else "kopi", "Pagi di dermaga", "qr.svg",
    ]  # fmt: skip
    places = [page.index("<main")]
    for text in in_order:
        places.append(page.index(text, places[-1]))
    kinds = [each["@type"] for each in data_of(page)]
    assert kinds == ["NewsArticle", "BreadcrumbList"]
    assert '<link rel="canonical" href="http://testserver' + path in page
    assert 'property="og:image"' in page
    assert paper.headers(path)["content-type"] == "text/html; charset=utf-8"


def test_two_editions_name_each_other(paper: PressedPaper) -> None:
    made = story("Kapal tiba")
    other = story("Ship arrives", language="en", translation_of=made)
    paper.press_all()
    pages = [
        paper.read(f"/maritim/2026/03/10/{made.pk}/kapal-tiba"),
        paper.read(f"/en/maritim/2026/03/10/{other.pk}/ship-arrives"),
    ]
    found = [
        dict(re.findall(r'<link rel="alternate" hreflang="(.*?)" href="(.*?)">', page))
        for page in pages
    ]
    assert found[0] == found[1]
    assert list(found[0]) == ["id", "en", "x-default"]
    assert found[0]["x-default"] == found[0]["id"]
    assert f'href="/en/maritim/2026/03/10/{other.pk}/ship-arrives"' in pages[0]


def test_no_page_speaks_the_other_editions_language(paper: PressedPaper) -> None:
    gallery(of=[picture("satu")])
    for number in range(30):
        story(f"Satu {number}", people=["Ratri"], topics=["kopi"])
        story(f"One {number}", language="en", people=["Ratri"], topics=["kopi"])
    paper.press_all()
    paths = [*paper.store.paths("/"), *map(keys.not_here, Language)]
    pages = {path: paper.read(path) for path in paths}
    html = {path: page for path, page in pages.items() if page.startswith("<!doctype html>")}
    words = {
        "en": ("Terbaru", "Berita terbaru", "Topik hangat", "Rubrik<", "Cari<", "Semua foto", "Tidak ditemukan"),
        "id": ("Latest", "newest stories", "Hot topics", "Sections<", "Search<", "All photos", "Not found"),
    }  # fmt: skip
    spoken = {re.search(r'<html lang="(..)"', page).group(1) for page in html.values()}  # type: ignore[union-attr]
    assert spoken == {"id", "en"}
    assert len(html) > 70
    for path, page in html.items():
        language = "en" if '<html lang="en"' in page else "id"
        assert [word for word in words[language] if word in page] == [], path
    assert "Berita terbaru dari rubrik ini." in html["/maritim"]


@pytest.mark.parametrize("access", ["registered", "metered", "premium"])
def test_a_gated_story_is_its_preview_and_an_offer(paper: PressedPaper, access: str) -> None:
    made = story(
        "Laporan", access=access, body=paragraphs("Satu.", "Dua.", "Rahasia tiga.", "Empat.")
    )
    paper.press_all()
    path = f"/maritim/2026/03/10/{made.pk}/laporan"
    page = paper.read(path)
    tree(page)
    assert "Dua." in page
    assert paper.pages_that_say("Rahasia tiga.") == []
    assert data_of(page)[0]["isAccessibleForFree"] is False
    assert 'class="gate"' in page
    for closed in (keys.closed(path), keys.closed_to_signed_in(path)):
        assert paper.store.fragment(closed).lean is not None
    # Whether the notice of the meter stands over an open story differs from reader to reader.
    assert (paper.store.fragment(keys.body(path)).lean is None) is (access == "metered")


def test_only_a_page_with_an_embed_may_hold_a_frame(paper: PressedPaper) -> None:
    video = {"type": "embed", "value": {"url": "https://youtu.be/dQw4w9WgXcQ", "title": "Kapal"}}
    link = {"type": "embed", "value": {"url": "https://video.example/1", "title": "Kapal"}}
    with_video, with_link = story("Video", body=[*FOUR, video]), story("Tautan", body=[*FOUR, link])
    paper.press_all()
    policy = paper.headers(f"/maritim/2026/03/10/{with_video.pk}/video")["content-security-policy"]
    assert "frame-src https://www.youtube-nocookie.com" in policy
    assert "script-src 'self'" in policy
    assert "content-security-policy" not in paper.headers(
        f"/maritim/2026/03/10/{with_link.pk}/tautan"
    )


def test_the_front_shows_what_is_placed_then_the_newest_and_repeats_nothing(
    paper: PressedPaper,
) -> None:
    chosen = story("Pilihan redaksi", hours_ago=90)
    for number in range(40):
        story(
            f"Berita nomor {number:02}", hours_ago=number, section=section(f"rubrik-{number % 4}")
        )
    front = Front.objects.create(language="id")
    Placement.objects.create(front=front, story=chosen, pinned=True)
    paper.press_all()
    page = paper.read("/")
    tree(page)
    assert page.index("Pilihan redaksi") < page.index("Berita nomor 00")
    main = page[page.index("<main") :]
    headlines = re.findall(r"Berita nomor \d\d|Pilihan redaksi", main)
    assert len(headlines) == len(set(headlines))
    assert len(headlines) > 30


def test_an_empty_paper_has_its_fronts_and_lists(paper: PressedPaper) -> None:
    section("kota")
    paper.press_all()
    for path in ("/", "/en/", "/kota", "/latest", "/photo", "/en/photo"):
        tree(paper.read(path))
        assert paper.status(path) == 200
    for path in ("/", "/kota", "/latest"):
        assert "Belum ada yang terbit di sini." in paper.read(path), path


def test_a_list_goes_on_by_cursor_and_each_page_knows_its_neighbours(paper: PressedPaper) -> None:
    stories = [
        story(f"Berita nomor {number:02}", hours_ago=number, topics=["kopi"])
        for number in range(40)
    ]
    paper.press_all()
    first = paper.read("/topic/kopi")
    further = f"/topic/kopi/before/{stories[29].pk}"
    assert f'<link rel="next" href="http://testserver{further}">' in first
    paper.press(further)
    second = paper.read(further)
    tree(second)
    assert 'rel="prev" href="http://testserver/topic/kopi"' in second
    main = second[second.index("<main") : second.index("</main>")]
    assert re.findall(r"Berita nomor \d\d(?=</a>)", main)[:2] == [
        "Berita nomor 30",
        "Berita nomor 31",
    ]


def test_sections_authors_editions_galleries_and_house_pages(paper: PressedPaper) -> None:
    economy = section("ekonomi", description="Harga dan upah.")
    story(
        "Di pasar", section=section("pasar", part_of=economy), people=["Mei Lestarum"], hours_ago=1
    )
    person("Mei Lestarum").bio = "Menulis tentang teknologi."
    shots = gallery("Pagi", of=[picture("satu", caption="Perahu pertama."), picture("dua")])
    HousePage.objects.create(
        slug="about", language="id", headline="Tentang kami", body='<p data-block-key="a">Kami.</p>'
    )
    paper.press_all()
    for path, text in {
        "/ekonomi": "Di pasar", "/pasar": "Di pasar", "/author/mei-lestarum": "Di pasar",
        "/epaper/2026-03-10": "Di pasar", "/photo": "Pagi", f"/photo/{shots.pk}/pagi": "Perahu pertama.",
        "/about": "<p>Kami.</p>",
    }.items():  # fmt: skip
        page = paper.read(path)
        tree(page)
        assert text in page, path
    assert "Harga dan upah." in paper.read("/ekonomi")
    assert "Tentang kami" in paper.read("/latest")


def test_the_code_of_an_edition_is_a_picture_that_pages_ask_for_last(paper: PressedPaper) -> None:
    made = story("Kapal tiba")
    code = "/epaper/2026-03-10/qr.svg"
    paper.press_all()
    paper.press(code)
    picture = next(
        each for each in tree(paper.read("/latest")).iter("img") if each.get("src") == code
    )
    assert picture.get("loading") == "lazy"
    assert picture.get("width") == picture.get("height")
    assert paper.headers(code)["content-type"] == "image/svg+xml"
    assert paper.read(code).startswith("<svg xmlns=")
    paper.press("/epaper/2026-03-09/qr.svg")
    assert paper.status("/epaper/2026-03-09/qr.svg") == 404

    Story.objects.filter(pk=made.pk).update(live=False, killed_at=NOON, kill_reason="Salah.")
    paper.tell(StoryKilled(StoryId(made.pk)))
    assert paper.status(code) == 404


def test_a_house_page_of_one_language_names_no_other(paper: PressedPaper) -> None:
    for slug, language in (("about", "id"), ("terms", "id"), ("terms", "en")):
        HousePage.objects.create(slug=slug, language=language, headline=slug, body="<p>Kami.</p>")
    paper.press_all()
    assert "hreflang" not in paper.read("/about").split("<body")[0]
    assert 'href="http://testserver/en/terms"' in paper.read("/terms")


def test_the_corrections_page_lists_what_was_corrected(paper: PressedPaper) -> None:
    HousePage.objects.create(
        slug="corrections", language="id", headline="Ralat", body="<p>Kami keliru.</p>"
    )
    story("Kapal tiba", corrections=[{"note": "Yang benar 214.", "posted_at": NOON}])
    paper.press_all()
    assert "Yang benar 214." in paper.read("/corrections")


def test_pages_stand_at_one_address_and_old_ones_lead_there(paper: PressedPaper) -> None:
    made = story("Kapal tiba")
    OldPath.objects.create(path="/read/kapal", story=made)
    paper.press("/read/kapal", f"/kota/2020/01/01/{made.pk}/salah", "/epaper/2026-03-10/")
    here = f"/maritim/2026/03/10/{made.pk}/kapal-tiba"
    assert (paper.status("/read/kapal"), paper.headers("/read/kapal")["location"]) == (301, here)
    assert paper.headers(f"/kota/2020/01/01/{made.pk}/salah")["location"] == here


def test_every_page_names_one_canonical_address_and_a_feed(paper: PressedPaper) -> None:
    story("Kapal tiba", topics=["kopi"], hours_ago=1)
    paper.press_all(NOON + timedelta(hours=1))
    for path in paper.store.paths("/"):
        headers = paper.headers(path)
        if headers["content-type"].startswith("text/html") and paper.status(path) == 200:
            page = paper.read(path)
            assert page.count('rel="canonical"') == 1, path
            assert "/feeds/latest.xml" in page, path
            assert page.count("<h1") == 1, path


def test_a_navigation_too_long_for_its_room_leaves_pages_as_whole_as_ever(
    paper: PressedPaper,
) -> None:
    told = story("Kapal tiba")
    path = f"/maritim/2026/03/10/{told.pk}/{told.slug}"
    paper.press_all()
    assert paper.store.fragment(keys.own(path, 2)).lean is not None

    made = [section(f"rubrik-{number}") for number in range(60)]
    assert paper.store.mark(WHOLE)
    paper.tell(SectionChanged(made[-1].pk))
    assert not paper.store.mark(WHOLE), "every page has to be pressed anew"
    paper.press_all()

    assert paper.store.fragment(keys.own(path, 2)).lean is None
    for each in (path, "/", "/latest"):
        assert "rubrik-59" in paper.read(each)
