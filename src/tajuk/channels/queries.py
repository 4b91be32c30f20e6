"""Feeds, sitemaps and robots.txt as documents, each at its path. Nothing here knows a reader."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import chain

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from tajuk.channels import feeds as rss
from tajuk.channels import sitemaps
from tajuk.channels.sitemaps import Entry, NewsEntry
from tajuk.channels.types import Document, Feed
from tajuk.newsroom import queries as newsroom
from tajuk.newsroom.rules.body import GalleryInText, PictureInText
from tajuk.newsroom.rules.public import open_part
from tajuk.newsroom.types import SectionLine, StoryFacts, Stretch, TopicLine
from tajuk.pictures import queries as pictures
from tajuk.terms import addresses
from tajuk.terms.ids import PictureId, StoryId
from tajuk.terms.paper import Paper

__all__ = [
    "Document", "Feed", "feed_href", "feeds", "month_sitemaps", "news_sitemaps", "pages_sitemaps", "robots",
    "sitemap_index",
]  # fmt: skip

IN_A_FEED = 25
NEWS_FOR = timedelta(days=2)
_RSS_MIME = "application/rss+xml; charset=utf-8"


def feed_href(feed: Feed) -> str:
    """Where a feed stands."""
    match feed.of:
        case None:
            name = "latest"
        case SectionLine(slug=slug):
            name = f"section/{slug}"
        case TopicLine(slug=slug):
            name = f"topic/{slug}"
    return addresses.prefix(feed.language, first=_paper().first_language) + addresses.feed(name)


def feeds(
    wanted: Sequence[Feed], *, now: datetime, read: Callable[[Iterable[int]], Mapping[StoryId, StoryFacts]] = newsroom.stories
) -> tuple[Document, ...]:  # fmt: skip
    """These feeds. Their stories are read (by `read`, which may know some already) and set once, however many
    feeds they are in.

    As many queries as their lists take (`newsroom.queries.teasers`), twelve an edition for the stories and
    two for the pictures.
    """
    paper = _paper()
    pages = [_stories_in(feed) for feed in wanted]
    ids = {story_id for page in pages for story_id in page.story_ids}
    stories = read(ids)
    shown = pictures.pictures(
        chain.from_iterable(_pictures_in(story, now=now) for story in stories.values()),
        crops=rss.CROPS,
    )
    items = {
        story_id: rss.item(story, shown, origin=paper.address, now=now)
        for story_id, story in stories.items()
    }
    documents: list[Document] = []
    for feed, page in zip(wanted, pages, strict=True):
        told = [stories[each] for each in page.story_ids if each in stories]
        content = rss.rss(_channel(feed), told, items)
        inside = frozenset(page.story_ids).union(*(each.linked for each in told))
        documents.append(Document(feed_href(feed), _RSS_MIME, content, inside))
    return tuple(documents)


def news_sitemaps(*, now: datetime) -> tuple[Document, ...]:
    """The stories of the last two days, of all editions. Two queries an edition."""
    paper = _paper()
    entries = [
        NewsEntry(
            paper.address + path, language, published_at.astimezone(paper.time_zone), headline
        )
        for language in paper.languages
        for path, published_at, headline in newsroom.addresses_since(now - NEWS_FOR, language)
    ]
    entries.sort(key=lambda each: each.published_at, reverse=True)
    return sitemaps.news(entries, paper=paper.name)


def month_sitemaps(month: date) -> tuple[Document, ...]:
    """The stories first published in a month, of all editions. Two queries an edition."""
    return sitemaps.addresses(f"{month:%Y-%m}", _of_month(month))


def pages_sitemaps() -> tuple[Document, ...]:
    """Fronts, topics, authors, galleries and house pages, of all editions. Six queries an edition."""
    return sitemaps.addresses("pages", (Entry(_paper().address + path) for path in _pages()))


def sitemap_index(*, now: datetime) -> Document:
    """The index of every sitemap file. One query an edition, and one."""
    paper = _paper()
    counted: dict[date, int] = {}
    for language in paper.languages:
        for month, stories in newsroom.months(language):
            counted[month] = counted.get(month, 0) + stories
    fresh = sum(
        1
        for language in paper.languages
        for _ in newsroom.addresses_since(now - NEWS_FOR, language)
    )
    names = [
        *_files("/sitemap-news", fresh, sitemaps.MOST_NEWS),
        "/sitemap-pages.xml",
        *chain.from_iterable(
            _files(f"/sitemap-{month:%Y-%m}", counted[month], sitemaps.MOST_ADDRESSES)
            for month in sorted(counted, reverse=True)
        ),
    ]
    return sitemaps.index(Entry(paper.address + name) for name in names)


def robots() -> Document:
    """What machines may not fetch, and where the sitemaps are."""
    address = _paper().address
    lines = [
        "User-agent: *", "Disallow: /desk/", "Disallow: /account/", "Disallow: /search", "",
        f"Sitemap: {address}/sitemap.xml", f"Sitemap: {address}/sitemap-news.xml", "",
    ]  # fmt: skip
    for language in _paper().languages[1:]:
        lines.insert(4, f"Disallow: /{language}/search")
    return Document("/robots.txt", "text/plain; charset=utf-8", "\n".join(lines).encode())


def _paper() -> Paper:
    paper: Paper = settings.PAPER
    return paper


def _stories_in(feed: Feed) -> Stretch:
    match feed.of:
        case None:
            return newsroom.latest(feed.language, at_most=IN_A_FEED)
        case SectionLine(section_id=section_id):
            inside = newsroom.sections(feed.language).below(section_id)
            return newsroom.of_sections(inside, feed.language, at_most=IN_A_FEED)
        case TopicLine(topic_id=topic_id):
            return newsroom.of_topic(topic_id, feed.language, at_most=IN_A_FEED)


def _channel(feed: Feed) -> rss.Channel:
    paper = _paper()
    home = addresses.prefix(feed.language, first=paper.first_language) + "/"
    tagline = paper.taglines.get(feed.language, "")
    with translation.override(feed.language.value):
        latest = _("The latest from %(paper)s") % {"paper": paper.name}
    return rss.Channel(
        title=f"{paper.name}: {feed.of.name}" if feed.of else paper.name,
        description=(feed.of.description if feed.of else tagline) or latest,
        link=paper.address + (feed.of.href if feed.of else home),
        self_link=paper.address + feed_href(feed),
        language=feed.language,
        publisher=paper.publisher or paper.name,
    )


def _pictures_in(story: StoryFacts, *, now: datetime) -> Iterator[PictureId]:
    """The pictures of what anybody may see; asking for those of a hidden part would only make their files."""
    if story.teaser.picture:
        yield story.teaser.picture
    for block in open_part(story, now=now):
        match block:
            case PictureInText(picture_id, _):
                yield picture_id
            case GalleryInText(_, shown):
                yield from (each.picture_id for each in shown)


def _of_month(month: date) -> Iterator[Entry]:
    paper = _paper()
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    for language in paper.languages:
        for path, changed_at, _headline in newsroom.addresses_between(month, following, language):
            yield Entry(paper.address + path, changed_at.astimezone(paper.time_zone))


def _pages() -> Iterator[str]:
    paper = _paper()
    for language in paper.languages:
        ahead = addresses.prefix(language, first=paper.first_language)
        yield f"{ahead}/"
        yield ahead + addresses.latest()
        yield ahead + addresses.photos()
        yield from (each.href for each in newsroom.sections(language))
        yield from (each.href for each in newsroom.every_topic(language))
        yield from (each.href for each in newsroom.every_person(language))
        yield from (
            ahead + addresses.house_page(each.slug) for each in newsroom.house_pages(language)
        )
        yield from (each.href for each in pictures.every_gallery(language))


def _files(name: str, entries: int, size: int) -> Iterator[str]:
    for place in range(1, max(1, -(-entries // size)) + 1):
        yield sitemaps.numbered(name, place)
