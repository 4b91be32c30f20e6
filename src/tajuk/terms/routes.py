"""Every public path of the paper, read: which kind of page it asks for. Pure; asks no database.

A path that is no public one is `Elsewhere`. What each kind of route shows, and that none of it leaks, is
registered in `tajuk.site.surfaces`.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Protocol

from tajuk.terms import addresses
from tajuk.terms.ids import GalleryId, StoryId
from tajuk.terms.language import Language


@dataclass(frozen=True, slots=True)
class FrontRoute:
    """`/` or `/<section>`."""

    language: Language
    section: str = ""


@dataclass(frozen=True, slots=True)
class StoryRoute:
    """`/<section>/<yyyy>/<mm>/<dd>/<id>/<slug>`; only the id counts."""

    language: Language
    story_id: StoryId


class ListKind(Enum):
    """What a list lists."""

    LATEST = "latest"
    SECTION = "section"
    TOPIC = "topic"
    AUTHOR = "author"


@dataclass(frozen=True, slots=True)
class ListRoute:
    """`/latest`, `/topic/<slug>`, `/author/<slug>`; each and `/<section>` continued by `/before/<id>`."""

    language: Language
    kind: ListKind
    slug: str = ""
    before: StoryId | None = None


@dataclass(frozen=True, slots=True)
class PhotosRoute:
    """`/photo`, continued by `/before/<id>`."""

    language: Language
    before: GalleryId | None = None


@dataclass(frozen=True, slots=True)
class GalleryRoute:
    """`/photo/<id>/<slug>`; only the id counts."""

    language: Language
    gallery_id: GalleryId


@dataclass(frozen=True, slots=True)
class EditionRoute:
    """`/epaper` (the newest) or `/epaper/<yyyy-mm-dd>`."""

    language: Language
    day: date | None


@dataclass(frozen=True, slots=True)
class EditionCodeRoute:
    """`/epaper/<yyyy-mm-dd>/qr.svg`."""

    language: Language
    day: date


@dataclass(frozen=True, slots=True)
class HousePageRoute:
    """`/about` and its like."""

    language: Language
    slug: str


@dataclass(frozen=True, slots=True)
class FeedRoute:
    """`/feeds/latest.xml`, `/feeds/section/<slug>.xml`, `/feeds/topic/<slug>.xml`."""

    language: Language
    kind: ListKind
    slug: str = ""


@dataclass(frozen=True, slots=True)
class SitemapRoute:
    """`/sitemap.xml`, `/sitemap-news.xml`, `/sitemap-pages.xml`, `/sitemap-<yyyy>-<mm>.xml`, numbered or not."""

    name: str
    month: date | None = None


@dataclass(frozen=True, slots=True)
class RobotsRoute:
    """`/robots.txt`."""


@dataclass(frozen=True, slots=True)
class ManifestRoute:
    """`/manifest.webmanifest`."""

    language: Language


@dataclass(frozen=True, slots=True)
class IconRoute:
    """`/favicon.ico`."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """No address of the paper's own scheme: an old one, or a mistake."""

    language: Language


Route = (
    FrontRoute | StoryRoute | ListRoute | PhotosRoute | GalleryRoute | EditionRoute | EditionCodeRoute
    | HousePageRoute | FeedRoute | SitemapRoute | RobotsRoute | ManifestRoute | IconRoute | Elsewhere
)  # fmt: skip

_HOUSE_PAGES = ("about", "contact", "guidelines", "corrections", "privacy", "terms")
_SLUG = r"(?P<slug>[A-Za-z0-9_-]+)"
_BEFORE = r"(?:/before/(?P<before>\d{1,18}))?"
_STORY = re.compile(
    r"/[A-Za-z0-9_-]+/(?P<year>\d{4})/(?P<month>\d{2})/\d{2}/(?P<id>\d{1,18})(?:/[^/]*)?"
)
_LIST = re.compile(rf"/(?:latest|(?P<kind>topic|author)/{_SLUG}){_BEFORE}")
_SECTION = re.compile(rf"/{_SLUG}{_BEFORE}")
_PHOTOS = re.compile(rf"/photo{_BEFORE}")
_GALLERY = re.compile(r"/photo/(?P<id>\d{1,18})(?:/[^/]*)?")
_EDITION = re.compile(r"/epaper(?:/(?P<day>\d{4}-\d{2}-\d{2})(?P<code>/qr\.svg)?)?")
_FEED = re.compile(rf"/feeds/(?:latest|(?P<kind>section|topic)/{_SLUG})\.xml")
_SITEMAP = re.compile(
    r"/sitemap(?:-(?P<name>news|pages|(?P<year>\d{4})-(?P<month>\d{2}))(?:-\d{1,4})?)?\.xml"
)


class Editions(Protocol):
    """What has editions: the paper's settings, or the newsstand that serves them."""

    @property
    def first_language(self) -> Language:
        """The one without a prefix."""

    @property
    def second_language(self) -> Language | None:
        """The one with a prefix, if there are two."""


def language_of(path: str, paper: Editions) -> tuple[Language, str]:
    """The edition a path belongs to, and the path within that edition."""
    second = paper.second_language
    if second is not None:
        ahead = addresses.prefix(second, first=paper.first_language)
        if path == ahead or path.startswith(f"{ahead}/"):
            return second, path[len(ahead) :] or "/"
    return paper.first_language, path


def route_of(path: str, paper: Editions) -> Route:
    """What a path asks for. A last slash is passed over: `/maritim/` asks for `/maritim`."""
    whole = path.rstrip("/") or "/"
    language, within = language_of(whole, paper)
    if language is paper.first_language and (machine := _for_machines(whole)):
        return machine
    return _for_readers(within, language)


def month_of(path: str, paper: Editions) -> date | None:
    """The first of the month in which the story at this path was first published, as its address says; None if the
    path is no story's.
    """
    found = _STORY.fullmatch(language_of(path, paper)[1])
    return _day(f"{found['year']}-{found['month']}-01") if found else None


def _for_machines(path: str) -> Route | None:
    if path == "/robots.txt":
        return RobotsRoute()
    if path == "/favicon.ico":
        return IconRoute()
    if found := _SITEMAP.fullmatch(path):
        if found["year"] is None:
            return SitemapRoute(found["name"] or "index")
        month = _day(f"{found['year']}-{found['month']}-01")
        return SitemapRoute("month", month) if month else None
    return None


def _for_readers(path: str, language: Language) -> Route:
    if path == "/":
        return FrontRoute(language)
    if path[1:] in _HOUSE_PAGES:
        return HousePageRoute(language, path[1:])
    if path == addresses.manifest():
        return ManifestRoute(language)
    if found := _STORY.fullmatch(path):
        return StoryRoute(language, StoryId(int(found["id"])))
    if found := _LIST.fullmatch(path):
        kind = ListKind(found["kind"]) if found["kind"] else ListKind.LATEST
        return ListRoute(language, kind, found["slug"] or "", _before(found))
    if found := _PHOTOS.fullmatch(path):
        before = _before(found)
        return PhotosRoute(language, GalleryId(before) if before is not None else None)
    if found := _GALLERY.fullmatch(path):
        return GalleryRoute(language, GalleryId(int(found["id"])))
    if found := _EDITION.fullmatch(path):
        return _edition(found, language)
    if found := _FEED.fullmatch(path):
        kind = ListKind(found["kind"]) if found["kind"] else ListKind.LATEST
        return FeedRoute(language, kind, found["slug"] or "")
    found = _SECTION.fullmatch(path)
    if found and found["slug"] not in addresses.FIRST_WORDS:
        before = _before(found)
        if before is None:
            return FrontRoute(language, found["slug"])
        return ListRoute(language, ListKind.SECTION, found["slug"], before)
    return Elsewhere(language)


def _edition(found: re.Match[str], language: Language) -> Route:
    if not found["day"]:
        return EditionRoute(language, None)
    day = _day(found["day"])
    if day is None:
        return Elsewhere(language)
    return EditionCodeRoute(language, day) if found["code"] else EditionRoute(language, day)


def _before(found: re.Match[str]) -> StoryId | None:
    return StoryId(int(found["before"])) if found["before"] else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
