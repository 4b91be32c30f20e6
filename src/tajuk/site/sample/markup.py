"""The small markup of the sample newspaper's texts, into arriving blocks. Pure.

Blocks stand apart by a blank line; a box runs to its `[/box]`. Inline: **bold**, *italic*, [words](address), where
an address `story:key` leads to another story of the same language.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape

from tajuk.contracts.incoming import (
    STORY_SCHEME,
    Block,
    Box,
    Embed,
    GalleryInText,
    Heading,
    IncomingPicture,
    ListInText,
    Paragraph,
    PictureInText,
    Quotation,
    Related,
    Table,
)
from tajuk.site.sample.errors import SampleError

_INLINE = re.compile(
    r"\[(?P<words>[^\]]+)\]\((?P<address>[^)\s]+)\)|\*\*(?P<bold>.+?)\*\*(?!\*)|\*(?P<italic>.+?)\*",
    re.DOTALL,
)
_PICTURE = re.compile(r"!\[([a-z0-9-]+)\]\s*(.*)", re.DOTALL)
_ITEM = re.compile(r"(?:-|\d+\.)\s+(.*)")
_GALLERY_ITEM = re.compile(r"-\s+([a-z0-9-]+):\s*(.*)")
_MARK = re.compile(r"\[(gallery|table|embed|related|box)\]\s*(.*)")
_BOX = re.compile(r"^\[box\].*?^\[/box\]\s*$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Marks:
    """What a text's marks lead to: the `uri` of a story's key, the picture of an id (None: it isn't there)."""

    uri_of: Callable[[str], str]
    picture_of: Callable[[str], IncomingPicture | None]


def blocks_of(text: str, marks: Marks) -> tuple[Block, ...]:
    """The blocks of a story's text. Raises SampleError for a mark nobody knows."""
    found: list[Block] = []
    at = 0
    for box in _BOX.finditer(text):
        found += _plain_blocks(text[at : box.start()], marks)
        found.append(_box(box[0], marks))
        at = box.end()
    found += _plain_blocks(text[at:], marks)
    return tuple(found)


def html_of(text: str, marks: Marks) -> str:
    """A text of headings, paragraphs and lists as rich text, for house pages."""
    return "".join(_html(piece, marks) for piece in _pieces(text))


def inline(text: str, marks: Marks) -> str:
    """One paragraph's words as safe HTML."""
    pieces, at = [], 0
    for match in _INLINE.finditer(text):
        pieces += [escape(text[at : match.start()], quote=False), _marked(match, marks)]
        at = match.end()
    pieces.append(escape(text[at:], quote=False))
    return " ".join("".join(pieces).split())


def _marked(match: re.Match[str], marks: Marks) -> str:
    if match["words"]:
        address = match["address"]
        if address.startswith(STORY_SCHEME):
            address = STORY_SCHEME + marks.uri_of(address.removeprefix(STORY_SCHEME))
        elif not address.startswith(("https://", "http://", "mailto:", "/")):
            raise SampleError(f"a link to {address!r} leads nowhere: use https:, mailto: or story:")
        return f'<a href="{escape(address)}">{inline(match["words"], marks)}</a>'
    if match["bold"]:
        return f"<b>{inline(match['bold'], marks)}</b>"
    return f"<i>{inline(match['italic'], marks)}</i>"


def _pieces(text: str) -> Iterator[str]:
    for piece in re.split(r"\n\s*\n", text.strip()):
        if piece.strip():
            yield piece.strip()


def _plain_blocks(text: str, marks: Marks) -> Iterator[Block]:
    for piece in _pieces(text):
        yield from _block(piece, marks)


def _block(piece: str, marks: Marks) -> Iterator[Block]:
    if piece.startswith("#"):
        yield Heading(piece.lstrip("# "))
    elif piece.startswith(">"):
        yield _quotation(piece)
    elif match := _PICTURE.fullmatch(piece):
        picture = marks.picture_of(match[1])
        if picture:
            yield PictureInText(picture, " ".join(match[2].split()))
    elif match := _MARK.match(piece):
        yield from _special(match[1], match[2].strip(), piece.split("\n")[1:], marks)
    elif _ITEM.match(piece):
        yield ListInText(_list(piece, marks))
    elif piece.startswith(("[", "|", "!")) and not _INLINE.match(piece):
        raise SampleError(f"a mark nobody knows: {piece[:40]!r}")
    else:
        yield Paragraph(inline(piece, marks))


def _special(kind: str, title: str, lines: list[str], marks: Marks) -> Iterator[Block]:
    match kind:
        case "gallery":
            found = [match for line in lines if (match := _GALLERY_ITEM.fullmatch(line.strip()))]
            if len(found) != len(lines):
                raise SampleError(f"a line of the gallery {title!r} is not “- picture: caption”")
            shown = [(marks.picture_of(match[1]), match[2]) for match in found]
            pictures = tuple(PictureInText(each, caption) for each, caption in shown if each)
            if pictures:
                yield GalleryInText(title, pictures)
        case "table":
            rows = [
                tuple(cell.strip() for cell in line.strip().strip("|").split("|")) for line in lines
            ]
            yield Table(title, rows[0], tuple(rows[1:]))
        case "embed":
            address, _, words = title.partition("|")
            yield Embed(address.strip(), words.strip())
        case "related":
            yield Related(marks.uri_of(title))
        case _:
            raise SampleError(f"the box {title!r} has no [/box]")


def _quotation(piece: str) -> Quotation:
    lines = [line.lstrip("> ").strip() for line in piece.split("\n")]
    said = [line for line in lines if not line.startswith("—")]
    by = next((line.lstrip("— ") for line in lines if line.startswith("—")), "")
    speaker, _, role = by.partition(", ")
    return Quotation(" ".join(said), speaker, role.replace("*", ""))


def _list(piece: str, marks: Marks) -> str:
    tag = "ul" if piece.startswith("-") else "ol"
    items: list[str] = []
    for line in piece.split("\n"):
        if match := _ITEM.match(line.strip()):
            items.append(match[1])
        else:
            items[-1] += f" {line.strip()}"
    return f"<{tag}>{''.join(f'<li>{inline(each, marks)}</li>' for each in items)}</{tag}>"


def _box(text: str, marks: Marks) -> Box:
    first, _, rest = text.strip().removesuffix("[/box]").partition("\n")
    return Box(first.removeprefix("[box]").strip(), html_of(rest, marks))


def _html(piece: str, marks: Marks) -> str:
    if piece.startswith("#"):
        tag = "h3" if piece.startswith("###") else "h2"
        return f"<{tag}>{inline(piece.lstrip('# '), marks)}</{tag}>"
    if _ITEM.match(piece):
        return _list(piece, marks)
    return f"<p>{inline(piece, marks)}</p>"
