"""What a page says of itself to machines."""

import json

import pytest
from django.conf import settings

from tajuk.channels import structured_data
from tajuk.newsroom import queries as newsroom
from tajuk.pictures import queries as pictures
from tests.standing_matter import NOON, picture, story

pytestmark = pytest.mark.django_db
PAPER = settings.PAPER


def test_an_article_names_its_author_times_pictures_and_corrections() -> None:
    lead = picture(size=(1400, 1400))
    made = story(
        "Kapal tiba", people=["Mei Lestarum"], topics=["kopi"], lead_picture=lead, updated_at=NOON,
        corrections=[{"note": "Yang benar 214.", "posted_at": NOON}], standfirst="Ringkas.",
    )  # fmt: skip
    told = newsroom.story(made.pk)
    assert told is not None
    shown = pictures.pictures([lead.pk], crops=structured_data.CROPS)[lead.pk]
    data = structured_data.news_article(told, shown, PAPER, now=NOON)
    assert data["@type"] == "NewsArticle"
    assert data["headline"] == "Kapal tiba"
    assert data["author"] == [
        {"@type": "Person", "name": "Mei Lestarum", "url": "http://testserver/author/mei-lestarum"}
    ]
    assert data["datePublished"] == "2026-03-10T11:00:00+07:00"
    assert data["dateModified"] == "2026-03-10T12:00:00+07:00"
    assert len(data["image"]) == 3
    assert [(cut.jpeg.width, cut.jpeg.height) for cut in shown.cuts.values()] == [
        (1200, 1200), (1200, 900), (1200, 675),
    ]  # fmt: skip
    assert data["correction"] == [
        {"@type": "CorrectionComment", "text": "Yang benar 214.", "datePublished": "2026-03-10T12:00:00+07:00"}
    ]  # fmt: skip
    assert data["isAccessibleForFree"] is True


def test_a_gated_article_says_so_and_points_at_nothing_hidden() -> None:
    told = newsroom.story(story(access="metered").pk)
    assert told is not None
    data = structured_data.news_article(told, None, PAPER, now=NOON)
    assert data["isAccessibleForFree"] is False
    assert "hasPart" not in data
    assert "articleBody" not in data


def test_nothing_in_a_headline_can_end_the_script_it_stands_in() -> None:
    told = newsroom.story(story("Lihat </script><b> & lain").pk)
    assert told is not None
    text = structured_data.spelled(structured_data.news_article(told, None, PAPER, now=NOON))
    assert "<" not in text
    assert json.loads(text)["headline"] == "Lihat </script><b> & lain"


def test_the_paper_and_the_way_to_a_page_are_said_in_full() -> None:
    paper = structured_data.organization(PAPER, logo="http://testserver/logo.png")
    assert paper["@type"] == "NewsMediaOrganization"
    way = structured_data.breadcrumbs([("Harian Uji", "/"), ("Maritim", "/maritim")], PAPER)
    assert [each["position"] for each in way["itemListElement"]] == [1, 2]
    assert way["itemListElement"][1]["item"] == "http://testserver/maritim"
