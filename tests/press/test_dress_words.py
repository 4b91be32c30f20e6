"""How the dress writes moments, numbers, names and datelines in each language."""

import json
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from django.utils.safestring import mark_safe
from tests.press.dress_pages import NOW, pages

from tajuk.contracts.pages import Tail
from tajuk.paywall.types import Access, Walled, Why
from tajuk.press import dress
from tajuk.press.contexts import AdvertisementView, BlockList, GateView, PersonView
from tajuk.press.templatetags import dress as words
from tajuk.terms.language import Language

MORNING = datetime(2024, 11, 13, 8, 40, tzinfo=ZoneInfo("Asia/Jakarta"))


@pytest.mark.parametrize(
    ("language", "day", "hour", "short"),
    [
        ("id", "Rabu, 13 November 2024", "08.40 WIB", "13 Nov, 08.40"),
        ("en", "Wednesday, 13 November 2024", "08:40 WIB", "13 Nov, 08:40"),
    ],
)
def test_a_moment_is_written_as_its_readers_write_it(
    language: str, day: str, hour: str, short: str
) -> None:
    with translation.override(language):
        assert words.day(MORNING) == day
        assert words.hour(MORNING) == hour
        assert words.moment(MORNING) == f"{day}, {hour}"
        assert words.short_moment(MORNING) == short
        assert words.iso(MORNING) == "2024-11-13T08:40:00+07:00"
        assert words.iso(date(2024, 11, 13)) == "2024-11-13"


def test_the_eastern_zones_have_their_own_names() -> None:
    with translation.override("id"):
        assert words.hour(MORNING.astimezone(ZoneInfo("Asia/Makassar"))) == "09.40 WITA"
        assert words.hour(MORNING.astimezone(ZoneInfo("Asia/Jayapura"))) == "10.40 WIT"


def test_numbers_are_grouped_with_the_sign_of_the_language() -> None:
    with translation.override("id"):
        assert words.number(1234567) == "1.234.567"
    with translation.override("en"):
        assert words.number(1234567) == "1,234,567"


def test_a_byline_joins_its_names_and_lets_no_markup_through() -> None:
    people = (
        PersonView("Ratri", "/author/ratri"),
        PersonView("Bagas", ""),
        PersonView("<i>", "/author/i"),
    )
    with translation.override("id"):
        said = words.names(people)
    assert said == (
        '<a rel="author" href="/author/ratri">Ratri</a>, Bagas dan <a rel="author" href="/author/i">&lt;i&gt;</a>'
    )
    assert words.names(people[1:2]) == "Bagas"
    assert words.names(()) == ""


def test_a_dateline_runs_into_the_first_paragraph_only() -> None:
    html = mark_safe('<p data-block-key="x">Subuh.</p><p>Lalu.</p>')
    assert words.run_in(html, "Harian Nusa", "Tanjung Layar") == (
        '<p data-block-key="x"><b class="dateline">Harian Nusa, TANJUNG LAYAR —</b> Subuh.</p><p>Lalu.</p>'
    )
    assert words.run_in(html, "Harian Nusa", "") == html
    assert words.run_in(mark_safe("Subuh."), "", "Layar & Sauh").startswith(
        '<p><b class="dateline">LAYAR &amp; SAUH —</b> '
    )


@pytest.mark.parametrize("why", list(Why))
def test_each_reason_for_a_gate_has_an_offer(why: Why) -> None:
    with translation.override("id"):
        assert words.gate_offer(GateView(Walled(why), "/contact", "")).endswith(".")


def test_headlines_that_not_everybody_may_open_are_marked() -> None:
    with translation.override("id"):
        marks = {access: words.access_mark(access) for access in Access}
    assert marks == {
        Access.FREE: "", Access.REGISTERED: "Terdaftar", Access.METERED: "", Access.PREMIUM: "Premium",
    }  # fmt: skip


def test_an_address_is_given_its_origin_once() -> None:
    assert words.absolute("/a", "https://nusa.example") == "https://nusa.example/a"
    assert (
        words.absolute("https://cdn.example/a", "https://nusa.example") == "https://cdn.example/a"
    )


def test_a_tail_says_the_same_whole_or_in_pieces() -> None:
    pages(Language.INDONESIAN)  # makes the invented day importable
    from dress_contexts import Day

    day = Day(Language.INDONESIAN, NOW)
    other = BlockList("other", "Lainnya", ())
    sold = {
        name: dress.placement_part(
            day.site(),
            AdvertisementView(name, "Rampai", f"Es {name}", "/", day.picture("mercusuar")),
        )
        for name in dress.PLACEMENTS
    }
    for tail in (
        dress.Tail(day.site(), day.aside()),
        dress.Tail(day.site(), day.aside(), "/maritim", other),
    ):
        said = {
            kind: dress.joined(parts, Language.INDONESIAN)
            for kind, parts in dress.tail_parts(tail, sold).items()
        }
        assert said[Tail.WHOLE].startswith(said[Tail.OPENING])
        assert said[Tail.WHOLE].endswith(said[Tail.END])
        if tail.has_placements:
            assert said[Tail.REST].startswith(said[Tail.LATEST])
            assert said[Tail.REST].endswith(said[Tail.END])
            without = said[Tail.REST]
            for name in ("aside", "story"):
                html = dress.rendered(sold[name], Language.INDONESIAN)
                assert without.count(html) == 1
                without = without.replace(html, "")
            assert without == said[Tail.WHOLE]


def test_the_manifest_names_the_paper_and_icons_that_exist() -> None:
    pages(Language.ENGLISH)
    from dress_contexts import Day

    said = json.loads(dress.manifest(Day(Language.ENGLISH, NOW).site()))
    assert said["name"] == "Harian Nusa"
    assert said["start_url"] == "/en/"
    assert {each["purpose"] for each in said["icons"]} == {"any", "maskable"}
