"""What the paper has at a path that isn't pressed: told from the store, without waking Django.

When everything is pressed (the press says so with a mark), what the store doesn't hold is one of three: an address
whose id is known and whose rest is wrong or old (a redirect), a page that is only pressed when asked for (further
pages of a list, the edition of a day, a topic's feed), or nothing. While something was committed that the press has
not had yet, the store's own "nothing" is not believed: a new story is never hidden.
"""

from dataclasses import dataclass
from typing import assert_never

from tajuk.contracts.pages import WHOLE, page_of_gallery, page_of_story, published_on
from tajuk.store import Snapshot
from tajuk.terms import addresses
from tajuk.terms.language import Language
from tajuk.terms.routes import (
    EditionCodeRoute,
    EditionRoute,
    Editions,
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
    SitemapRoute,
    StoryRoute,
    language_of,
    route_of,
)


@dataclass(frozen=True, slots=True)
class Moved:
    """It stands at this path, for good."""

    path: str


@dataclass(frozen=True, slots=True)
class AskTheDesk:
    """The desk may know it."""


@dataclass(frozen=True, slots=True)
class NotHere:
    """Nothing stands here, in this edition."""

    language: Language


Found = Moved | AskTheDesk | NotHere


def look_up(snapshot: Snapshot, path: str, editions: Editions) -> Found:
    """What to do about a path of which the store gives no page."""
    if not snapshot.mark(WHOLE) or snapshot.has_news:
        return AskTheDesk()
    if snapshot.stored_plan(path) is not None:
        # A page stood here that can't be made any more: the press makes it anew.
        return AskTheDesk()
    language, _ = language_of(path, editions)
    ahead = addresses.prefix(language, first=editions.first_language)

    def stands(within: str) -> bool:
        plan = snapshot.plan(ahead + within)
        return plan is not None and plan.status == 200  # noqa: PLR2004

    match route_of(path, editions):
        case StoryRoute(_, story_id):
            return _moved(snapshot.path_with(page_of_story(story_id)), language)
        case GalleryRoute(_, gallery_id):
            return _moved(snapshot.path_with(page_of_gallery(gallery_id)), language)
        case ListRoute(_, kind, slug, before) if before is not None:
            is_known = snapshot.path_with(page_of_story(before)) is not None
            moved = _moved_to(snapshot, ahead + _list(kind, slug)) if is_known else ""
            if moved:
                return Moved(addresses.older(moved, before))
            return _asked(language, if_=is_known and stands(_list(kind, slug)))
        case PhotosRoute(_, before) if before is not None:
            return _asked(language, if_=snapshot.path_with(page_of_gallery(before)) is not None)
        case EditionRoute(_, day) | EditionCodeRoute(_, day):
            on_the_day = published_on(language.value, day) if day else ""
            return _asked(language, if_=not day or snapshot.path_with(on_the_day) is not None)
        case FeedRoute(_, kind, slug):
            return _asked(language, if_=stands(_list(kind, slug)))
        case (
            FrontRoute() | ListRoute() | PhotosRoute() | HousePageRoute() | ManifestRoute()
            | SitemapRoute() | RobotsRoute() | IconRoute() | Elsewhere()
        ):  # fmt: skip
            return NotHere(language)
        case route:
            assert_never(route)


def _moved_to(snapshot: Snapshot, path: str) -> str:
    """Where the store says that a path has moved; nothing if it has not."""
    plan = snapshot.plan(path)
    return dict(plan.headers).get("location", "") if plan is not None else ""


def _moved(path: str | None, language: Language) -> Found:
    return Moved(path) if path is not None else NotHere(language)


def _asked(language: Language, *, if_: bool) -> Found:
    return AskTheDesk() if if_ else NotHere(language)


def _list(kind: ListKind, slug: str) -> str:
    match kind:
        case ListKind.LATEST:
            return addresses.latest()
        case ListKind.SECTION:
            return addresses.front(slug)
        case ListKind.TOPIC:
            return addresses.topic(slug)
        case ListKind.AUTHOR:
            return addresses.author(slug)
        case _:
            assert_never(kind)
