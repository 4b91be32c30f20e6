"""A story's text in plain HTML, as feed readers want it: no classes, absolute addresses."""

import re
from collections.abc import Iterable, Mapping
from html import escape
from typing import assert_never

from tajuk.newsroom.rules.body import (
    Block,
    Box,
    Embed,
    GalleryInText,
    Heading,
    ListInText,
    Paragraph,
    PictureInText,
    Quotation,
    RelatedInText,
    Table,
)
from tajuk.pictures.types import Crop, PictureFacts
from tajuk.terms.ids import PictureId

_OWN_ADDRESS = re.compile(r'(\b(?:href|src)=")/(?!/)')

Pictures = Mapping[PictureId, PictureFacts]


def html_of(blocks: Iterable[Block], pictures: Pictures, *, origin: str) -> str:
    """These blocks as HTML that stands by itself anywhere."""
    return "".join(_html(block, pictures, origin) for block in blocks)


def figure(picture: PictureFacts, caption: str, origin: str) -> str:
    """A picture with its caption and credit."""
    file = picture.cuts[Crop.WHOLE].jpeg
    said = " ".join(part for part in (caption or picture.caption, _credit(picture)) if part)
    under = f"<figcaption>{escape(said)}</figcaption>" if said else ""
    return (
        f'<figure><img src="{escape(absolute(file.url, origin))}" width="{file.width}" height="{file.height}"'
        f' alt="{escape(picture.alt)}">{under}</figure>'
    )


def absolute(address: str, origin: str) -> str:
    """An address of the site with its origin; others as they are (media may stand on a host of its own)."""
    return origin + address if address.startswith("/") and not address.startswith("//") else address


def _credit(picture: PictureFacts) -> str:
    return f"({picture.credit})" if picture.credit else ""


def _html(block: Block, pictures: Pictures, origin: str) -> str:
    match block:
        case Paragraph(html):
            return f"<p>{_absolute_links(html, origin)}</p>"
        case Heading(text):
            return f"<h2>{escape(text)}</h2>"
        case Quotation(text, speaker, role):
            who = ", ".join(part for part in (speaker, role) if part)
            cite = f"<footer>{escape(who)}</footer>" if who else ""
            return f"<blockquote><p>{escape(text)}</p>{cite}</blockquote>"
        case PictureInText(picture_id, caption):
            return figure(pictures[picture_id], caption, origin) if picture_id in pictures else ""
        case GalleryInText(headline, shown):
            title = f"<h3>{escape(headline)}</h3>" if headline else ""
            return title + "".join(_html(each, pictures, origin) for each in shown)
        case ListInText(html):
            return _absolute_links(html, origin)
        case Table():
            return _table(block)
        case Embed(url, title):
            return f'<p><a href="{escape(url)}">{escape(title)}</a></p>'
        case RelatedInText(_, href, headline):
            return f'<p><a href="{escape(absolute(href, origin))}">{escape(headline)}</a></p>'
        case Box(headline, html):
            title = f"<h3>{escape(headline)}</h3>" if headline else ""
            return f"<aside>{title}{_absolute_links(html, origin)}</aside>"
        case _:
            assert_never(block)


def _table(table: Table) -> str:
    caption = f"<caption>{escape(table.caption)}</caption>" if table.caption else ""
    head = "".join(f"<th>{escape(cell)}</th>" for cell in table.head)
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in table.rows
    )
    return f"<table>{caption}{f'<thead><tr>{head}</tr></thead>' if head else ''}<tbody>{rows}</tbody></table>"


def _absolute_links(html: str, origin: str) -> str:
    return _OWN_ADDRESS.sub(rf"\g<1>{origin}/", html)
