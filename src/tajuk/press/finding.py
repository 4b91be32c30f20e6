"""What stands at a path, written: any page, feed or sitemap; or where it has moved; or that nothing is there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import assert_never

from django.conf import settings
from django.contrib.staticfiles import finders

from tajuk.channels import queries as channels
from tajuk.channels.queries import Document, Feed
from tajuk.epaper import queries as epaper
from tajuk.newsroom import queries as newsroom
from tajuk.newsroom.types import (
    Away,
    Killed,
    Live,
    PersonFacts,
    SectionLine,
    TopicLine,
    Unknown,
)
from tajuk.pictures import queries as pictures
from tajuk.press import dress, keys
from tajuk.press.page import Page, Written, document, feed_document, written
from tajuk.press.pages.fronts import home_front, section_front
from tajuk.press.pages.lists import author_page, latest_page, section_page, topic_page
from tajuk.press.pages.photos import gallery_page, photo_index
from tajuk.press.pages.plain import edition_page, house_page, withdrawn
from tajuk.press.pages.story import story_pages
from tajuk.press.stock import Stock
from tajuk.terms import addresses
from tajuk.terms.language import Language
from tajuk.terms.paper import Paper
from tajuk.terms.routes import (
    EditionCodeRoute,
    EditionRoute,
    Elsewhere,
    FeedRoute,
    FrontRoute,
    GalleryRoute,
    HousePageRoute,
    IconRoute,
    ListKind,
    ListRoute,
    ManifestRoute,
    PhotosRoute,
    RobotsRoute,
    Route,
    SitemapRoute,
    StoryRoute,
    route_of,
)


@dataclass(frozen=True, slots=True)
class Moved:
    """It stands at another path: for good, or, as the newest edition does, for now."""

    location: str
    is_for_good: bool = True


@dataclass(frozen=True, slots=True)
class Nothing:
    """Nothing that readers may know of stands here."""

    language: Language


Stocks = Callable[[Language], Stock]
Here = Written | Moved | Nothing


def what_stands_at(path: str, stocks: Stocks) -> Here:
    """What a reader who asks for this path is to be given, as the tables are now."""
    paper: Paper = settings.PAPER
    route = route_of(path, paper)
    found = _at(route, path, stocks)
    if isinstance(found, Nothing):
        renamed = _renamed(route)
        return Moved(renamed) if renamed else _at_old_path(path, found)
    if isinstance(found, Written) and found.path != path:
        is_newest = isinstance(route, EditionRoute) and route.day is None
        return Moved(found.path, is_for_good=not is_newest)
    return found


def _at(route: Route, path: str, stocks: Stocks) -> Here:
    match route:
        case SitemapRoute() | RobotsRoute() | IconRoute():
            return _for_machines(route, path, stocks)
        case FeedRoute():
            feed = _feed(route)
            if feed is None:
                return Nothing(route.language)
            (made,) = channels.feeds([feed], now=stocks(route.language).now)
            return feed_document(made)
        case ManifestRoute(language):
            stock = stocks(language)
            with stock.speaking():
                text = dress.manifest(stock.site)
            where = stock.prefix + addresses.manifest()
            return document(where, "application/manifest+json", text.encode())
        case EditionCodeRoute():
            return _edition_code(route, stocks(route.language))
        case StoryRoute():
            return _story(route, stocks)
        case Elsewhere(language):
            return Nothing(language)
        case _:
            stock = stocks(route.language)
            with stock.speaking():
                page = _page(route, stock)
                return written(page) if page is not None else Nothing(route.language)


def _page(
    route: FrontRoute | ListRoute | PhotosRoute | GalleryRoute | EditionRoute | HousePageRoute, stock: Stock
) -> Page | None:  # fmt: skip
    match route:
        case FrontRoute(_, ""):
            return home_front(stock)
        case FrontRoute(_, slug):
            section = stock.tree.with_slug(slug)
            return section_front(section, stock) if section else None
        case ListRoute():
            return _list(route, stock)
        case PhotosRoute(_, before):
            return photo_index(stock, before)
        case GalleryRoute(_, gallery_id):
            gallery = pictures.gallery(gallery_id)
            if gallery is None or gallery.line.language is not stock.language:
                return None
            return gallery_page(gallery, stock)
        case EditionRoute(language, day):
            return _edition(day or epaper.latest_day(language), stock)
        case HousePageRoute(language, slug):
            facts = newsroom.house_page(slug, language)
            return house_page(facts, stock) if facts else None
        case _:
            assert_never(route)


def _list(route: ListRoute, stock: Stock) -> Page | None:
    match route.kind:
        case ListKind.LATEST:
            return latest_page(stock, route.before)
        case ListKind.SECTION:
            section = stock.tree.with_slug(route.slug)
            if section is None or route.before is None:
                return None
            return section_page(section, stock, route.before)
        case ListKind.TOPIC:
            topic = newsroom.topic(route.slug, stock.language)
            return topic_page(topic, stock, route.before) if topic else None
        case ListKind.AUTHOR:
            person = newsroom.person(route.slug, stock.language)
            return author_page(person, stock, route.before) if person else None
        case _:
            assert_never(route.kind)


def _edition(day: date | None, stock: Stock) -> Page | None:
    found = epaper.edition(day, stock.language) if day else None
    return edition_page(found, stock) if found else None


def _edition_code(route: EditionCodeRoute, stock: Stock) -> Here:
    told = newsroom.of_day(route.day, stock.language)
    if not told:
        return Nothing(route.language)
    # While the day's first story stands, the day has an edition; when it goes, this is looked at again.
    return document(
        stock.prefix + addresses.edition_code(route.day),
        "image/svg+xml",
        epaper.qr_code(stock.paper.address + stock.prefix + addresses.edition(route.day)),
        keys.edition(stock.language),
        keys.story(told[-1]),
    )


def _story(route: StoryRoute, stocks: Stocks) -> Here:
    fate = newsroom.fate(route.story_id)
    match fate:
        case Live(_, language):
            stock = stocks(language)
            story = newsroom.story(route.story_id)
            if story is None:  # withdrawn between the two reads
                return Nothing(route.language)
            with stock.speaking():
                (page,) = story_pages([story], stock)
                return written(page)
        case Killed(language=language):
            stock = stocks(language)
            with stock.speaking():
                return written(withdrawn(fate, route.story_id, stock))
        case Away() | Unknown():
            return Nothing(route.language)
        case _:
            assert_never(fate)


def _feed(route: FeedRoute) -> Feed | None:
    of: SectionLine | TopicLine | None = None
    match route.kind:
        case ListKind.SECTION:
            of = newsroom.sections(route.language).with_slug(route.slug)
        case ListKind.TOPIC:
            of = newsroom.topic(route.slug, route.language)
        case ListKind.LATEST | ListKind.AUTHOR:
            return Feed(route.language)
    return Feed(route.language, of) if of else None


def _for_machines(route: SitemapRoute | RobotsRoute | IconRoute, path: str, stocks: Stocks) -> Here:
    match route:
        case RobotsRoute():
            return _document(channels.robots())
        case IconRoute():
            file = finders.find("dress/favicon.ico")
            assert isinstance(file, str), "the dress has its icon"
            return document("/favicon.ico", "image/x-icon", Path(file).read_bytes())
        case SitemapRoute(name, month):
            first = settings.PAPER.first_language
            made = _sitemaps(name, month, stocks(first))
            found = [each for each in made if each.path == path]
            key = keys.document("sitemap")
            return _document(found[0], key) if found else Nothing(first)


def _sitemaps(name: str, month: date | None, stock: Stock) -> tuple[Document, ...]:
    if month is not None:
        return channels.month_sitemaps(month)
    if name == "news":
        return channels.news_sitemaps(now=stock.now)
    if name == "pages":
        return channels.pages_sitemaps()
    return (channels.sitemap_index(now=stock.now),)


def _document(made: Document, *surrogate_keys: str) -> Written:
    return document(made.path, made.mime, made.content, *surrogate_keys)


def _renamed(route: Route) -> str:
    """Where a front, list or feed stands since its section, topic or person was renamed; nothing if none was."""
    match route:
        case FrontRoute(language, slug) if slug:
            section = newsroom.section_once_called(slug, language)
            return section.href if section else ""
        case ListRoute(language, kind, slug, before) if slug:
            named = _once_called(kind, slug, language)
            if named is None:
                return ""
            return named.href if before is None else addresses.older(named.href, before)
        case FeedRoute(language, kind, slug) if slug:
            named = _once_called(kind, slug, language)
            ahead = addresses.prefix(language, first=settings.PAPER.first_language)
            return ahead + addresses.feed(f"{kind.value}/{named.slug}") if named else ""
        case _:
            return ""


def _once_called(
    kind: ListKind, slug: str, language: Language
) -> SectionLine | TopicLine | PersonFacts | None:
    match kind:
        case ListKind.SECTION:
            return newsroom.section_once_called(slug, language)
        case ListKind.TOPIC:
            return newsroom.topic_once_called(slug, language)
        case ListKind.AUTHOR:
            return newsroom.person_once_called(slug, language)
        case ListKind.LATEST:
            return None
        case _:
            assert_never(kind)


def _at_old_path(path: str, nothing: Nothing) -> Here:
    story_id = newsroom.story_at_old_path(path)
    if story_id is None:
        return nothing
    match newsroom.fate(story_id):
        case Live(href=href) | Killed(href=href):
            return Moved(href) if href != path else nothing
        case _:
            return nothing
