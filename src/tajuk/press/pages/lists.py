"""Paged lists: the latest, a topic's, an author's, and what a section's front leaves to its archive."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from tajuk.channels import structured_data
from tajuk.channels.queries import Feed, feed_href
from tajuk.newsroom import queries as newsroom
from tajuk.newsroom.types import PersonFacts, SectionLine, Stretch, TopicLine
from tajuk.pictures.types import Crop
from tajuk.press import dress, keys, typesetting
from tajuk.press.contexts import HeadView, Link, ListView, PersonView
from tajuk.press.page import Page
from tajuk.press.stock import Stock, script
from tajuk.terms import addresses
from tajuk.terms.ids import StoryId

ON_A_PAGE = 30
PICKS_OF_A_TOPIC = 3


@dataclass(frozen=True, slots=True)
class _Listed:
    """One page of a list, whatever it lists."""

    kind: str
    path: str
    title: str
    description: str
    page: Stretch
    before: StoryId | None
    surrogate_keys: tuple[str, ...]
    feed: Link | None = None
    person: PersonView | None = None
    current: str = ""


def latest_page(stock: Stock, before: StoryId | None = None) -> Page | None:
    """The latest stories, or None after a story that nobody knows."""
    page = newsroom.latest(stock.language, at_most=ON_A_PAGE, before=before)
    path = stock.prefix + addresses.latest()
    return _page(
        _Listed(
            "latest", path, _("Latest"), "", page, before, (keys.latest(stock.language),),
            feed=stock.site.feed, current=path,
        ),
        stock,
    )  # fmt: skip


def section_page(section: SectionLine, stock: Stock, before: StoryId) -> Page | None:
    """A section's older stories."""
    inside = stock.tree.below(section.section_id)
    page = newsroom.of_sections(inside, stock.language, at_most=ON_A_PAGE, before=before)
    return _page(
        _Listed(
            "section", section.href, section.name, section.description, page, before,
            tuple(keys.section(stock.tree.by_id[each].slug) for each in inside),
            feed=Link(section.name, feed_href(Feed(stock.language, section))), current=section.href,
        ),
        stock,
    )  # fmt: skip


def topic_page(topic: TopicLine, stock: Stock, before: StoryId | None = None) -> Page | None:
    """A topic's stories."""
    stretch = newsroom.of_topic(topic.topic_id, stock.language, at_most=ON_A_PAGE, before=before)
    page = _page(
        _Listed(
            "topic", topic.href, topic.name, topic.description, stretch, before, (keys.topic(topic.slug),),
            feed=Link(topic.name, feed_href(Feed(stock.language, topic))),
        ),
        stock,
    )  # fmt: skip
    if page is None or before is not None:
        return page
    return replace(page, extras=(_picks_of(topic, stretch, stock),))


def _picks_of(topic: TopicLine, stretch: Stretch, stock: Stock) -> tuple[str, dress.Own]:
    """The topic's newest stories, for the readers who follow it."""
    newest = stock.facts_in_order(stretch.story_ids[:PICKS_OF_A_TOPIC])
    picks = stock.listed(
        "followed", f"# {topic.name}", stock.teasers(newest), more=Link(_("All of it"), topic.href)
    )
    return keys.picks_of_topic(stock.language, topic.topic_id), dress.picks_part(picks)


def author_page(person: PersonFacts, stock: Stock, before: StoryId | None = None) -> Page | None:
    """What somebody wrote."""
    page = newsroom.of_person(person.person_id, stock.language, at_most=ON_A_PAGE, before=before)
    files = stock.pictures([person.portrait], [Crop.PORTRAIT])
    return _page(
        _Listed(
            "author", person.href, person.name, person.bio or person.role, page, before,
            (keys.author(person.slug),), person=typesetting.person(person, files),
        ),
        stock,
    )  # fmt: skip


def _page(listed: _Listed, stock: Stock) -> Page | None:
    if listed.before is not None and not listed.page.story_ids:
        return None  # beyond the last story, or after one that is not of this list
    older = addresses.older(listed.path, listed.page.older) if listed.page.older else ""
    view = ListView(
        kind=listed.kind,
        title=listed.title,
        description=listed.description,
        teasers=stock.teasers(stock.facts_in_order(listed.page.story_ids)),
        older=older,
        newer=listed.path if listed.before is not None else "",
        person=listed.person,
        feed=listed.feed,
    )
    path = addresses.older(listed.path, listed.before) if listed.before is not None else listed.path
    return Page(
        path,
        stock.language,
        dress.list_parts(
            stock.site,
            _head(path, view, listed, stock),
            view,
            current=listed.current,
            aside=stock.aside,
        ),
        (*listed.surrogate_keys, *_stories(listed.page)),
    )


def _stories(page: Stretch) -> Sequence[str]:
    return [keys.story(each) for each in page.story_ids]


def _head(path: str, view: ListView, listed: _Listed, stock: Stock) -> HeadView:
    paper, within = stock.paper, listed.path.removeprefix(stock.prefix)
    is_first = listed.before is None
    way = [(paper.name, stock.site.home), (listed.title, listed.path)]
    return HeadView(
        title=typesetting.title_of(listed.title, paper.name),
        description=listed.description
        or _("%(name)s: every story in %(paper)s") % {"name": listed.title, "paper": paper.name},
        canonical=paper.address + path,
        alternates=stock.mirrored(within) if is_first else (),
        og_type="profile" if listed.person else "website",
        og_picture=None,
        json_ld=(stock.organization, script(structured_data.breadcrumbs(way, paper))),
        feeds=(listed.feed,) if listed.feed else (),
        newer=paper.address + view.newer if view.newer else "",
        older=paper.address + view.older if view.older else "",
        edition_switch=stock.other_edition(within),
    )
