"""The home front and the sections' fronts: what editors placed, and the rest by rule."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from tajuk.channels import structured_data
from tajuk.channels.queries import Feed, feed_href
from tajuk.discovery import queries as discovery
from tajuk.newsroom import queries as newsroom
from tajuk.newsroom.types import SectionLine, TeaserFacts
from tajuk.pictures.types import Crop
from tajuk.press import dress, keys, rules, typesetting
from tajuk.press.contexts import BlockList, FrontView, HeadView, Link, PictureView, Teaser
from tajuk.press.page import Page
from tajuk.press.stock import LEADING, Stock, script
from tajuk.terms import addresses
from tajuk.terms.ids import StoryId

HEAD_OF_A_FRONT = 10
LATEST_OF_A_FRONT = 6
ROW = 5
ARCHIVE_ROW = 12
_POOL = 60


def home_front(stock: Stock, placed: Sequence[TeaserFacts] | None = None) -> Page:
    """The edition's front; `placed` is given for a preview, and read otherwise."""
    if placed is None:
        ids = newsroom.placed(None, stock.language, since=_placed_since(stock))
        placed = stock.facts_in_order(ids)
    newest = stock.facts_in_order(stock.shelf.latest(_POOL))
    head = rules.fill(placed, newest, at_most=HEAD_OF_A_FRONT)
    shown = {each.story_id for each in head}
    latest = [each for each in newest if each.story_id not in shown][:LATEST_OF_A_FRONT]
    shown |= {each.story_id for each in latest}
    rows: list[tuple[SectionLine, list[TeaserFacts]]] = []
    for top in stock.tree.top():
        newest_there = [each for _, each in stock.shelf.within(top.section_id) if each not in shown]
        rows.append((top, list(stock.facts_in_order(map(StoryId, newest_there[:ROW])))))
    view = FrontView(
        section=None,
        description=stock.site.tagline,
        lead=_lead(head, stock),
        seconds=stock.teasers(head[1:]),
        latest=stock.latest_list(stock.teasers(latest)),
        rows=tuple(_row(section, teasers, stock) for section, teasers in rows if teasers),
        photos=stock.photos(),
    )
    path = stock.site.home
    head_view = _head(path, "", view, head[0] if head else None, stock)
    told = [each.story_id for _, teasers in rows for each in teasers]
    return Page(
        path,
        stock.language,
        dress.front_parts(stock.site, head_view, view, epaper=stock.epaper),
        (
            keys.front(stock.language),
            *(keys.story(each) for each in dict.fromkeys((*shown, *told))),
        ),
    )


def section_front(
    section: SectionLine, stock: Stock, placed: Sequence[TeaserFacts] | None = None
) -> Page:
    """A section's front: its stories and those of the sections in it, the older ones by cursor."""
    language = stock.language
    if placed is None:
        ids = newsroom.placed(section.section_id, language, since=_placed_since(stock))
        placed = stock.facts_in_order(ids)
    wanted = HEAD_OF_A_FRONT + LATEST_OF_A_FRONT + ARCHIVE_ROW
    inside = stock.tree.below(section.section_id)
    page = newsroom.of_sections(inside, language, at_most=wanted)
    newest = stock.facts_in_order(page.story_ids)
    head = rules.fill(placed, newest, at_most=HEAD_OF_A_FRONT, one_section=True)
    shown = {each.story_id for each in head}
    rest = [each for each in newest if each.story_id not in shown]
    latest, archive = rest[:LATEST_OF_A_FRONT], rest[LATEST_OF_A_FRONT:][:ARCHIVE_ROW]
    older = addresses.older(section.href, page.older) if page.older else ""
    more = Link(_("Older stories"), older) if older else None
    children = stock.tree.children(section.section_id)
    rows = [
        stock.listed(
            "section", _("More from %(section)s") % {"section": section.name},
            stock.teasers(archive), more=more,
        ),
    ] if archive or more else []  # fmt: skip
    view = FrontView(
        section=Link(
            section.name, section.href, children=tuple(map(typesetting.section_link, children))
        ),
        description=section.description,
        lead=_lead(head, stock),
        seconds=stock.teasers(head[1:]),
        latest=BlockList(
            "latest", _("Latest"), stock.teasers(latest), None, str(discovery.WHY["of_a_section"])
        ),
        rows=tuple(rows),
        photos=None,
    )
    feed = Link(section.name, feed_href(Feed(language, section)))
    head_view = _head(
        section.href, section.name, view, head[0] if head else None, stock, feed=feed, older=older
    )
    return Page(
        section.href,
        language,
        dress.front_parts(stock.site, head_view, view, epaper=None),
        (
            keys.front(language, section.slug),
            *(keys.section(stock.tree.by_id[each].slug) for each in inside),
            *(keys.story(each.story_id) for each in (*head, *latest, *archive)),
        ),
    )


def _placed_since(stock: Stock) -> datetime:
    return stock.now - timedelta(hours=stock.paper.front_placement_hours)


def _lead(head: Sequence[TeaserFacts], stock: Stock) -> Teaser | None:
    return stock.teasers(head[:1], is_wide=True)[0] if head else None


def _row(section: SectionLine, teasers: list[TeaserFacts], stock: Stock) -> BlockList:
    more = Link(_("Open the section"), section.href)
    return stock.listed("section", section.name, stock.teasers(teasers), more=more)


def _head(
    path: str, name: str, view: FrontView, first: TeaserFacts | None, stock: Stock,
    *, feed: Link | None = None, older: str = "",
) -> HeadView:  # fmt: skip
    paper, within = stock.paper, path.removeprefix(stock.prefix)
    way = [(paper.name, stock.site.home)] + ([(name, path)] if name else [])
    lead = view.lead
    return HeadView(
        title=typesetting.title_of(name, paper.name) if name else paper.name,
        description=view.description or stock.site.tagline or paper.name,
        canonical=paper.address + path,
        alternates=stock.mirrored(within),
        og_type="website",
        og_picture=_og_picture(first, stock),
        json_ld=(stock.organization, script(structured_data.breadcrumbs(way, paper))),
        feeds=(feed,) if feed else (),
        older=paper.address + older if older else "",
        preload_picture=(lead.picture_wide or lead.picture) if lead else None,
        preload_place="lead",
        edition_switch=stock.other_edition(within),
    )


def _og_picture(lead: TeaserFacts | None, stock: Stock) -> PictureView | None:
    chosen = lead.picture if lead else None
    files = stock.pictures([chosen], LEADING)
    return typesetting.picture(files.get(chosen) if chosen else None, Crop.CINEMA)
