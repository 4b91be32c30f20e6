"""ninjs 2.x as agencies write it, and as anybody may."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tajuk.contracts.incoming import (
    Embed,
    GalleryInText,
    Heading,
    IncomingStory,
    Paragraph,
    PictureInText,
    Standing,
)
from tajuk.terms.language import Language
from tajuk.wire.extras import KNOWN
from tajuk.wire.fields import RefusedItemError
from tajuk.wire.ninjs import House, Reading, read

HOUSE = House(
    (Language.INDONESIAN, Language.ENGLISH), ZoneInfo("Asia/Jakarta"), Language.INDONESIAN, "kota"
)


def item(**more: Any) -> dict[str, Any]:
    return {"uri": "urn:uji:1", "headlines": [{"value": "Kapal datang"}]} | more


def story(**more: Any) -> IncomingStory:
    return read(item(**more), HOUSE).story


def test_an_item_with_a_uri_and_a_headline_is_a_story() -> None:
    assert story() == IncomingStory(
        uri="urn:uji:1", language=Language.INDONESIAN, headline="Kapal datang",
        section=story().section,
    )  # fmt: skip
    assert story().section.slug == "kota"


def test_an_agency_text_arrives_with_everything_it_says() -> None:
    got = story(
        type="text",
        standard={"name": "ninjs", "version": "2.4"},
        language="en-GB",
        firstcreated="2026-03-01T08:00:00+07:00",
        versioncreated="2026-03-01T09:30:00+07:00",
        by="By Paulo Santalucia and Frances d'Emilio/TNA",
        located="Grosseto, Italy",
        descriptions=[
            {"role": "text", "value": "The first lines again"},
            {
                "role": "summary",
                "contenttype": "text/html",
                "value": "<p>A <b>trial</b> begins</p>",
            },
        ],
        bodies=[
            {"role": "main", "contenttype": "text/plain", "value": "One.\n\nTwo."},
            {
                "role": "richtext",
                "contenttype": "application/xhtml+xml",
                "value": "<p>One.</p><h2>H</h2><p>Two.</p>",
            },
        ],
        subjects=[{"name": "Trials", "uri": "http://x/1"}, {"name": "trials"}, {"name": "Ships"}],
        infosources=[{"name": "Antarpulau"}],
        ednote="Adds the judge's name",
        embargoed="2026-03-01T10:00:00Z",
        expires="2020-01-01T00:00:00Z",
    )
    assert got.language is Language.ENGLISH
    assert got.published_at == datetime(2026, 3, 1, 1, tzinfo=UTC)
    assert got.updated_at == datetime(2026, 3, 1, 2, 30, tzinfo=UTC)
    assert [each.name for each in got.byline] == ["Paulo Santalucia", "Frances d'Emilio"]
    assert [each.agency for each in got.sources] == ["Antarpulau", "TNA"]
    assert got.dateline == "Grosseto, Italy"
    assert got.standfirst == "A trial begins"
    assert got.body == (Paragraph("One."), Heading("H"), Paragraph("Two.")), (
        "markup before plain text"
    )
    assert [each.name for each in got.topics] == ["Trials", "Ships"]
    assert got.note == "Adds the judge's name"
    assert got.embargo_until == datetime(2026, 3, 1, 10, tzinfo=UTC)
    assert got.expire_at is None, "that a sender has lost interest takes nothing off this site"


def test_what_ninjs_lacks_stands_in_tajuk() -> None:
    got = story(
        infosources=[{"name": "Antarpulau"}],
        subjects=[{"name": "Ships"}],
        tajuk={
            "access": "premium", "kicker": "Pelabuhan", "dateline": "Tanjung Layar",
            "section": {"slug": "maritim", "name": "Maritim", "name_second": "Maritime"},
            "other_sections": ["Ekonomi & Bisnis"], "topics": ["Dermaga baru", {"slug": "nelayan"}],
            "byline": [{"name": "Ratri", "slug": "ratri-wulandaru"}],
            "sources": [
                {"agency": "Warta Selat", "medium": "siaran pers", "date": "2026-02-28", "url": "https://w.example/1"}
            ],
            "corrections": [{"note": "Bukan 241, 214.", "posted_at": "2026-03-02T00:00:00Z"}],
            "published_at": "2026-03-01T07:00:00", "updated_at": "2026-03-01T08:00:00Z",
            "social_headline": "Kapal!", "slug": "kapal-datang", "old_paths": ["/2019/kapal/"],
            "translation_of": "urn:uji:0",
        },
    )  # fmt: skip
    assert (got.access, got.kicker, got.dateline) == ("premium", "Pelabuhan", "Tanjung Layar")
    assert (got.section.slug, got.section.name, got.section.name_second) == (
        "maritim",
        "Maritim",
        "Maritime",
    )
    assert [each.name for each in got.other_sections] == ["Ekonomi & Bisnis"]
    assert [(each.slug, each.name) for each in got.topics] == [
        ("", "Dermaga baru"),
        ("nelayan", "Nelayan"),
    ]
    assert got.byline[0].slug == "ratri-wulandaru"
    (source,) = got.sources
    assert (source.agency, source.medium, source.quoted_on) == (
        "Warta Selat",
        "siaran pers",
        date(2026, 2, 28),
    )
    assert got.corrections[0].note == "Bukan 241, 214."
    assert got.published_at == datetime(2026, 3, 1, tzinfo=UTC), (
        "no offset: the paper's own time zone"
    )
    assert got.updated_at == datetime(2026, 3, 1, 8, tzinfo=UTC)
    assert (got.slug, got.old_paths, got.translation_of) == (
        "kapal-datang",
        ("/2019/kapal",),
        "urn:uji:0",
    )


def test_every_key_of_tajuk_is_in_the_manual() -> None:
    manual = (Path(__file__).parents[2] / "docs/howto/import.md").read_text(encoding="utf-8")
    assert not [key for key in KNOWN if f'"{key}"' not in manual]


def picture(name: str, *hrefs: str, **more: Any) -> dict[str, Any]:
    renditions = [{"name": f"r{n}", "href": href, "width": 100 * n} for n, href in enumerate(hrefs)]
    return {
        "name": name,
        "uri": f"urn:p:{name}",
        "type": "picture",
        "renditions": renditions,
    } | more


def test_pictures_are_found_beside_the_file_and_the_largest_is_taken() -> None:
    got = story(
        bodies=[{"contenttype": "text/html", "value": '<p>A</p><figure><img data-assoc-ref="b"></figure><p>B</p>'}],
        associations=[
            picture("a", "small.jpg", "pix/large.jpg", by="Karl Melander/TT", descriptions=[{"value": "<p>Kapal</p>"}],
                    headlines=[{"value": "Sebuah kapal"}], usageterms="One use"),
            picture("b", "b.jpg", descriptions=[{"value": "Laut"}]),
            picture("c", "c.jpg"),
        ],
    )  # fmt: skip
    lead = got.lead_picture
    assert lead is not None
    assert (lead.path, lead.photographer, lead.agency, lead.alt) == (
        "pix/large.jpg", "Karl Melander", "TT", "Sebuah kapal",
    )  # fmt: skip
    assert (lead.caption, lead.licence, got.lead_caption) == ("Kapal", "One use", "Kapal")
    kinds = [type(block).__name__ for block in got.body]
    assert kinds == ["Paragraph", "PictureInText", "Paragraph", "PictureInText"]
    assert [block.picture.path for block in got.body if isinstance(block, PictureInText)] == [
        "b.jpg",
        "c.jpg",
    ]
    assert [each.path for each in got.pictures] == ["pix/large.jpg", "b.jpg", "c.jpg"]


def test_pictures_that_stand_nowhere_become_a_gallery_below() -> None:
    got = story(associations=[picture(name, f"{name}.jpg") for name in ("main", "a", "b")])
    assert got.lead_picture is not None
    assert got.lead_picture.path == "main.jpg"
    (gallery,) = got.body
    assert isinstance(gallery, GalleryInText)
    assert [each.picture.path for each in gallery.pictures] == ["a.jpg", "b.jpg"]


def test_a_picture_for_sharing_is_not_shown_in_the_story() -> None:
    got = story(
        associations=[picture("share", "share.jpg"), picture("b", "b.jpg")],
        tajuk={"social_picture": "share"},
    )
    assert (got.social_picture, got.lead_picture) == tuple(
        each for path in ("share.jpg", "b.jpg") for each in got.pictures if each.path == path
    )
    assert got.body == ()


def test_a_picture_on_the_network_is_not_fetched_but_said() -> None:
    reading = read(
        item(
            associations=[picture("a", "https://tt.example/a.jpg")],
            bodies=[
                {"contenttype": "text/html", "value": '<img src="https://x.example/b.jpg"><p>A</p>'}
            ],
        ),
        HOUSE,
    )
    assert reading.story.pictures == ()
    assert len(reading.missed) == 2
    assert "https://tt.example/a.jpg" in " ".join(reading.missed)


@pytest.mark.parametrize(
    "href",
    [
        "../../etc/x.jpg",
        "/etc/x.jpg",
        "file:///etc/x.jpg",
        "a/%2e%2e/%2e%2e/x.jpg",
        "C:\\x.jpg",
        "..\\x.jpg",
    ],
)
def test_a_picture_outside_its_folder_is_refused(href: str) -> None:
    with pytest.raises(RefusedItemError, match=r"folder|relative"):
        story(associations=[picture("a", href)])


@pytest.mark.parametrize(
    ("older_or_newer", "said"),
    [
        ({"headline": "A", "body_html": "<p>B</p>", "uri": "u"}, "ninjs 1.x"),
        ({"uri": "u", "headline_main": "A", "byline": "B"}, "ninjs 1.x"),
        (item(associations={"main": {}}), "ninjs 1.x"),
        (item(standard={"name": "ninjs", "version": "1.4"}), "ninjs 1.x"),
        (item(versionCreated="2026-01-01T00:00:00Z"), "ninjs 3.x"),
        (item(standard={"version": "3.1"}), "ninjs 3.x"),
        (item(pubStatus="usable"), "ninjs 3.x"),
    ],
)
def test_other_lines_of_ninjs_are_recognised_and_refused(
    older_or_newer: dict[str, Any], said: str
) -> None:
    with pytest.raises(RefusedItemError, match=said):
        read(older_or_newer, HOUSE)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"uri": ""}, "uri"),
        ({"uri": "x" * 300}, "uri"),
        ({"headlines": []}, "headline"),
        ({"headlines": "A"}, "headlines must be a list"),
        ({"type": "video"}, "video"),
        ({"pubstatus": "draft"}, "pubstatus"),
        ({"language": "sv"}, "sv"),
        ({"firstcreated": "yesterday"}, "firstcreated"),
        ({"firstcreated": "0001-01-01T00:00:00+14:00"}, "firstcreated"),
        ({"bodies": [{"contenttype": "application/xml", "value": "<x/>"}]}, "application/xml"),
        ({"bodies": [{"value": 7}]}, "a number"),
        ({"tajuk": {"access": "gold"}}, "free, registered, metered, premium"),
        ({"tajuk": {"sources": [{"url": "https://a.example"}]}}, "agency"),
        ({"tajuk": {"sources": [{"agency": "A", "url": "javascript:x"}]}}, "http address"),
        ({"tajuk": {"section": {}, "slug": "A b"}}, "slug"),
        ({"tajuk": {"corrections": [{"note": "x"}]}}, "posted_at"),
        ({"tajuk": {"old_paths": ["//evil.example"]}}, "old_paths"),
        ({"tajuk": {"lead_picture": "b"}}, "no local association"),
        ({"tajuk": []}, "object"),
    ],
)  # fmt: skip
def test_a_wrong_field_is_named_with_what_it_should_be(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(RefusedItemError, match=said):
        story(**wrong)


def test_a_story_needs_a_section_from_somewhere() -> None:
    bare = House(HOUSE.languages, HOUSE.zone, HOUSE.language)
    with pytest.raises(RefusedItemError, match="--section"):
        read(item(), bare)
    assert read(item(tajuk={"section": "Maritim"}), bare).story.section.name == "Maritim"


def test_what_a_sender_withholds_or_cancels_is_known() -> None:
    assert story(pubstatus="withheld").standing is Standing.WITHHELD
    assert story(pubstatus="canceled").standing is Standing.CANCELED


def test_a_key_nobody_knows_is_said_and_does_no_harm() -> None:
    reading = read(item(tajuk={"acess": "premium"}, extra={"a": 1}), HOUSE)
    assert reading.story.access == "free"
    assert "tajuk.acess" in reading.missed[0]


def test_text_no_database_takes_is_cleaned() -> None:
    got = story(headlines=[{"value": "A\x00B\ud800 \n C"}], bodies=[{"value": "x\x00y"}])
    assert got.headline == "AB C"
    assert got.body == (Paragraph("xy"),)


def test_an_embed_without_a_title_is_named_after_its_site() -> None:
    got = story(
        bodies=[
            {"contenttype": "text/html", "value": '<iframe src="https://video.example/1"></iframe>'}
        ]
    )
    assert got.body == (Embed("https://video.example/1", "video.example"),)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)
FIELDS = [
    "uri", "type", "headlines", "bodies", "descriptions", "associations", "renditions", "by", "located", "subjects",
    "infosources", "pubstatus", "language", "firstcreated", "versioncreated", "embargoed", "ednote", "standard",
    "tajuk", "title", "name", "value", "role", "contenttype", "href", "width", "section", "sources", "topics",
    "byline", "corrections", "old_paths", "published_at", "slug", "agency", "date", "url", "posted_at", "note",
]  # fmt: skip
NAMED_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20)
    | st.sampled_from(["text/html", "2026-01-01T00:00:00Z", "<p>a", "picture", "a.jpg", "main", "premium", "kota"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=5),
    max_leaves=25,
)  # fmt: skip


def taken_or_refused(anything: object) -> Reading | None:
    try:
        return read(anything, HOUSE)
    except RefusedItemError:
        return None


@given(JSON)
def test_any_json_is_taken_or_refused_in_words(anything: object) -> None:
    taken_or_refused(anything)


@settings(max_examples=300)
@given(st.dictionaries(st.sampled_from(FIELDS), NAMED_JSON, max_size=12))
def test_fields_with_any_content_are_taken_or_refused_in_words(fields: dict[str, Any]) -> None:
    taken_or_refused(item() | fields)
    taken_or_refused(item(tajuk=fields))
    taken_or_refused(item(associations=[fields]))


@given(st.text(max_size=200))
def test_a_taken_headline_fits_its_column(text: str) -> None:
    reading = taken_or_refused(item(headlines=[{"value": text}]))
    assert reading is None or 0 < len(reading.story.headline) <= 200
