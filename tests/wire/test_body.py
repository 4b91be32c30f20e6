"""Foreign bodies become blocks; nothing of them can run in a reader's browser."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tajuk.contracts.incoming import (
    Block,
    Box,
    Heading,
    IncomingPicture,
    ListInText,
    Paragraph,
    PictureInText,
    Quotation,
    Table,
)
from tajuk.wire.body import BodyReader, blocks_of_text, embed_of


def blocks(html: str, headline: str = "") -> tuple[Block, ...]:
    def find(source: str, association: str) -> IncomingPicture | None:
        return IncomingPicture(source) if source.endswith(".jpg") and "//" not in source else None

    return BodyReader(find, headline).read(html)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Satu</p><p>Dua</p>", (Paragraph("Satu"), Paragraph("Dua"))),
        ("Satu<br><br>Dua<br>tiga", (Paragraph("Satu"), Paragraph("Dua<br/>tiga"))),
        ("<div>Satu <p>Dua</div> tiga", (Paragraph("Satu"), Paragraph("Dua"), Paragraph("tiga"))),
        ("<p>&nbsp;</p><p> </p><p><b></b></p>", ()),
        ("<p>a &lt; b &amp; c</p>", (Paragraph("a &lt; b &amp; c"),)),
        ("<p><strong>A</strong> <em>b</em> <u>c</u></p>", (Paragraph("<b>A</b> <i>b</i> c"),)),
        (
            '<p><a href="https://a.example/?x=1&amp;y" onclick="x()">a</a> <a href="/b">b</a></p>',
            (Paragraph('<a href="https://a.example/?x=1&amp;y">a</a> b'),),
        ),
        ('<p><a href="javascript:alert(1)">a</a></p>', (Paragraph("a"),)),
        ("<h1>Judul</h1><h2>Sub</h2><h4>Lagi</h4>", (Heading("Sub"), Heading("Lagi"))),
        (
            "<blockquote><p>Kami siap.</p><cite>— Ani, ketua panitia</cite></blockquote>",
            (Quotation("Kami siap.", "Ani", "ketua panitia"),),
        ),
        (
            "<ul><li>a<li><b>b</b><ol><li>c</ol></ul>",
            (ListInText("<ul><li>a</li><li><b>b</b><ol><li>c</li></ol></li></ul>"),),
        ),
        (
            "<table><caption>T</caption><tr><th>A<th>B<tr><td>1<td>2<tr><td>3</table>",
            (Table("T", ("A", "B"), (("1", "2"), ("3", ""))),),
        ),
        (
            "<p>x<img src='a.jpg'>y</p>",
            (Paragraph("x"), PictureInText(IncomingPicture("a.jpg")), Paragraph("y")),
        ),
        (
            "<figure><img src=a.jpg><figcaption>Kapal</figcaption></figure>",
            (PictureInText(IncomingPicture("a.jpg"), "Kapal"),),
        ),
        (
            "<aside><h3>Fakta</h3><p>Satu</p><ul><li>dua</ul></aside>",
            (Box("Fakta", "<p>Satu</p><ul><li>dua</li></ul>"),),
        ),
    ],
)
def test_markup_becomes_the_block_it_means(html: str, expected: tuple[Block, ...]) -> None:
    assert blocks(html, "Judul") == expected


def test_scripts_styles_and_comments_leave_nothing_behind() -> None:
    got = blocks(
        "<!-- x --><style>p{}</style><script>evil()</script><p style=x onload=y>A</p><svg><p>z"
    )
    assert got[0] == Paragraph("A")
    assert "evil" not in repr(got)


def test_a_blank_line_ends_a_paragraph_of_plain_text() -> None:
    assert blocks_of_text("Satu\nlagi\r\n\r\n  Dua <b> & tiga\n \n\n") == (
        Paragraph("Satu lagi"), Paragraph("Dua &lt;b&gt; &amp; tiga"),
    )  # fmt: skip
    assert blocks_of_text("Satu\nDua") == (Paragraph("Satu"), Paragraph("Dua"))
    assert blocks_of_text(" \n ") == ()


def test_only_an_address_of_the_web_is_embedded() -> None:
    assert embed_of("https://video.example/1", "Video") is not None
    assert embed_of("javascript:x", "") is None
    assert embed_of("https://[", "") is None
    assert embed_of("//video.example/1", "") is None


def test_what_nests_deeper_than_any_text_is_laid_flat() -> None:
    assert "inti" in repr(blocks("<div>" * 3000 + "inti"))
    assert "inti" in repr(blocks("<b>" * 3000 + "inti" + "</b>" * 3000))
    assert "inti" in repr(blocks("<ul><li>" * 500 + "inti"))


_ALLOWED = re.compile(
    r"</?(?:b|i|sup|sub|ul|ol|li|p)>|<br/>|</a>|<a href=\"(?:https?://|mailto:|story:)[^\"<>]*\">"
)
_SOUP = st.lists(
    st.sampled_from([
        "<p>", "</p>", "<b>", "</b>", "<i>", "<a href='", "https://a.example/", "javascript:x", "'>", '"', "</a>", "<ul>",
        "<li>", "</ul>", "<table>", "<tr>", "<td>", "<th>", "<blockquote>", "<cite>", "<figure>", "<img src=a.jpg>",
        "<img src=x onerror=y>", "<script>", "</script>", "<iframe src=https://v.example>", "<aside>", "<h2>", "</h2>",
        "<br>", "&lt;", "&#0;", "<", ">", "kata", " ", "<!--", "-->", "<svg>", "<math>", "<style>", "story:x",
    ]) | st.text(max_size=5),
    max_size=40,
).map("".join)  # fmt: skip


@given(_SOUP)
def test_no_soup_of_tags_puts_foreign_markup_into_a_story(soup: str) -> None:
    for block in blocks(soup):
        if isinstance(block, Paragraph | ListInText | Box):
            assert not re.search("[<>]", _ALLOWED.sub("", block.html)), block.html
