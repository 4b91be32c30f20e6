"""Sitemaps name every address once, and the news sitemap only the news."""

from datetime import date, timedelta
from typing import Any

import pytest
from lxml import etree

from tajuk.channels import queries, sitemaps
from tajuk.channels.sitemaps import Entry, NewsEntry
from tajuk.terms.language import Language
from tests.standing_matter import NOON, gallery, person, picture, section, story, topic

NAMES = {"s": sitemaps.SITEMAP, "n": sitemaps.NEWS}
pytestmark = pytest.mark.django_db


def parsed(document: queries.Document) -> Any:
    assert document.mime == "application/xml; charset=utf-8"
    return etree.fromstring(document.content)


def said(document: queries.Document, path: str) -> list[str]:
    return [each.text for each in parsed(document).xpath(path, namespaces=NAMES)]


def test_the_news_sitemap_holds_two_days_of_both_editions_with_the_four_required_facts() -> None:
    made = story("Kapal tiba")
    story("Ship arrives", language="en", hours_ago=47)
    story("Kemarin dulu", hours_ago=49)
    (document,) = queries.news_sitemaps(now=NOON)
    assert document.path == "/sitemap-news.xml"
    assert said(document, "//n:publication/n:name") == ["Harian Uji", "Harian Uji"]
    assert said(document, "//n:publication/n:language") == ["id", "en"]
    assert said(document, "//n:title") == ["Kapal tiba", "Ship arrives"]
    assert said(document, "//n:publication_date")[0] == "2026-03-10T11:00:00+07:00"
    assert (
        said(document, "//s:loc")[0] == f"http://testserver/maritim/2026/03/10/{made.pk}/kapal-tiba"
    )
    assert parsed(document).nsmap[None] == sitemaps.SITEMAP


def test_a_quiet_paper_has_an_empty_news_sitemap() -> None:
    (document,) = queries.news_sitemaps(now=NOON)
    assert len(parsed(document)) == 0


def test_more_than_a_thousand_news_stories_are_split() -> None:
    entries = [
        NewsEntry(f"http://testserver/{n}", Language.ENGLISH, NOON, str(n)) for n in range(1001)
    ]
    first, second = sitemaps.news(entries, paper="Harian Uji")
    assert (first.path, second.path) == ("/sitemap-news.xml", "/sitemap-news-2.xml")
    assert (len(parsed(first)), len(parsed(second))) == (1000, 1)


def test_more_than_fifty_thousand_addresses_are_split() -> None:
    entries = (Entry(f"http://testserver/{n}") for n in range(50_001))
    first, second = sitemaps.addresses("2026-03", entries)
    assert second.path == "/sitemap-2026-03-2.xml"
    assert (len(parsed(first)), len(parsed(second))) == (50_000, 1)


def test_every_month_has_a_sitemap_and_the_index_names_them_all() -> None:
    story("Siang", updated_at=NOON)
    story("Dulu", published_at=NOON - timedelta(days=40))
    story("In English", language="en")
    (document,) = queries.month_sitemaps(date(2026, 3, 1))
    assert document.path == "/sitemap-2026-03.xml"
    assert len(said(document, "//s:loc")) == 2
    assert said(document, "//s:lastmod") == [
        "2026-03-10T12:00:00+07:00",
        "2026-03-10T11:00:00+07:00",
    ]
    index = queries.sitemap_index(now=NOON)
    assert said(index, "//s:sitemap/s:loc") == [
        f"http://testserver/{name}.xml"
        for name in ("sitemap-news", "sitemap-pages", "sitemap-2026-03", "sitemap-2026-01")
    ]


def test_the_month_of_december_ends_with_the_year() -> None:
    story("Tahun baru", published_at=NOON.replace(year=2025, month=12, day=31))
    assert len(said(queries.month_sitemaps(date(2025, 12, 1))[0], "//s:loc")) == 1


def test_fronts_topics_people_and_galleries_are_in_the_sitemap_of_pages() -> None:
    section(), topic("kopi"), person("Mei Lestarum")
    made = gallery(of=[picture()])
    (document,) = queries.pages_sitemaps()
    found = said(document, "//s:loc")
    for path in (
        "/",
        "/en/",
        "/maritim",
        "/en/maritim",
        "/topic/kopi",
        "/author/mei-lestarum",
        "/latest",
    ):
        assert f"http://testserver{path}" in found
    assert f"http://testserver/photo/{made.pk}/pagi-di-dermaga" in found
    assert len(found) == len(set(found))


def test_robots_may_fetch_the_paper_but_not_the_desk() -> None:
    text = queries.robots().content.decode()
    assert "Disallow: /desk/" in text
    assert "Disallow: /en/search" in text
    assert "Sitemap: http://testserver/sitemap.xml" in text
