"""The press's answers to what happened in the paper: which pages a message changes, pressed in one run each.

Every function may be called twice and out of order. A run writes one batch, so readers see all of a change or
none of it; the pages that show a story are known from the surrogate keys of what is pressed.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime

from tajuk.channels import queries as channels
from tajuk.channels.queries import Feed
from tajuk.discovery import queries as discovery
from tajuk.newsroom import queries as newsroom
from tajuk.newsroom.types import StoryFacts, TopicLine
from tajuk.pictures import queries as pictures
from tajuk.press import keys
from tajuk.press.page import document, redirect
from tajuk.press.pages.story import RELATED
from tajuk.press.run import Run
from tajuk.press.whole import add_feeds, add_news_sitemaps, run_paths, steps
from tajuk.store import PageStore
from tajuk.terms import addresses
from tajuk.terms.ids import GalleryId, PersonId, SectionId, StoryId, TopicId
from tajuk.terms.language import Language
from tajuk.terms.paper import Paper
from tajuk.terms.routes import FrontRoute, ListKind, ListRoute, language_of, route_of

MOST_AT_ONCE = 60
"""So many pages that show a changed story go out with it; the others follow in batches of their own."""


def press_story(
    store: PageStore, story_id: StoryId, *, now: datetime, was_at: Collection[str] = ()
) -> None:
    """A story as it stands now, published, changed, killed or away, on its page and on every page it is on.

    `was_at` are addresses it had that nothing else knows, after a deletion.
    """
    run = Run(store, now=now)
    shown_on = [*store.paths_with(keys.story(story_id)), *was_at]
    told = newsroom.story(story_id)
    languages = {told.teaser.language} if told else _languages(shown_on, story_id, run.paper)
    own = [*store.paths_with(keys.page_of_story(story_id)), *newsroom.old_paths(story_id)]
    if href := newsroom.own_path(story_id):
        own.append(href)
    lists = list(dict.fromkeys(_lists_of(run, [story_id], languages)))
    paths = dict.fromkeys([*own, *lists])
    if told:
        further = _further(store, told, run, lists)
        translation = [told.translation.href] if told.translation else []
        paths.update(dict.fromkeys([*translation, *_beside(run, told), *further]))
    paths.update(dict.fromkeys(shown_on))
    at_once, later = list(paths)[:MOST_AT_ONCE], list(paths)[MOST_AT_ONCE:]
    run_paths(run, at_once)
    for language in languages:
        run.add_shared(language, run.fresh_names(language))
    run.commit()
    add_feeds(run, _feeds_of(run, languages, paths))
    run.commit()
    for some in steps(later):
        run_paths(run, some)
        run.commit()


def press_imported(store: PageStore, story_ids: Collection[int], *, now: datetime) -> None:
    """Many stories that arrived at once: their pages, then the fronts and lists they are on."""
    for some in steps([StoryId(each) for each in story_ids]):
        run = Run(store, now=now)
        run.add_stories(some)
        run.commit()
    run = Run(store, now=now)
    languages = newsroom.languages_of(story_ids)
    paths = list(dict.fromkeys(_lists_of(run, story_ids, languages)))
    further = {path for each in paths for path in store.paths(f"{each.rstrip('/')}/before/")}
    for language in languages:
        run.add_shared(language, run.fresh_names(language))
    _press_in_steps(run, [*paths, *sorted(further)])


def press_sitemaps_of(store: PageStore, story_ids: Collection[int], *, now: datetime) -> None:
    """The sitemaps that name these stories, and the index."""
    run = Run(store, now=now)
    months = newsroom.months_of(story_ids)
    for month in sorted(months):
        for made in channels.month_sitemaps(month):
            run.add(document(made.path, made.mime, made.content, keys.document("sitemap")))
    add_news_sitemaps(run)
    run.add_paths(["/sitemap.xml", "/sitemap-pages.xml"])
    run.commit()


def press_front(
    store: PageStore, section_id: SectionId | None, language: Language, *, now: datetime
) -> None:
    """A front that editors arranged anew, and the recommendations, which follow the home front."""
    run = Run(store, now=now)
    stock = run.stock(language)
    if section_id is None:
        run.add_paths([stock.site.home])
        run.add_shared(language, {"aside"})
    elif section_id in stock.tree.by_id:
        run.add_paths([stock.tree.by_id[section_id].href])
    run.commit()


def press_section(
    store: PageStore, section_id: SectionId, *, now: datetime, old_slug: str = ""
) -> None:
    """A section that was added, renamed, moved or removed: the navigation, its pages, its stories."""
    run = Run(store, now=now)
    slugs = [old_slug] if old_slug else []
    paths: list[str] = []
    for language in run.paper.languages:
        tree = run.stock(language).tree
        run.add_shared(language)
        paths += [run.stock(language).site.home, *(each.href for each in tree)]
        if section_id in tree.by_id:
            slugs.append(tree.by_id[section_id].slug)
    for slug in slugs:
        paths += store.paths_with(keys.section(slug))
        for language in run.paper.languages:
            ahead = addresses.prefix(language, first=run.paper.first_language)
            paths += list(store.paths(f"{ahead}/{slug}/"))
            paths += [f"{ahead}/{slug}", f"{ahead}{addresses.feed(f'section/{slug}')}"]
    _press_in_steps(run, [*paths, "/sitemap-pages.xml"])


def press_topic(store: PageStore, topic_id: TopicId, *, now: datetime, old_slug: str = "") -> None:
    """A topic that was added, renamed or removed: its pages, and every story that names it."""
    run = Run(store, now=now)
    hrefs: dict[Language, str] = {}
    slugs = [old_slug] if old_slug else []
    for language in run.paper.languages:
        line = newsroom.topics([topic_id], language).get(topic_id)
        if line:
            hrefs[language] = line.href
            slugs.append(line.slug)
    old = addresses.topic(old_slug) if old_slug else ""
    feeds = [addresses.feed(f"topic/{slug}") for slug in slugs]
    _press_named(run, hrefs, old, [keys.topic(each) for each in slugs], feeds)


def press_person(
    store: PageStore, person_id: PersonId, *, now: datetime, old_slug: str = ""
) -> None:
    """A person whose name, portrait or profile changed: the profile, and every story they wrote."""
    run = Run(store, now=now)
    hrefs: dict[Language, str] = {}
    slugs = [old_slug] if old_slug else []
    for language in run.paper.languages:
        facts = newsroom.people([person_id], language).get(person_id)
        if facts:
            hrefs[language] = facts.href
            slugs.append(facts.slug)
    old = addresses.author(old_slug) if old_slug else ""
    _press_named(run, hrefs, old, [keys.author(each) for each in slugs], [])


def _press_named(
    run: Run, hrefs: Mapping[Language, str], old: str, surrogate_keys: Iterable[str], feeds: Collection[str]
) -> None:  # fmt: skip
    """What carries one of these keys; the old path leads to the new one, or to nothing after a removal."""
    paths = [path for key in surrogate_keys for path in run.store.paths_with(key)]
    for language in run.paper.languages:
        ahead = addresses.prefix(language, first=run.paper.first_language)
        run.add_shared(language, run.fresh_names(language))
        paths += [ahead + each for each in feeds]
        if language in hrefs:
            paths.append(hrefs[language])
        if old and ahead + old != hrefs.get(language):
            if language in hrefs:
                run.add(redirect(ahead + old, hrefs[language]))
            else:
                run.add_absence(ahead + old, language)
    _press_in_steps(run, [*paths, "/sitemap-pages.xml"])


def press_gallery(store: PageStore, gallery_id: GalleryId, *, now: datetime) -> None:
    """A gallery, the photo index, and the places that show the newest galleries."""
    run = Run(store, now=now)
    facts = pictures.gallery(gallery_id)
    paths = store.paths_with(keys.gallery(gallery_id))
    if facts:
        paths += [facts.line.href, *([facts.translation.href] if facts.translation else [])]
    for language in run.paper.languages:
        site = run.stock(language).site
        paths += [site.home, run.stock(language).photos_link.href]
        run.add_shared(language, {"aside"})
    _press_in_steps(run, [*paths, "/sitemap-pages.xml"])


def press_picture(store: PageStore, picture_id: int, *, now: datetime) -> None:
    """Every story and gallery that shows a picture, and every page that shows their teasers."""
    run = Run(store, now=now)
    paths: list[str] = []
    for story_id in newsroom.stories_with_picture(picture_id):
        paths += store.paths_with(keys.story(story_id))
    for gallery_id in pictures.galleries_with(picture_id):
        paths += store.paths_with(keys.gallery(gallery_id))
    for language in run.paper.languages:
        run.add_shared(language, {"aside"})
        run.add_placements(language)
    _press_in_steps(run, paths)


def press_house_page(store: PageStore, slug: str, language: Language, *, now: datetime) -> None:
    """A house page, and the foot of every page, which names them."""
    run = Run(store, now=now)
    run.add_shared(language)
    run.add_account(language)
    path = addresses.prefix(language, first=run.paper.first_language) + addresses.house_page(slug)
    _press_in_steps(run, [path, "/sitemap-pages.xml"])


def press_advertising(store: PageStore, *, now: datetime) -> None:
    """What stands in the placements."""
    run = Run(store, now=now)
    for language in run.paper.languages:
        run.add_placements(language)
    run.commit()


def press_day(store: PageStore, *, now: datetime) -> None:
    """What changes with the hour and the day: the date, topics that cool down, placements that run out, fronts
    that placed stories leave, news that is news no longer.
    """
    run = Run(store, now=now)
    for language in run.paper.languages:
        run.add_account(language)
        run.add_placements(language)
        run.add_shared(language, run.fresh_names(language))
        stock = run.stock(language)
        run.add_paths([stock.site.home, *(each.href for each in stock.tree)])
    add_news_sitemaps(run)
    run.add_paths(["/sitemap.xml"])
    run.commit()


def _languages(paths: Iterable[str], story_id: StoryId, paper: Paper) -> set[Language]:
    """The editions of a story that is no longer published: by its row, or after a deletion by its addresses."""
    found = newsroom.languages_of([story_id])
    return found or {language_of(path, paper)[0] for path in paths}


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


def _beside(run: Run, told: StoryFacts) -> Iterator[str]:
    """The pages of the stories that are related to this one, which may now show it."""
    stock = run.stock(told.teaser.language)
    beside = discovery.related([told], stock.shelf, at_most=RELATED * 2, leave_out={})
    yield from (each.href for each in stock.facts_in_order(beside[told.story_id]))


def _further(store: PageStore, told: StoryFacts, run: Run, lists: Collection[str]) -> Iterator[str]:
    """Pressed further pages of its lists, where a story of an earlier day may stand: it is rarely one."""
    newest = run.stock(told.teaser.language).latest_facts
    if told.story_id not in {each.story_id for each in newest}:
        for each in lists:
            yield from store.paths(f"{each.rstrip('/')}/before/")


def _feeds_of(run: Run, languages: Collection[Language], paths: Iterable[str]) -> list[Feed]:
    """The feeds of the lists at these paths: what is on a feed is on the first page of its list."""
    feeds: dict[Feed, None] = {Feed(language): None for language in languages}
    topics: dict[Language, set[str]] = {}
    for path in paths:
        match route_of(path, run.paper):
            case FrontRoute(language, slug) if slug:
                section = run.stock(language).tree.with_slug(slug)
                if section:
                    feeds[Feed(language, section)] = None
            case ListRoute(language, ListKind.TOPIC, slug, None):
                topics.setdefault(language, set()).add(slug)
            case _:
                pass
    for language, slugs in topics.items():
        lines: Iterable[TopicLine] = newsroom.topics_with_slugs(slugs, language)
        feeds.update(dict.fromkeys(Feed(language, each) for each in lines))
    return list(feeds)


def _press_in_steps(run: Run, paths: Iterable[str]) -> None:
    """These paths, and the feeds of the lists among them."""
    every = list(dict.fromkeys(paths))
    add_feeds(run, _feeds_of(run, run.paper.languages, every))
    for some in steps(every):
        run_paths(run, some)
        run.commit()
    run.commit()
