"""A body as it arrives, HTML or plain text, into a row of `contracts.incoming` blocks."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape
from urllib.parse import urlsplit

from tajuk.contracts.incoming import (
    Block,
    Box,
    Embed,
    Heading,
    IncomingPicture,
    ListInText,
    Paragraph,
    PictureInText,
    Quotation,
    Table,
)
from tajuk.wire.text import one_line, shortened, storable
from tajuk.wire.tree import INLINE, Node, inline_html, tree_of

PictureFinder = Callable[[str, str], IncomingPicture | None]
"""Given an `<img>`'s address and the name of the association it points to: the picture, if it is at hand."""

_LONGEST_HEADING = 160
_LONGEST_CAPTION = 400
_LONGEST_CELL = 400
_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_DOUBLE_BREAK = re.compile(r"(?:\s*<br/>\s*){2,}")
_WORDLESS = re.compile(r"<[^>]+>|&nbsp;|\s")


def blocks_of_text(text: str) -> tuple[Block, ...]:
    """Plain text: a blank line ends a paragraph; in a text without any, each line is one."""
    plain = storable(text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    pieces = _BLANK_LINES.split(plain)
    if len(pieces) == 1:
        pieces = plain.split("\n")
    lines = (one_line(piece) for piece in pieces)
    return tuple(Paragraph(escape(line, quote=False)) for line in lines if line)


@dataclass(slots=True)
class BodyReader:
    """Reads one HTML body. `missed` says what could not be taken along."""

    find_picture: PictureFinder
    headline: str = ""
    missed: list[str] = field(default_factory=list)

    def read(self, html: str) -> tuple[Block, ...]:
        """The blocks of the body, in order."""
        return tuple(self._of_children(tree_of(html).children))

    def _of_children(self, children: "list[Node | str]") -> Iterator[Block]:
        """Runs of inline content become paragraphs, elements their blocks."""
        run: list[Node | str] = []
        for child in children:
            if isinstance(child, str) or child.tag == "br" or self._is_inline(child):
                run.append(child)
                continue
            yield from self._paragraphs(run)
            run = []
            yield from self._of(child)
        yield from self._paragraphs(run)

    @staticmethod
    def _is_inline(node: Node) -> bool:
        return node.tag in INLINE and not any(True for _ in node.all("img", "iframe"))

    @staticmethod
    def _paragraphs(run: "list[Node | str]") -> Iterator[Block]:
        if not run:
            return
        for piece in _DOUBLE_BREAK.split(inline_html(run)):
            html = piece.strip().removeprefix("<br/>").removesuffix("<br/>").strip()
            if _WORDLESS.sub("", html):
                yield Paragraph(html)

    def _of(self, node: Node) -> Iterator[Block]:
        match node.tag:
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                words = node.text
                if words and not (node.tag == "h1" and words == self.headline):
                    yield Heading(shortened(words, _LONGEST_HEADING))
            case "blockquote":
                yield from self._quotation(node)
            case "ul" | "ol":
                if html := _list(node):
                    yield ListInText(html)
            case "table":
                yield from _table(node)
            case "figure" if any(True for _ in node.all("img")):
                yield from self._figure(node)
            case "img":
                yield from self._picture(node, "")
            case "iframe":
                yield from self._embed(node)
            case "aside":
                yield from self._box(node)
            case _:
                yield from self._of_children(node.children)

    def _quotation(self, node: Node) -> Iterator[Block]:
        said_by = next(node.all("footer", "cite"), None)
        speaker = said_by.text.lstrip("—–- ") if said_by else ""
        if said_by:
            said_by.children.clear()
        if words := node.text.rstrip("—–- "):
            name, _, role = speaker.partition(", ")
            yield Quotation(words, shortened(name, 160), shortened(role, 160))

    def _figure(self, node: Node) -> Iterator[Block]:
        caption = next((each.text for each in node.all("figcaption")), "")
        for image in node.all("img"):
            yield from self._picture(image, caption)

    def _picture(self, node: Node, caption: str) -> Iterator[Block]:
        source = node.attributes.get("src", "")
        picture = self.find_picture(source, node.attributes.get("data-assoc-ref", ""))
        if picture is not None:
            yield PictureInText(picture, shortened(caption or picture.caption, _LONGEST_CAPTION))
        elif source:
            self.missed.append(
                f"a picture in the text was left out: {source} isn't a file that came along"
            )

    def _embed(self, node: Node) -> Iterator[Block]:
        url = node.attributes.get("src", "")
        if embed := embed_of(url, node.attributes.get("title", "")):
            yield embed
        elif url:
            self.missed.append(f"an embed was left out: {url} isn't an http address")

    def _box(self, node: Node) -> Iterator[Block]:
        blocks = list(self._of_children(node.children))
        headline = next((each.text for each in blocks if isinstance(each, Heading)), "")
        html = "".join(
            f"<p>{each.html}</p>" if isinstance(each, Paragraph) else each.html
            for each in blocks
            if isinstance(each, Paragraph | ListInText)
        )
        if html:
            yield Box(headline, html)
            yield from (
                each for each in blocks if not isinstance(each, Paragraph | ListInText | Heading)
            )
        else:
            yield from blocks


def embed_of(url: str, title: str) -> Embed | None:
    """An embed of an http address; named after its site where nobody said what it is."""
    try:
        parts = urlsplit(url)
        site = parts.hostname or ""
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or "." not in site or len(url) > 500:  # noqa: PLR2004
        return None
    return Embed(url, shortened(one_line(title), 160) or site)


def _list(node: Node) -> str:
    items = []
    for item in node.children:
        if isinstance(item, str) or item.tag not in {"li", "ul", "ol"}:
            continue
        if item.tag != "li":
            items.append(_list(item))
            continue
        inside = [c for c in item.children if isinstance(c, str) or c.tag not in {"ul", "ol"}]
        nested = "".join(
            _list(c) for c in item.children if not isinstance(c, str) and c.tag in {"ul", "ol"}
        )
        words = inline_html(inside)
        if _WORDLESS.sub("", words) or nested:
            items.append(f"<li>{words}{nested}</li>")
    html = "".join(items)
    return f"<{node.tag}>{html}</{node.tag}>" if html else ""


def _table(node: Node) -> Iterator[Block]:
    caption = next((each.text for each in node.all("caption")), "")
    rows = [list(row.all("th", "td")) for row in node.all("tr")]
    rows = [row for row in rows if row]
    if not rows:
        return
    has_head = len(rows) > 1 and all(cell.tag == "th" for cell in rows[0])
    width = max(len(row) for row in rows)
    cells = [
        tuple([shortened(cell.text, _LONGEST_CELL) for cell in row] + [""] * (width - len(row)))
        for row in rows
    ]
    head = cells.pop(0) if has_head else ()
    yield Table(shortened(caption, 200), head, tuple(cells))
