"""Feeds carry the full text, and of gated stories what anybody may read."""

from collections.abc import Sequence
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
from lxml import etree

from tajuk.channels.queries import Feed, feed_href, feeds
from tajuk.newsroom import queries as newsroom
from tajuk.newsroom.models import Story
from tajuk.terms.language import Language
from tests.standing_matter import NOON, paragraphs, picture, queries_of, section, story, topic

ID, EN = Language.INDONESIAN, Language.ENGLISH
NAMES = {
    "atom": "http://www.w3.org/2005/Atom", "content": "http://purl.org/rss/1.0/modules/content/",
    "media": "http://search.yahoo.com/mrss/", "dc": "http://purl.org/dc/elements/1.1/",
}  # fmt: skip
pytestmark = pytest.mark.django_db


def read(feed: Feed | None = None) -> Any:
    """The feed, parsed strictly."""
    (document,) = feeds([feed or Feed(ID)], now=NOON)
    assert document.mime == "application/rss+xml; charset=utf-8"
    return etree.fromstring(document.content, etree.XMLParser(resolve_entities=False))


def said(feed: Any, path: str) -> list[str]:
    found: Sequence[Any] = feed.xpath(path, namespaces=NAMES)
    return [getattr(each, "text", each) for each in found]


def test_a_feed_carries_the_whole_text_the_picture_and_its_credit() -> None:
    other = story("Lain", hours_ago=5)
    body = paragraphs(
        "Kapal & es <b>habis</b>.", f'Baca <a linktype="story" id="{other.pk}">lain</a>.'
    )
    made = story(
        "Kapal tiba & es habis", body=body, standfirst="Tiga tahun <menunggu>.", people=["Mei Lestarum"],
        topics=["kopi"], lead_picture=picture(photographer="Tirto"),
    )  # fmt: skip
    feed = read()
    assert feed.get("version") == "2.0"
    assert said(feed, "channel/atom:link/@href") == ["http://testserver/feeds/latest.xml"]
    assert said(feed, "channel/atom:link/@rel") == ["self"]
    assert said(feed, "channel/language") == ["id"]
    first = "channel/item[1]/"
    assert said(feed, first + "title") == ["Kapal tiba & es habis"]
    assert said(feed, first + "link") == [
        f"http://testserver/maritim/2026/03/10/{made.pk}/kapal-tiba-es-habis"
    ]
    assert said(feed, first + "dc:creator") == ["Mei Lestarum"]
    assert said(feed, first + "category") == ["Maritim", "kopi"]
    assert parsedate_to_datetime(said(feed, first + "pubDate")[0]) == made.published_at
    (text,) = said(feed, first + "content:encoded")
    assert "Kapal & es <b>habis</b>." in text
    assert f'<a href="http://testserver/maritim/2026/03/10/{other.pk}/lain">lain</a>' in text
    assert '<img src="http://testserver/media/' in text
    assert "Keterangan dermaga (Tirto/Warta Selat)" in text
    assert said(feed, first + "media:content/@medium") == ["image"]
    assert said(feed, first + "media:content/media:credit") == ["Tirto/Warta Selat"]
    assert said(feed, "channel/lastBuildDate")


def test_the_guid_outlives_a_new_headline_section_and_address() -> None:
    made = story()
    before = said(read(), "channel/item/guid")
    Story.objects.filter(pk=made.pk).update(headline="Baru", slug="baru", section=section("kota"))
    feed = read()
    assert said(feed, "channel/item/guid") == before
    assert said(feed, "channel/item/guid/@isPermaLink") == ["false"]


@pytest.mark.parametrize("access", ["registered", "metered", "premium"])
def test_a_gated_story_leaves_its_preview_in_a_feed_and_the_way_to_the_rest(access: str) -> None:
    hidden = picture("tersembunyi")
    body = [
        *paragraphs("Terbuka satu.", "Terbuka dua.", "Rahasia."),
        {"type": "picture", "value": {"picture": hidden.pk, "caption": "Rahasia pula"}},
        *paragraphs("Rahasia juga."),
    ]
    story("Laporan", access=access, body=body)
    (text,) = said(read(), "channel/item/content:encoded")
    assert "Terbuka dua." in text
    assert "Rahasia" not in text
    assert "Lanjutkan membaca" in text
    assert hidden.renditions.count() == 0


def test_sections_and_topics_of_both_editions_have_feeds_of_their_own() -> None:
    economy = section("ekonomi")
    section("pasar", part_of=economy)
    story("Di pasar", section=section("pasar"), topics=["kopi"])
    story("In the market", section=section("pasar"), language="en", topics=["kopi"])
    story("Di laut")
    tree = newsroom.sections(EN)
    of_section = Feed(EN, tree.with_slug("ekonomi"))
    assert feed_href(of_section) == "/en/feeds/section/ekonomi.xml"
    feed = read(of_section)
    assert said(feed, "channel/item/title") == ["In the market"]
    assert said(feed, "channel/link") == ["http://testserver/en/ekonomi"]
    assert said(feed, "channel/title") == ["Harian Uji: Ekonomi in English"]
    topic("kopi")
    assert said(read(Feed(ID, newsroom.topic("kopi", ID))), "channel/item/title") == ["Di pasar"]


def test_a_paper_without_stories_has_an_empty_feed() -> None:
    assert said(read(), "channel/item") == []


def test_characters_that_xml_forbids_do_not_break_a_feed() -> None:
    story("Kapal\x0b tiba", body=paragraphs("Satu\x0cdua."))
    assert said(read(), "channel/item/title") == ["Kapal tiba"]


def test_feeds_read_their_stories_once_however_many_stories_and_feeds() -> None:
    for number in range(2):
        story(f"Berita {number}", topics=["kopi"])
    both = [Feed(ID), Feed(ID, newsroom.topic("kopi", ID))]
    few = queries_of(lambda: feeds(both, now=NOON))
    for number in range(20):
        story(f"Berita lagi {number}", topics=["kopi"])
    assert queries_of(lambda: feeds(both, now=NOON)) == few == 10
