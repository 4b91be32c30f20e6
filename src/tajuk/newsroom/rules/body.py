"""A story's body as readers' surfaces need it: a row of frozen blocks, and the part that is anybody's.

The desk keeps a body as Wagtail's stream (a list of `{"type": …, "value": …}`). Here it becomes blocks that
know nothing of Wagtail: rich text is split into its paragraphs, links to stories become addresses.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape, unescape
from typing import Any

from tajuk.terms.ids import PictureId, StoryId


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; `html` is what stands inside its `<p>`."""

    html: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a story."""

    text: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """Somebody's words, and who said them."""

    text: str
    speaker: str
    role: str


@dataclass(frozen=True, slots=True)
class PictureInText:
    """A picture; an empty caption means the picture's own."""

    picture_id: PictureId
    caption: str


@dataclass(frozen=True, slots=True)
class GalleryInText:
    """Several pictures, one after another."""

    headline: str
    pictures: tuple[PictureInText, ...]


@dataclass(frozen=True, slots=True)
class ListInText:
    """A list; `html` is its `<ul>` or `<ol>`."""

    html: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `head` is empty when no column has a heading."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Embed:
    """Something of another site's, loaded when the reader asks for it."""

    url: str
    title: str


@dataclass(frozen=True, slots=True)
class RelatedInText:
    """A line that leads to another story."""

    story_id: StoryId
    href: str
    headline: str


@dataclass(frozen=True, slots=True)
class Box:
    """A highlighted box; `html` is its paragraphs and lists."""

    headline: str
    html: str


Block = (
    Paragraph | Heading | Quotation | PictureInText | GalleryInText | ListInText | Table | Embed
    | RelatedInText | Box
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Linked:
    """A story that a text links to, as far as readers may see it."""

    href: str
    headline: str


_STORY_LINK = re.compile(r'<a\b([^>]*\blinktype="story"[^>]*)>(.*?)</a>', re.DOTALL)
_STORY_ID = re.compile(r'\bid="(\d+)"')
_BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')
_PARAGRAPH = re.compile(r"\s*<p\b[^>]*>(.*?)</p>\s*", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_AT_MOST_IN_PREVIEW = 2
_PREVIEWED = Paragraph | Heading | Quotation | ListInText


def linked_stories(raw: Iterable[Mapping[str, Any]]) -> set[StoryId]:
    """The ids of all stories a raw body links to."""
    found: set[StoryId] = set()
    for block in raw:
        kind, value = block["type"], block["value"]
        if kind == "related_story":
            if value.get("story"):
                found.add(StoryId(int(value["story"])))
        else:
            text = value.get("text", "") if kind == "box" else value
            if isinstance(text, str) and 'linktype="story"' in text:
                for attributes, _ in _STORY_LINK.findall(text):
                    found.update(StoryId(int(each)) for each in _STORY_ID.findall(attributes))
    return found


def blocks_of(
    raw: Iterable[Mapping[str, Any]], linked: Mapping[StoryId, Linked]
) -> tuple[Block, ...]:
    """The blocks of a raw body. A link to a story that isn't in `linked` becomes plain text."""
    return tuple(block for each in raw for block in _blocks(each["type"], each["value"], linked))


def _blocks(kind: str, value: Any, linked: Mapping[StoryId, Linked]) -> Iterator[Block]:  # noqa: C901, PLR0912  one case a block
    match kind:
        case "paragraph":
            yield from _paragraphs(_with_addresses(value, linked))
        case "heading":
            yield Heading(value)
        case "quotation":
            yield Quotation(value["text"], value.get("speaker") or "", value.get("role") or "")
        case "picture":
            if value.get("picture"):
                yield _picture(value)
        case "gallery":
            items = (item.get("value", item) for item in value.get("pictures", ()))
            shown = tuple(_picture(item) for item in items if item.get("picture"))
            if shown:
                yield GalleryInText(value.get("headline") or "", shown)
        case "list":
            yield ListInText(_with_addresses(value, linked))
        case "table":
            yield _table(value)
        case "embed":
            yield Embed(value["url"], value["title"])
        case "related_story":
            story = linked.get(StoryId(int(value["story"]))) if value.get("story") else None
            if story:
                yield RelatedInText(StoryId(int(value["story"])), story.href, story.headline)
        case "box":
            yield Box(value.get("headline") or "", _with_addresses(value.get("text") or "", linked))
        case "preview_end":
            return  # readers don't meet it: see `preview_end`
        case _:
            raise UnknownBlockError(kind)


class UnknownBlockError(Exception):
    """A body holds a block of a kind this release does not know."""

    def __init__(self, kind: str) -> None:
        """`kind` as the stream spells it."""
        super().__init__(
            f"A story's body holds a block of kind {kind!r}, which tajuk.newsroom.rules.body does not know: "
            "add it there and to the dress, or take it out of newsroom.blocks."
        )


def _paragraphs(html: str) -> Iterator[Paragraph]:
    """Rich text split at its paragraphs; what isn't a plain row of them stays one paragraph."""
    if _PARAGRAPH.sub("", html).strip():
        if _TAG.sub("", html).strip():
            yield Paragraph(html)
        return
    for inside in _PARAGRAPH.findall(html):
        if _TAG.sub("", inside).strip():
            yield Paragraph(inside)


def _picture(value: Mapping[str, Any]) -> PictureInText:
    return PictureInText(PictureId(int(value["picture"])), value.get("caption") or "")


def _table(value: Mapping[str, Any]) -> Table:
    table = value.get("table") or {}
    head = tuple(str(column.get("heading") or "") for column in table.get("columns", ()))
    rows = tuple(tuple(str(cell or "") for cell in row["values"]) for row in table.get("rows", ()))
    caption = value.get("caption") or table.get("caption") or ""
    return Table(caption, head if any(head) else (), rows)


def _with_addresses(html: str, linked: Mapping[StoryId, Linked]) -> str:
    if "data-block-key" in html:
        html = _BLOCK_KEY.sub("", html)
    if 'linktype="story"' not in html:
        return html

    def spelled(match: re.Match[str]) -> str:
        number = _STORY_ID.search(match[1])
        story = linked.get(StoryId(int(number[1]))) if number else None
        return f'<a href="{escape(story.href)}">{match[2]}</a>' if story else match[2]

    return _STORY_LINK.sub(spelled, html)


def preview_end(raw: Iterable[Mapping[str, Any]], linked: Mapping[StoryId, Linked]) -> int | None:
    """How many blocks of the body stand before the place where the editor ended the preview; None where nobody did.

    The first such place counts.
    """
    before: list[Mapping[str, Any]] = []
    for each in raw:
        if each["type"] == "preview_end":
            return len(blocks_of(before, linked))
        before.append(each)
    return None


def preview_of(body: tuple[Block, ...], ends: int | None = None) -> tuple[Block, ...]:
    """What anybody may read of a gated story, below its standfirst: what is text before `ends`, the editor's own
    choice; without one its first two paragraphs, and nothing that stands between them.

    These are never more than half of its paragraphs, so a story of one paragraph shows its standfirst only. A picture,
    box, table or embed is never part of it, wherever it stands.
    """
    if ends is not None:
        return tuple(block for block in body[:ends] if isinstance(block, _PREVIEWED))
    paragraphs = [block for block in body if isinstance(block, Paragraph)]
    return tuple(paragraphs[: min(_AT_MOST_IN_PREVIEW, len(paragraphs) // 2)])


def hidden_from(
    body: tuple[Block, ...], preview: tuple[Block, ...], ends: int | None = None
) -> int:
    """The place in the body from which on who has read the preview goes on."""
    if ends is not None:
        return ends
    shown = {id(block) for block in preview}
    return max((place for place, block in enumerate(body, 1) if id(block) in shown), default=0)


def words_of(blocks: Iterable[Block]) -> str:
    """The words of these blocks as plain text, for the search index."""
    return " ".join(piece for block in blocks for piece in _words(block) if piece)


def _words(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(html) | ListInText(html):
            yield plain(html)
        case Heading(text):
            yield text
        case Quotation(text, speaker, role):
            yield from (text, speaker, role)
        case PictureInText(_, caption):
            yield caption
        case GalleryInText(headline, pictures):
            yield headline
            yield from (picture.caption for picture in pictures)
        case Table(caption, head, rows):
            yield caption
            yield from head
            for row in rows:
                yield from row
        case Embed(_, title):
            yield title
        case RelatedInText():
            return
        case Box(headline, html):
            yield headline
            yield plain(html)


def plain(html: str) -> str:
    """Rich text without its tags."""
    return unescape(_TAG.sub(" ", html))
