"""Every page of the dress with invented contexts, and what tests ask of HTML."""

import sys
from datetime import datetime
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element
from zoneinfo import ZoneInfo

import html5lib

from tajuk.terms.language import Language

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"
NOW = datetime(2024, 11, 13, 14, 40, tzinfo=ZoneInfo("Asia/Jakarta"))


@cache
def pages(language: Language) -> dict[str, str]:
    """Name → document, as `scripts/show_dress.py` writes them."""
    if str(SCRIPTS) not in sys.path:
        sys.path.append(str(SCRIPTS))
    from dress_contexts import pages as invented

    return invented(language, now=NOW)


def cases() -> list[tuple[Language, str]]:
    """(language, page) of every page there is."""
    names = (
        "home", "section", "story", "gated", "latest", "topic", "author", "gallery", "photos", "edition",
        "house", "search", "search-none", "missing", "withdrawn",
    )  # fmt: skip
    return [(language, name) for language in Language for name in names]


def tree(page: str) -> Element:
    """The document as strictly parsed HTML; a mistake in it is a ParseError."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(page)


def text_of(element: Element) -> str:
    """All words in an element."""
    return " ".join("".join(element.itertext()).split())
