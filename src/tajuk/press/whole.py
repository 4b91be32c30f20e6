"""Pressing much at once: all lists, many stories, or everything there is."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Protocol, TypeVar

from tajuk.channels import queries as channels
from tajuk.channels.queries import Feed
from tajuk.newsroom import queries as newsroom
from tajuk.pictures import queries as pictures
from tajuk.press import keys
from tajuk.press.page import document, feed_document
from tajuk.press.run import Run
from tajuk.store import PageStore
from tajuk.terms import addresses
from tajuk.terms.ids import StoryId
from tajuk.terms.routes import StoryRoute, route_of

AT_ONCE = 250

_Each = TypeVar("_Each")


class Progress(Protocol):
    """How a long run tells how far it is."""

    def __call__(self, done: int, of: int) -> None:
        """`done` of `of` stories are pressed."""


def press_all(
    store: PageStore, *, now: datetime, made_from: str, progress: Progress | None = None
) -> int:
    """All of `pressing_all`; how many pages that was."""
    return sum(pressing_all(store, now=now, made_from=made_from, progress=progress))


def pressing_all(
    store: PageStore,
    *,
    now: datetime,
    made_from: str,
    identity: bytes | None = None,
    progress: Progress | None = None,
) -> Iterator[int]:
    """Everything anew: every story, every list, every document, and whatever else stands in the store.

    Yields how many pages each step was; whoever asks for no more leaves it at that. Each step has a run of its own, so what changes meanwhile isn't overwritten. At the end
    the store is marked as whole, pressed with `made_from`, if it is still the one of that `identity`, or the one it
    was at the beginning.
    """
    identity = identity or store.identity()
    # First what every page stands on: how pages are compressed follows from it.
    run = Run(store, now=now)
    for language in run.paper.languages:
        run.add_shared(language)
    yield run.commit()
    total = newsroom.how_many()
    done = 0
    hrefs: set[str] = set()
    for some in newsroom.story_ids(step=AT_ONCE):
        run = Run(store, now=now)
        run.add_stories(some)
        hrefs.update(run.paths())
        yield run.commit()
        done += len(some)
        if progress:
            progress(done, total)
    run = Run(store, now=now)
    for some in newsroom.gone_ids(step=AT_ONCE):
        known = [path for each in some for path in store.paths_with(keys.page_of_story(each))]
        run_paths(run, (*newsroom.paths_of(some), *known))
        hrefs.update(run.paths())
        yield run.commit()
    for path in pressing_lists(run):
        hrefs.update(path)
        yield run.commit()
    for month in newsroom.every_month():
        for made in channels.month_sitemaps(month):
            run.add(document(made.path, made.mime, made.content, keys.document("sitemap")))
        hrefs.update(run.paths())
        yield run.commit()
    rest = (path for path in store.paths("/") if path not in hrefs)
    for some_paths in steps(rest):
        run = Run(store, now=now)
        run_paths(run, some_paths)
        yield run.commit()
    Run(store, now=now).mark_whole(made_from, only_in=identity)


def run_paths(run: Run, paths: Iterable[str]) -> None:
    """Presses what stands at these paths; stories together, which is many times cheaper than one by one."""
    stories: dict[StoryId, str] = {}
    others: list[str] = []
    for path in dict.fromkeys(paths):
        route = route_of(path, run.paper)
        if isinstance(route, StoryRoute) and route.story_id not in stories:
            stories[route.story_id] = path
        else:
            others.append(path)
    run.add_stories(stories)
    # What is not at its own address any more, or not a story any more, is looked up one by one.
    run.add_paths([*stories.values(), *others])


def add_news_sitemaps(run: Run) -> None:
    """The news sitemap; a further file that is needed no longer stays, empty."""
    made = channels.news_sitemaps(now=run.now)
    for each in made:
        run.add(document(each.path, each.mime, each.content, keys.document("sitemap")))


def add_feeds(run: Run, feeds: Collection[Feed]) -> None:
    """These feeds."""
    for made in channels.feeds(list(feeds), now=run.now, read=run.stories):
        run.add(feed_document(made))


def pressing_lists(run: Run) -> Iterator[set[str]]:
    """Adds every list of every edition to a run, some at a time; yields the paths, for a commit after each."""
    for language in run.paper.languages:
        stock = run.stock(language)
        run.add_shared(language)
        run.add_placements(language)
        run.not_here(language)
        ahead = stock.prefix
        fronts = [stock.site.home, *(each.href for each in stock.tree)]
        lists = [ahead + addresses.latest(), stock.photos_link.href, ahead + addresses.manifest()]
        house = [ahead + addresses.house_page(each.slug) for each in newsroom.house_pages(language)]
        run.add_paths([*fronts, *lists, *house, *([stock.epaper.href] if stock.epaper else [])])
        add_feeds(run, [Feed(language), *(Feed(language, each) for each in stock.tree)])
        yield run.paths()
        galleries = [each.href for each in pictures.every_gallery(language)]
        people = [each.href for each in newsroom.every_person(language)]
        topics = [each.href for each in newsroom.every_topic(language)]
        for some in steps([*galleries, *people, *topics, *newsroom.old_addresses(language)]):
            run.add_paths(some)
            yield run.paths()
    add_news_sitemaps(run)
    run.add_paths(["/sitemap.xml", "/sitemap-pages.xml", "/robots.txt", "/favicon.ico"])
    yield run.paths()


def steps(things: Iterable[_Each], size: int = AT_ONCE) -> Iterator[list[_Each]]:
    """The things, so many at once as one batch takes."""
    rest = iter(things)
    while some := list(islice(rest, size)):
        yield some
