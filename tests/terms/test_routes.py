"""Every public path is read as one kind of page, and only its id counts."""

from datetime import date

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from tajuk.terms.ids import GalleryId, StoryId
from tajuk.terms.language import Language
from tajuk.terms.routes import (
    EditionCodeRoute,
    EditionRoute,
    Elsewhere,
    FeedRoute,
    FrontRoute,
    GalleryRoute,
    HousePageRoute,
    IconRoute,
    ListKind,
    ListRoute,
    ManifestRoute,
    PhotosRoute,
    RobotsRoute,
    Route,
    SitemapRoute,
    StoryRoute,
    month_of,
    route_of,
)

ID, EN = Language.INDONESIAN, Language.ENGLISH


@pytest.mark.parametrize(
    ("path", "route"),
    [
        ("/", FrontRoute(ID)),
        ("/en/", FrontRoute(EN)),
        ("/en", FrontRoute(EN)),
        ("/maritim", FrontRoute(ID, "maritim")),
        ("/maritim/", FrontRoute(ID, "maritim")),
        ("/en/maritim", FrontRoute(EN, "maritim")),
        ("/english", FrontRoute(ID, "english")),
        ("/maritim/2026/03/10/7/kapal-tiba", StoryRoute(ID, StoryId(7))),
        ("/en/kota/2026/03/10/7", StoryRoute(EN, StoryId(7))),
        ("/latest", ListRoute(ID, ListKind.LATEST)),
        ("/latest/before/9", ListRoute(ID, ListKind.LATEST, before=StoryId(9))),
        ("/maritim/before/9", ListRoute(ID, ListKind.SECTION, "maritim", StoryId(9))),
        ("/en/topic/kopi/before/9", ListRoute(EN, ListKind.TOPIC, "kopi", StoryId(9))),
        ("/author/mei-lestarum", ListRoute(ID, ListKind.AUTHOR, "mei-lestarum")),
        ("/photo", PhotosRoute(ID)),
        ("/photo/before/3", PhotosRoute(ID, GalleryId(3))),
        ("/photo/3/pagi", GalleryRoute(ID, GalleryId(3))),
        ("/epaper", EditionRoute(ID, None)),
        ("/epaper/2026-03-10", EditionRoute(ID, date(2026, 3, 10))),
        ("/epaper/2026-13-10", Elsewhere(ID)),
        ("/epaper/2026-03-10/qr.svg", EditionCodeRoute(ID, date(2026, 3, 10))),
        ("/en/epaper/2026-03-10/qr.svg", EditionCodeRoute(EN, date(2026, 3, 10))),
        ("/epaper/2026-13-10/qr.svg", Elsewhere(ID)),
        ("/epaper/qr.svg", Elsewhere(ID)),
        ("/guidelines", HousePageRoute(ID, "guidelines")),
        ("/feeds/latest.xml", FeedRoute(ID, ListKind.LATEST)),
        ("/en/feeds/topic/kopi.xml", FeedRoute(EN, ListKind.TOPIC, "kopi")),
        ("/sitemap.xml", SitemapRoute("index")),
        ("/sitemap-news-2.xml", SitemapRoute("news")),
        ("/sitemap-2026-03.xml", SitemapRoute("month", date(2026, 3, 1))),
        ("/sitemap-2026-03-2.xml", SitemapRoute("month", date(2026, 3, 1))),
        ("/sitemap-2026-13.xml", Elsewhere(ID)),
        ("/robots.txt", RobotsRoute()),
        ("/favicon.ico", IconRoute()),
        ("/en/manifest.webmanifest", ManifestRoute(EN)),
        ("/search", Elsewhere(ID)),
        ("/read/2019/kapal.html", Elsewhere(ID)),
        ("/topic", Elsewhere(ID)),
    ],
)
def test_a_path_asks_for_one_kind_of_page(path: str, route: Route) -> None:
    assert route_of(path, settings.PAPER) == route


@given(st.text(st.characters(codec="utf-8"), max_size=60).map(lambda text: f"/{text}"))
def test_no_path_at_all_breaks_the_reading(path: str) -> None:
    assert route_of(path, settings.PAPER) is not None


@pytest.mark.parametrize(
    ("path", "month"),
    [
        ("/maritim/2026/03/10/12/kapal", date(2026, 3, 1)),
        ("/en/maritime/2025/12/31/12/ship", date(2025, 12, 1)),
        ("/maritim/2026/13/10/12/kapal", None),
        ("/lama/2019/berita-12.html", None),
        ("/maritim", None),
    ],
)
def test_a_story_s_address_says_its_month(path: str, month: date | None) -> None:
    assert month_of(path, settings.PAPER) == month
