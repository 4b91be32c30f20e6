"""The press's answers to what happened in the paper: which pages a message changes, pressed in one run each.

Every function may be called twice and out of order. A run writes one batch, so readers see all of a change or
none of it; the pages that show a story are known from the surrogate keys of what is pressed. Where a change is on
so many pages that they go out in several runs, the function is a generator that yields between them: what is newer
may go first.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings

from tajuk.channels import queries as channels
from tajuk.channels.queries import Feed, feed_href
from tajuk.contracts.caches import path_key
from tajuk.discovery import queries as discovery
from tajuk.newsroom import queries as newsroom
from tajuk.newsroom.types import StoryFacts, TopicLine
from tajuk.pictures import queries as pictures
from tajuk.press import keys
from tajuk.press.page import document
from tajuk.press.pages.story import RELATED
from tajuk.press.run import Run
from tajuk.press.whole import add_feeds, add_news_sitemaps, run_paths, steps
from tajuk.store import PageStore
from tajuk.terms import addresses
from tajuk.terms.ids import GalleryId, PersonId, SectionId, StoryId, TopicId
from tajuk.terms.language import Language
from tajuk.terms.paper import Paper
from tajuk.terms.routes import (
    FeedRoute,
    FrontRoute,
    ListKind,
    ListRoute,
    StoryRoute,
    language_of,
    month_of,
    route_of,
)

MOST_AT_ONCE = 40
"""So many pages that show a changed story go out with it; the others follow in runs of their own."""
OF_THE_REST = 100
"""So many pages a run presses that something newer may have to wait for."""
ON_FIRST_PAGES = 25
"""The first page of every list shows more than so many stories."""


def press_stories(
    store: PageStore, story_ids: Iterable[int], *, now: datetime, was_at: Collection[str] = ()
) -> Iterator[None]:
    """Stories as they stand now, published, changed, killed or away, on their pages and on every page they are on.

    One story goes out whole: its page and what goes with it in one batch. Of several, all their own pages go out
    first, so that none waits for the fronts, then the fronts, lists, feeds and sitemaps once for all of them.
    `was_at` are addresses they had that nothing else knows, after a deletion.
    """
    ids = [StoryId(each) for each in dict.fromkeys(story_ids)]
    pressed: set[str] = set()
    if len(ids) > 1:
        for some in steps([*_own_paths(store, ids), *was_at]):
            pressed |= _press_some(store, some, now=now)
    run = Run(store, now=now)
    with run.reading():
        own = [*_own_paths(store, ids), *was_at]
        languages = _languages(ids, own, run.paper)
        lists = list(dict.fromkeys(_lists_of(run, ids, languages)))
        shown_on = [path for each in ids for path in store.paths_with(keys.story(each))]
        feeds = _feeds_of(run, languages, (*lists, *shown_on))
        pressed.update(feed_href(each) for each in feeds)  # together, after their lists
        together = dict.fromkeys((*own, *lists))
        others: list[str] = []
        if len(ids) == 1:
            others = [
                each for each in dict.fromkeys(_others(run, ids, shown_on)) if each not in pressed
            ]
            together.update(dict.fromkeys(others[:MOST_AT_ONCE]))
        run_paths(run, [each for each in together if each not in pressed])
        _freshen(run, languages)
        run.commit()
        add_feeds(run, feeds)
        _add_sitemaps_of(run, ids, was_at)
        run.commit()
    pressed |= together.keys()
    if len(ids) > 1:
        yield
        run = Run(store, now=now)
        with run.reading():
            others = list(dict.fromkeys(_others(run, ids, shown_on)))
    for some in steps([each for each in others if each not in pressed], OF_THE_REST):
        yield
        _press_some(store, some, now=now)


def _press_some(store: PageStore, paths: Iterable[str], *, now: datetime) -> set[str]:
    """These paths in a run of their own; which were written."""
    run = Run(store, now=now)
    with run.reading():
        run_paths(run, paths)
        written = run.paths()
        run.commit()
    return written


def _others(run: Run, ids: Iterable[StoryId], shown_on: Iterable[str]) -> Iterator[str]:
    """What shows these stories, or should, besides their own pages, the fronts and the first pages of lists."""
    told = run.stories(ids)
    yield from _translations(told)
    yield from _beside(run, told)
    yield from _further(run, told)
    yield from shown_on


def press_imported(
    store: PageStore, story_ids: Collection[int], *, now: datetime
) -> Iterator[None]:
    """Many stories that arrived at once: their pages, then, once, the fronts, lists and sitemaps they are on."""
    for some in steps(story_ids, OF_THE_REST):
        run = Run(store, now=now)
        with run.reading():
            run.add_stories(some)
            run.commit()
        yield
    run = Run(store, now=now)
    with run.reading():
        paths: dict[str, None] = {}
        languages: set[Language] = set()
        for some in steps(story_ids):
            of_some = newsroom.languages_of(some)
            paths.update(dict.fromkeys(_lists_of(run, some, of_some)))
            languages |= of_some
        further = {path for each in paths for path in store.paths(_before(each))}
        _freshen(run, languages)
        rest = _press_first(run, [*paths, *sorted(further)])
        _add_sitemaps_of(run, story_ids)
        run.add_paths(["/sitemap-pages.xml"])
        run.commit()
    yield from _press_rest(store, rest, now=now)


def _own_paths(store: PageStore, ids: Iterable[StoryId]) -> list[str]:
    """Where these stories stand, stood, or are pressed."""
    paths: dict[str, None] = {}
    for some in steps(ids):
        paths.update(dict.fromkeys(newsroom.paths_of(some)))
        for each in some:
            paths.update(dict.fromkeys(store.paths_with(keys.page_of_story(each))))
    return list(paths)


def _freshen(run: Run, languages: Iterable[Language]) -> None:
    """What many pages share of these editions and shows stories."""
    for language in languages:
        run.freshen(language)


def _add_sitemaps_of(run: Run, story_ids: Iterable[int], was_at: Iterable[str] = ()) -> None:
    """The sitemaps that name these stories, or stories that stood at these addresses; the index too, when one comes that
    was not there.
    """
    months = {month for some in steps(story_ids) for month in newsroom.months_of(some)}
    months |= {month for path in was_at if (month := month_of(path, run.paper))}
    made = [each for month in sorted(months) for each in channels.month_sitemaps(month)]
    made += channels.news_sitemaps(now=run.now)
    for each in made:
        run.add(document(each.path, each.mime, each.content, keys.document("sitemap")))
    if not all(run.store.plan(each) for each in ("/sitemap.xml", *(each.path for each in made))):
        run.add_paths(["/sitemap.xml"])


def press_front(
    store: PageStore, section_id: SectionId | None, language: Language, *, now: datetime
) -> None:
    """A front that editors arranged anew, and the recommendations, which follow the home front."""
    run = Run(store, now=now)
    stock = run.stock(language)
    if section_id is None:
        run.add_paths([stock.site.home])
        run.freshen(language)
    elif section_id in stock.tree.by_id:
        run.add_paths([stock.tree.by_id[section_id].href])
    run.commit()


def press_section(
    store: PageStore, section_id: SectionId, *, now: datetime, old_slug: str = ""
) -> Iterator[None]:
    """A section that was added, renamed, moved or removed: the navigation, its pages, its stories and whatever shows
    them, since their teasers name it and their addresses begin with it. What stood under any slug it had leads there.
    """
    run = Run(store, now=now)
    slugs = [*([old_slug] if old_slug else []), *newsroom.old_slugs_of_section(section_id)]
    paths: list[str] = []
    told: set[StoryId] = set()
    for language in run.paper.languages:
        tree = run.stock(language).tree
        run.add_shared(language)
        run.not_here(language)
        paths += [run.stock(language).site.home, *(each.href for each in tree)]
        if section_id in tree.by_id:
            slugs.append(tree.by_id[section_id].slug)
            ahead = addresses.prefix(language, first=run.paper.first_language)
            run.add_paths(ahead + addresses.front(each) for each in slugs)
    for slug in dict.fromkeys(slugs):
        of_section = store.paths_with(keys.section(slug))
        told |= _stories_at(of_section, run.paper)
        paths += of_section
        for language in run.paper.languages:
            ahead = addresses.prefix(language, first=run.paper.first_language)
            paths += list(store.paths(f"{ahead}/{slug}/"))
            paths += [f"{ahead}/{slug}", f"{ahead}{addresses.feed(f'section/{slug}')}"]
    shown_on = dict.fromkeys(path for each in told for path in store.paths_with(keys.story(each)))
    _add_sitemaps_of(run, told)
    return _press_in_steps(run, [*paths, *shown_on, "/sitemap-pages.xml"])


def _stories_at(paths: Iterable[str], paper: Paper) -> set[StoryId]:
    """The stories whose own pages stand at these paths."""
    routes = (route_of(each, paper) for each in paths)
    return {each.story_id for each in routes if isinstance(each, StoryRoute)}


def press_topic(
    store: PageStore, topic_id: TopicId, *, now: datetime, old_slug: str = ""
) -> Iterator[None]:
    """A topic that was added, renamed or removed: its pages, where they stood before, and every story that names it."""
    run = Run(store, now=now)
    hrefs: dict[Language, str] = {}
    old = [*([old_slug] if old_slug else []), *newsroom.old_slugs_of_topic(topic_id)]
    slugs = [*old]
    for language in run.paper.languages:
        line = newsroom.topics([topic_id], language).get(topic_id)
        if line:
            hrefs[language] = line.href
            slugs.append(line.slug)
        else:
            run.add_no_picks(topic_id, language)
    feeds = [addresses.feed(f"topic/{slug}") for slug in slugs]
    was_at = [addresses.topic(each) for each in old]
    return _press_named(run, hrefs, was_at, [keys.topic(each) for each in slugs], feeds)


def press_person(
    store: PageStore, person_id: PersonId, *, now: datetime, old_slug: str = ""
) -> Iterator[None]:
    """A person whose name, portrait or profile changed: the profile, and every story they wrote."""
    run = Run(store, now=now)
    hrefs: dict[Language, str] = {}
    old = [*([old_slug] if old_slug else []), *newsroom.old_slugs_of_person(person_id)]
    slugs = [*old]
    for language in run.paper.languages:
        facts = newsroom.people([person_id], language).get(person_id)
        if facts:
            hrefs[language] = facts.href
            slugs.append(facts.slug)
    was_at = [addresses.author(each) for each in old]
    return _press_named(run, hrefs, was_at, [keys.author(each) for each in slugs], [])


def _press_named(
    run: Run, hrefs: Mapping[Language, str], was_at: Collection[str], surrogate_keys: Iterable[str],
    feeds: Collection[str],
) -> Iterator[None]:  # fmt: skip
    """What carries one of these keys, and what stands by now where it was before and what moved with it."""
    paths = [path for key in surrogate_keys for path in run.store.paths_with(key)]
    for language in run.paper.languages:
        ahead = addresses.prefix(language, first=run.paper.first_language)
        run.freshen(language)
        paths += [ahead + each for each in feeds]
        if language in hrefs:
            paths.append(hrefs[language])
        run.add_paths(ahead + each for each in was_at)
        # Further pages that moved before carry no key: they lead where the list was then.
        paths += [each for old in was_at for each in run.store.paths(ahead + _before(old))]
    return _press_in_steps(run, [*paths, "/sitemap-pages.xml"])


def press_gallery(store: PageStore, gallery_id: GalleryId, *, now: datetime) -> Iterator[None]:
    """A gallery, the photo index, and the places that show the newest galleries."""
    run = Run(store, now=now)
    facts = pictures.gallery(gallery_id)
    paths = store.paths_with(keys.gallery(gallery_id))
    if facts:
        paths += [facts.line.href, *([facts.translation.href] if facts.translation else [])]
    for language in run.paper.languages:
        site = run.stock(language).site
        paths += [site.home, run.stock(language).photos_link.href]
        run.freshen(language)
    return _press_in_steps(run, [*paths, "/sitemap-pages.xml"])


def press_picture(store: PageStore, picture_id: int, *, now: datetime) -> Iterator[None]:
    """Every story and gallery that shows a picture, and every page that shows their teasers."""
    run = Run(store, now=now)
    paths: list[str] = []
    for story_id in newsroom.stories_with_picture(picture_id):
        paths += store.paths_with(keys.story(story_id))
    for gallery_id in pictures.galleries_with(picture_id):
        paths += store.paths_with(keys.gallery(gallery_id))
    for language in run.paper.languages:
        run.freshen(language)
        run.add_placements(language)
    return _press_in_steps(run, paths)


def forget_files(store: PageStore, paths: Iterable[str]) -> None:
    """Caches in front are to forget the files that stood at these paths."""
    is_told: bool = bool(settings.PAPER.purge_urls)
    with store.batch(store.next_run(), for_caches=is_told) as batch:
        for each in paths:
            batch.forget(path_key(each))


def press_house_page(
    store: PageStore, slug: str, language: Language, *, now: datetime
) -> Iterator[None]:
    """A house page, and the foot of every page, which names them."""
    run = Run(store, now=now)
    run.add_shared(language)
    path = addresses.prefix(language, first=run.paper.first_language) + addresses.house_page(slug)
    return _press_in_steps(run, [path, "/sitemap-pages.xml"])


def press_advertising(store: PageStore, *, now: datetime) -> None:
    """What stands in the placements, and the tails of stories, which have some."""
    run = Run(store, now=now)
    for language in run.paper.languages:
        run.add_placements(language)
        run.add_tails(language)
    run.commit()


def press_wall(store: PageStore, *, now: datetime) -> None:
    """The policy of the wall, and the notices of the meter."""
    run = Run(store, now=now)
    run.add_wall()
    for language in run.paper.languages:
        run.add_meter(language)
    run.commit()


def press_day(store: PageStore, *, now: datetime) -> None:
    """What changes with the hour and the day: the date, topics that cool down, placements that run out, fronts
    that placed stories leave, news that is news no longer.
    """
    run = Run(store, now=now)
    for language in run.paper.languages:
        run.add_accounts(language)
        run.add_placements(language)
        run.freshen(language)
        stock = run.stock(language)
        run.add_paths([stock.site.home, *(each.href for each in stock.tree)])
    add_news_sitemaps(run)
    run.add_paths(["/sitemap.xml"])
    run.commit()


def _languages(
    story_ids: Collection[StoryId], was_at: Iterable[str], paper: Paper
) -> set[Language]:
    """The editions of these stories: by their rows, or after a deletion by their addresses."""
    by_rows = newsroom.languages_of(story_ids)
    return by_rows | {language_of(path, paper)[0] for path in was_at}


def _lists_of(
    run: Run, story_ids: Collection[int], languages: Collection[Language]
) -> Iterator[str]:
    """The fronts and first pages of lists these stories belong on, whether or not they are there yet."""
    sections, topics, people = newsroom.lists_of(story_ids)
    for language in languages:
        stock = run.stock(language)
        yield stock.site.home
        yield stock.prefix + addresses.latest()
        above = {
            each
            for section in sections
            if section in stock.tree.by_id
            for each in stock.tree.above(section)
        }
        yield from (stock.tree.by_id[each].href for each in above)
        yield from (each.href for each in newsroom.topics(topics, language).values())
        yield from (each.href for each in newsroom.people(people, language).values())
        if stock.epaper:
            yield stock.epaper.href
        yield stock.prefix + addresses.house_page("corrections")


def _translations(told: Mapping[StoryId, StoryFacts]) -> Iterator[str]:
    """The pages of their translations, which name them."""
    for each in told.values():
        if each.translation:
            yield each.translation.href


def _beside(run: Run, told: Mapping[StoryId, StoryFacts]) -> Iterator[str]:
    """The pages of the stories that are related to these, which may now show them."""
    for language in run.paper.languages:
        stories = [each for each in told.values() if each.teaser.language is language]
        if stories:
            stock = run.stock(language)
            beside = discovery.related(stories, stock.shelf, at_most=RELATED * 2, leave_out={})
            near = dict.fromkeys(other for row in beside.values() for other in row)
            yield from (each.href for each in stock.facts_in_order(near))


def _further(run: Run, told: Mapping[StoryId, StoryFacts]) -> Iterator[str]:
    """Pressed further pages of their lists on which stories of an earlier day may now stand."""
    for story in told.values():
        # The newest of the edition are on the first page of whatever they are on.
        if story.story_id not in run.stock(story.teaser.language).shelf.latest(ON_FIRST_PAGES):
            yield from _where_it_stands(run, story)


def _where_it_stands(run: Run, story: StoryFacts) -> Iterator[str]:
    """The pressed further pages that show its neighbours in a list, or begin after one: it is on one of them, if on any."""
    for href, narrowed in _its_lists(run, story):
        further = _before(href)
        if next(run.store.paths(further), None) is None:
            continue
        for neighbour in newsroom.beside_in_list(story.teaser, **narrowed):
            shown_on = run.store.paths_with(keys.story(neighbour))
            yield from (each for each in shown_on if each.startswith(further))
            if run.store.plan(addresses.older(href, neighbour)):
                yield addresses.older(href, neighbour)


def _its_lists(run: Run, story: StoryFacts) -> Iterator[tuple[str, dict[str, Any]]]:
    """The lists a story is on: each one's path, and what narrows it down."""
    stock = run.stock(story.teaser.language)
    yield stock.prefix + addresses.latest(), {}
    sections = {story.teaser.section.section_id, *story.other_sections}
    for each in {above for section in sections for above in stock.tree.above(section)}:
        yield stock.tree.by_id[each].href, {"sections": stock.tree.below(each)}
    for topic in story.topics:
        yield topic.href, {"topic_id": topic.topic_id}
    for person in story.people:
        yield person.href, {"person_id": person.person_id}


def _before(href: str) -> str:
    """What the paths of a list's further pages begin with."""
    return f"{href.rstrip('/')}/before/"


def _feeds_of(run: Run, languages: Collection[Language], paths: Iterable[str]) -> list[Feed]:
    """The feeds at these paths, and of the lists at them: what is on a feed is on the first page of its list."""
    feeds: dict[Feed, None] = {Feed(language): None for language in languages}
    topics: dict[Language, set[str]] = {}
    for path in paths:
        match route_of(path, run.paper):
            case FrontRoute(language, slug) | FeedRoute(language, ListKind.SECTION, slug) if slug:
                section = run.stock(language).tree.with_slug(slug)
                if section:
                    feeds[Feed(language, section)] = None
            case ListRoute(language, ListKind.TOPIC, slug, None) | FeedRoute(
                language, ListKind.TOPIC, slug
            ):
                topics.setdefault(language, set()).add(slug)
            case FeedRoute(language):
                feeds[Feed(language)] = None
            case _:
                pass
    for language, slugs in topics.items():
        lines: Iterable[TopicLine] = newsroom.topics_with_slugs(slugs, language)
        feeds.update(dict.fromkeys(Feed(language, each) for each in lines))
    return list(feeds)


def _press_in_steps(run: Run, paths: Iterable[str]) -> Iterator[None]:
    """These paths, and the feeds of the lists among them: the first with what the run holds already."""
    with run.reading():
        rest = _press_first(run, paths)
    yield from _press_rest(run.store, rest, now=run.now)


def _press_first(run: Run, paths: Iterable[str]) -> list[str]:
    """The first of these paths with what the run holds already, and then the feeds among and of all; what is left."""
    every = dict.fromkeys(paths)
    feeds = _feeds_of(run, run.paper.languages, every)
    done = {*run.paths(), *(feed_href(each) for each in feeds)}
    rest = [each for each in every if each not in done]
    run_paths(run, rest[:OF_THE_REST])
    run.commit()
    add_feeds(run, feeds)
    run.commit()
    return rest[OF_THE_REST:]


def _press_rest(store: PageStore, paths: Iterable[str], *, now: datetime) -> Iterator[None]:
    """These paths in runs of their own, each of which reads anew."""
    for some in steps(paths, OF_THE_REST):
        yield
        _press_some(store, some, now=now)
