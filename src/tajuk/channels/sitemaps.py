"""Sitemaps: one of the last two days for news, one a month for everything, and an index of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TypeVar
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

from tajuk.channels.types import Document
from tajuk.channels.xml import child, written
from tajuk.terms.language import Language

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
MOST_NEWS = 1_000
MOST_ADDRESSES = 50_000
_Each = TypeVar("_Each")
MIME = "application/xml; charset=utf-8"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'

ET.register_namespace("", SITEMAP)
ET.register_namespace("news", NEWS)


@dataclass(frozen=True, slots=True)
class Entry:
    """An address of the site. `href` is absolute."""

    href: str
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NewsEntry:
    """A story of the last two days. `href` is absolute."""

    href: str
    language: Language
    published_at: datetime
    headline: str


def news(entries: Iterable[NewsEntry], *, paper: str) -> tuple[Document, ...]:
    """The news sitemap, in as many files as it takes; empty it is one file with nothing in it."""
    return tuple(
        Document(numbered("/sitemap-news", place), MIME, written(_news(some, paper)))
        for place, some in enumerate(_in_files(entries, MOST_NEWS), start=1)
    )


def addresses(name: str, entries: Iterable[Entry]) -> tuple[Document, ...]:
    """A sitemap of ordinary addresses, in as many files as it takes."""
    return tuple(
        Document(numbered(f"/sitemap-{name}", place), MIME, _addresses(some))
        for place, some in enumerate(_in_files(entries, MOST_ADDRESSES), start=1)
    )


def index(files: Iterable[Entry]) -> Document:
    """The index: every file of every sitemap."""
    rows = "".join(f"<sitemap>{_place(each)}</sitemap>" for each in files)
    text = f'{_HEAD}<sitemapindex xmlns="{SITEMAP}">{rows}</sitemapindex>'
    return Document("/sitemap.xml", MIME, text.encode())


def numbered(name: str, place: int) -> str:
    """The path of the first, second … file of a sitemap."""
    return f"{name}.xml" if place == 1 else f"{name}-{place}.xml"


def _in_files(entries: Iterable[_Each], size: int) -> Iterator[list[_Each]]:
    rest = iter(entries)
    some = list(islice(rest, size))
    yield some
    while some := list(islice(rest, size)):
        yield some


def _news(entries: Iterable[NewsEntry], paper: str) -> ET.Element:
    root = ET.Element(f"{{{SITEMAP}}}urlset")
    for each in entries:
        url = child(root, f"{{{SITEMAP}}}url")
        child(url, f"{{{SITEMAP}}}loc", each.href)
        story = child(url, f"{{{NEWS}}}news")
        publication = child(story, f"{{{NEWS}}}publication")
        child(publication, f"{{{NEWS}}}name", paper)
        child(publication, f"{{{NEWS}}}language", each.language.value)
        child(story, f"{{{NEWS}}}publication_date", each.published_at.isoformat(timespec="seconds"))
        child(story, f"{{{NEWS}}}title", each.headline)
    return root


def _addresses(entries: Iterable[Entry]) -> bytes:
    """Written out: a month may hold tens of thousands, and a tree of them takes many times longer."""
    rows = "".join(f"<url>{_place(each)}</url>" for each in entries)
    return f'{_HEAD}<urlset xmlns="{SITEMAP}">{rows}</urlset>'.encode()


def _place(entry: Entry) -> str:
    changed = entry.changed_at.isoformat(timespec="seconds") if entry.changed_at else ""
    return f"<loc>{escape(entry.href)}</loc>" + (f"<lastmod>{changed}</lastmod>" if changed else "")
