"""A body becomes blocks, and a gated one shows its beginning only."""

from typing import Any

import pytest

from tajuk.newsroom.rules.body import (
    Box,
    GalleryInText,
    Heading,
    Paragraph,
    PictureInText,
    Quotation,
    Table,
    UnknownBlockError,
    blocks_of,
    hidden_from,
    preview_end,
    preview_of,
    words_of,
)
from tests.standing_matter import paragraphs

BODY: list[dict[str, Any]] = [
    {"type": "picture", "value": {"picture": 7, "caption": "Rahasia gambar"}},
    *paragraphs("Satu."),
    {"type": "quotation", "value": {"text": "Rahasia kutipan", "speaker": "Sukma", "role": ""}},
    {"type": "heading", "value": "Rahasia judul"},
    *paragraphs("Dua.", "Tiga.", "Empat."),
    {"type": "gallery", "value": {"headline": "", "pictures": [
        {"type": "item", "value": {"picture": 8, "caption": "Rahasia galeri"}, "id": "x"},
    ]}},
    {"type": "table", "value": {"caption": "Harga", "table": {
        "columns": [{"type": "text", "heading": "Komoditas"}, {"type": "text", "heading": ""}],
        "rows": [{"values": ["Cabai", "48.500"]}], "caption": "",
    }}},
    {"type": "box", "value": {"headline": "Fakta", "text": '<p data-block-key="b">Rahasia <b>kotak</b></p>'}},
]  # fmt: skip


def test_every_block_of_the_desk_becomes_a_block_of_the_page() -> None:
    blocks = blocks_of(BODY, {})
    assert [type(block).__name__ for block in blocks] == [
        "PictureInText", "Paragraph", "Quotation", "Heading", "Paragraph", "Paragraph", "Paragraph",
        "GalleryInText", "Table", "Box",
    ]  # fmt: skip
    assert blocks[0] == PictureInText(7, "Rahasia gambar")
    assert blocks[2] == Quotation("Rahasia kutipan", "Sukma", "")
    assert blocks[3] == Heading("Rahasia judul")
    assert blocks[7] == GalleryInText("", (PictureInText(8, "Rahasia galeri"),))
    assert blocks[8] == Table("Harga", ("Komoditas", ""), (("Cabai", "48.500"),))
    assert blocks[9] == Box("Fakta", "<p>Rahasia <b>kotak</b></p>")


def test_a_preview_is_two_paragraphs_and_nothing_that_stands_between_them() -> None:
    assert preview_of(blocks_of(BODY, {})) == (Paragraph("Satu."), Paragraph("Dua."))


@pytest.mark.parametrize(
    ("paragraphs_in_all", "shown"), [(0, 0), (1, 0), (2, 1), (3, 1), (4, 2), (9, 2)]
)
def test_a_preview_is_never_more_than_half_of_a_story(paragraphs_in_all: int, shown: int) -> None:
    body = blocks_of(paragraphs(*(f"Alinea {number}" for number in range(paragraphs_in_all))), {})
    assert len(preview_of(body)) == shown


def test_a_whole_story_pasted_into_one_paragraph_block_is_still_paragraphs() -> None:
    pasted = "".join(f"<p>Alinea {number}</p>" for number in range(6)) + "<p></p>"
    body = blocks_of([{"type": "paragraph", "value": pasted}], {})
    assert len(body) == 6
    assert preview_of(body) == (Paragraph("Alinea 0"), Paragraph("Alinea 1"))


def test_text_that_is_no_row_of_paragraphs_is_never_previewed_in_part() -> None:
    body = blocks_of([{"type": "paragraph", "value": "<p>Satu</p>lepas<p>Dua</p>"}], {})
    assert len(body) == 1
    assert preview_of(body) == ()


def test_the_words_of_a_body_are_all_its_words_without_its_tags() -> None:
    words = words_of(blocks_of(BODY, {}))
    assert "Rahasia kutipan Sukma" in words
    assert "48.500" in words
    assert "<" not in words


def test_a_block_nobody_knows_is_an_error_that_says_what_to_do() -> None:
    with pytest.raises(UnknownBlockError, match="add it there and to the dress"):
        blocks_of([{"type": "peta", "value": ""}], {})


def test_a_preview_ends_where_the_editor_ended_it_and_shows_text_only() -> None:
    raw = [
        {"type": "paragraph", "value": "<p>Satu.</p>"},
        {"type": "quotation", "value": {"text": "Kata.", "speaker": "Ratri"}},
        {"type": "picture", "value": {"picture": 3, "caption": "Dermaga"}},
        {"type": "box", "value": {"headline": "Fakta", "text": "<p>Kotak.</p>"}},
        {"type": "heading", "value": "Kapal"},
        {"type": "paragraph", "value": "<p>Dua.</p><p>Tiga.</p>"},
        {"type": "preview_end", "value": None},
        {"type": "paragraph", "value": "<p>Empat.</p>"},
        {"type": "preview_end", "value": None},
        {"type": "paragraph", "value": "<p>Lima.</p>"},
    ]
    body, ends = blocks_of(raw, {}), preview_end(raw, {})
    shown = preview_of(body, ends)
    assert shown == (
        Paragraph("Satu."), Quotation("Kata.", "Ratri", ""), Heading("Kapal"), Paragraph("Dua."), Paragraph("Tiga."),
    )  # fmt: skip
    assert body[hidden_from(body, shown, ends)] == Paragraph("Empat.")


def test_without_an_end_readers_go_on_after_the_last_paragraph_they_saw() -> None:
    body = blocks_of(BODY, {})
    shown = preview_of(body)
    at = hidden_from(body, shown)
    assert body[at - 1] == shown[-1]
    assert preview_end(BODY, {}) is None
    assert hidden_from(body[:1], ()) == 0


def test_an_end_at_the_very_beginning_shows_nothing_of_the_body() -> None:
    raw = [{"type": "preview_end", "value": None}, {"type": "paragraph", "value": "<p>Satu.</p>"}]
    body = blocks_of(raw, {})
    assert preview_of(body, preview_end(raw, {})) == ()
