"""Pages of their own kind: the day's edition, house pages, search, and what is said where nothing stands."""

import re

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from tajuk.channels import structured_data
from tajuk.discovery.types import Found
from tajuk.epaper.types import Edition
from tajuk.newsroom import queries as newsroom
from tajuk.newsroom.types import HousePageFacts, Killed
from tajuk.press import dress, keys, typesetting
from tajuk.press.contexts import (
    BlockList,
    CorrectionView,
    EditionView,
    GoneView,
    HeadView,
    HousePageView,
    Link,
    SearchView,
)
from tajuk.press.dress import DressPart
from tajuk.press.page import Page
from tajuk.press.stock import Stock, script
from tajuk.terms import addresses

CORRECTIONS_SHOWN = 50
_BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')
_NOT_INDEXED = "noindex"


def edition_page(edition: Edition, stock: Stock) -> Page:
    """The edition of a day."""
    path = stock.prefix + addresses.edition(edition.day)
    rows = tuple(
        BlockList("section", section.name, stock.teasers(stories), Link(section.name, section.href))
        for section, stories in edition.sections
    )
    beside = (
        stock.prefix + addresses.edition(day) if day else ""
        for day in (edition.previous, edition.following)
    )
    view = EditionView(edition.day, rows, *beside)
    name = _("The edition of %(day)s") % {"day": edition.day.isoformat()}
    head = _head(path, name, "", stock, mirrored="")
    told = (keys.story(each.story_id) for _, stories in edition.sections for each in stories)
    return Page(
        path,
        stock.language,
        dress.edition_parts(stock.site, head, view),
        (keys.edition(stock.language), *told),
    )


def house_page(facts: HousePageFacts, stock: Stock) -> Page:
    """About, contact and their like; on the corrections page, the latest corrections."""
    within = addresses.house_page(facts.slug)
    path = stock.prefix + within
    zone = stock.paper.time_zone
    corrected: tuple[tuple[Link, CorrectionView], ...] = ()
    told: tuple[str, ...] = ()
    if facts.slug == "corrections":
        found = newsroom.latest_corrections(stock.language, at_most=CORRECTIONS_SHOWN)
        told = tuple(keys.story(each.story.story_id) for each in found)
        corrected = tuple(
            (
                Link(each.story.headline, each.story.href),
                CorrectionView(each.correction.note, each.correction.posted_at.astimezone(zone)),
            )
            for each in found
        )
    view = HousePageView(
        slug=facts.slug,
        headline=facts.headline,
        standfirst=facts.standfirst,
        body=mark_safe(_BLOCK_KEY.sub("", facts.body)),  # noqa: S308  cleaned by Wagtail's editor
        updated_at=facts.updated_at.astimezone(zone),
        corrected=corrected,
    )
    others = (each for each in stock.paper.languages if each is not stock.language)
    has_mirror = any(newsroom.house_page(facts.slug, each) for each in others)
    mirrored = within if has_mirror else ""
    head = _head(path, facts.headline, facts.standfirst, stock, mirrored=mirrored)
    parts = dress.house_page_parts(stock.site, head, view)
    return Page(path, stock.language, parts, (keys.house_page(facts.slug), *dict.fromkeys(told)))


def not_here(stock: Stock) -> Page:
    """The 404 page of an edition; it stands under a name of its own and is answered at any path.

    It carries no surrogate keys, as it stands at too many paths: all of them are made of its one set of fragments, and
    those are made anew with whatever else shows the latest.
    """
    with stock.speaking():  # it is made when another edition's pages are, too
        view = GoneView(404, latest=_latest(stock))
        return _gone(keys.not_here(stock.language), view, stock, ())


def withdrawn(story: Killed, story_id: int, stock: Stock) -> Page:
    """The page of a killed story: that it was withdrawn, why, and when."""
    view = GoneView(
        410,
        headline=story.headline,
        reason=story.reason,
        gone_at=story.killed_at.astimezone(stock.paper.time_zone),
        latest=_latest(stock),
    )
    shown = dict.fromkeys((story_id, *(each.story_id for each in stock.latest_facts)))
    surrogate_keys = (keys.page_of_story(story_id), *(keys.story(each) for each in shown))
    return _gone(story.href, view, stock, surrogate_keys)


def search_parts(
    question: str, found: Found, stock: Stock, *, newer: str, older: str
) -> tuple[DressPart, ...]:
    """Search and its answers; never stored."""
    view = SearchView(
        question,
        stock.teasers(found.teasers),
        stock.prefix + addresses.latest(),
        older=older,
        newer=newer,
    )
    path = stock.prefix + addresses.search()
    head = _head(path, _("Search"), "", stock, mirrored=addresses.search(), robots=_NOT_INDEXED)
    return dress.search_parts(stock.site, head, view)


def _gone(path: str, view: GoneView, stock: Stock, surrogate_keys: tuple[str, ...]) -> Page:
    name = _("Withdrawn") if view.status == 410 else _("Not found")  # noqa: PLR2004  said by name beside it
    head = HeadView(
        title=typesetting.title_of(name, stock.paper.name),
        description=name,
        canonical="",
        alternates=(),
        og_type="website",
        og_picture=None,
        json_ld=(),
        robots=_NOT_INDEXED,
        edition_switch=stock.other_edition("/"),
    )
    return Page(
        path,
        stock.language,
        dress.gone_parts(stock.site, head, view),
        surrogate_keys,
        status=view.status,
    )


def _latest(stock: Stock) -> BlockList:
    return stock.latest_list(stock.teasers(stock.latest_facts))


def _head(
    path: str, name: str, description: str, stock: Stock, *, mirrored: str,
    robots: str = "max-image-preview:large",
) -> HeadView:  # fmt: skip
    way = [(stock.paper.name, stock.site.home), (name, path)]
    return HeadView(
        title=typesetting.title_of(name, stock.paper.name),
        description=description or f"{name}, {stock.paper.name}",
        canonical=stock.paper.address + path,
        alternates=stock.mirrored(mirrored) if mirrored else (),
        og_type="website",
        og_picture=None,
        json_ld=(stock.organization, script(structured_data.breadcrumbs(way, stock.paper))),
        robots=robots,
        edition_switch=stock.other_edition(mirrored or "/"),
    )
