"""The day's edition, and the code that opens it."""

from datetime import date
from html.parser import HTMLParser

import pytest

from tajuk.epaper import queries
from tajuk.terms.language import Language
from tests.standing_matter import NOON, queries_of, section, story

ID = Language.INDONESIAN
DAY = date(2026, 3, 10)
pytestmark = pytest.mark.django_db


def test_an_edition_holds_the_stories_of_its_day_by_section() -> None:
    section("maritim", position=2), section("kota", position=1)
    story("Laut", hours_ago=1)
    story("Kota", section=section("kota"), hours_ago=3)
    story("Kemarin", hours_ago=30)
    story("Lain bahasa", language="en")
    edition = queries.edition(DAY, ID)
    assert edition is not None
    told = [(row.slug, [each.headline for each in stories]) for row, stories in edition.sections]
    assert told == [("kota", ["Kota"]), ("maritim", ["Laut"])]
    assert (edition.previous, edition.following) == (date(2026, 3, 9), None)
    assert queries.latest_day(ID) == DAY


def test_a_day_without_stories_has_no_edition() -> None:
    assert queries.edition(DAY, ID) is None
    assert queries.latest_day(ID) is None


def test_an_edition_costs_the_same_for_one_story_and_for_many() -> None:
    story("Satu")
    one = queries_of(lambda: queries.edition(DAY, ID))
    for number in range(20):
        story(f"Berita {number}", published_at=NOON)
    assert queries_of(lambda: queries.edition(DAY, ID)) == one == 7


def test_the_code_is_one_svg_without_styles_or_scripts() -> None:
    tags: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            tags.append(tag)
            assert "style" not in dict(attrs)

    Reader().feed(queries.qr_code("https://nusa.example/epaper/2026-03-10").decode())
    assert set(tags) == {"svg", "path"}
    assert b'xmlns="http://www.w3.org/2000/svg"' in queries.qr_code("https://nusa.example/")
    assert b"width=" not in queries.qr_code("https://nusa.example/")
