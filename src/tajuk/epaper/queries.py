"""The edition of a day, and the code that opens it on a phone."""

from datetime import date
from io import BytesIO

import segno

from tajuk.epaper.types import Edition
from tajuk.newsroom import queries as newsroom
from tajuk.newsroom.types import TeaserFacts
from tajuk.terms.ids import SectionId
from tajuk.terms.language import Language

__all__ = ["Edition", "edition", "latest_day", "qr_code"]


def edition(day: date, language: Language) -> Edition | None:
    """The edition of a day, or None when nothing was published. Seven queries."""
    stories = newsroom.in_order(newsroom.of_day(day, language), language)
    if not stories:
        return None
    by_section: dict[SectionId, list[TeaserFacts]] = {}
    for each in stories:
        by_section.setdefault(each.section.section_id, []).append(each)
    previous, following = newsroom.days_beside(day, language)
    tree = newsroom.sections(language)
    rows = ((section, tuple(by_section.get(section.section_id, ()))) for section in tree)
    return Edition(day, tuple(row for row in rows if row[1]), previous, following)


def latest_day(language: Language) -> date | None:
    """The day of the newest edition. One query."""
    return newsroom.latest_day(language)


def qr_code(address: str) -> bytes:
    """A QR code of an absolute address as an SVG, as wide as its box; dark on white in any dress."""
    svg = BytesIO()
    segno.make(address, error="m", micro=False).save(
        svg, kind="svg", xmldecl=False, nl=False, omitsize=True, border=2, dark="#000", light="#fff",
        svgclass=None, lineclass=None,
    )  # fmt: skip
    return svg.getvalue()
