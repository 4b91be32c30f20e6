"""The page of a story: many at once at the cost of one, and one as it stands on an editor's screen."""

from collections.abc import Collection, Iterable, Iterator
from datetime import timedelta
from itertools import chain
from urllib.parse import urlencode

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tajuk.channels import structured_data
from tajuk.channels.queries import Feed, feed_href
from tajuk.discovery import queries as discovery
from tajuk.edge.house_headers import STRICT_POLICY
from tajuk.newsroom.rules.body import (
    GalleryInText,
    Paragraph,
    PictureInText,
    RelatedInText,
    plain,
)
from tajuk.newsroom.types import StoryFacts
from tajuk.paywall import Meter, ReaderPass, Walled, Why, decide
from tajuk.paywall.types import Access
from tajuk.pictures.types import Crop
from tajuk.press import dress, keys
from tajuk.press.contexts import (
    BlockView,
    CorrectionView,
    EmbedView,
    Gates,
    GateView,
    HeadView,
    Link,
    PictureView,
    SourceView,
    StoryView,
)
from tajuk.press.page import Page
from tajuk.press.stock import Stock, script
from tajuk.press.typesetting import block_views, local, person, picture, section_link
from tajuk.terms.ids import PictureId, SectionId, StoryId
from tajuk.terms.language import Language

RELATED = 5
READ_ON = "read-on"
"""The id of the first block that a preview does not show."""
_CRAWLERS = structured_data.CROPS
_FRAMES = "frame-src https://www.youtube-nocookie.com https://player.vimeo.com"


def story_pages(stories: Collection[StoryFacts], stock: Stock) -> Iterator[Page]:
    """The pages of these stories of one edition.

    A few queries for all of them: topics the shelf has not been asked for, teasers and pictures not yet read
    in this run.
    """
    beside = discovery.related(stories, stock.shelf, at_most=RELATED, leave_out=stock.other_ids)
    mentioned = {each.story_id: _mentioned(each) for each in stories}
    shown = stock.facts(chain.from_iterable((*beside.values(), *mentioned.values())))
    leads = {each for story in stories for each in (story.teaser.picture, story.social_picture)}
    stock.pictures(leads, [Crop.STANDARD, *_CRAWLERS])
    stock.teasers(shown.values())
    stock.pictures(chain.from_iterable(_in_text(story) for story in stories), [Crop.WHOLE])
    for story in stories:
        yield _page(story, beside[story.story_id], mentioned[story.story_id], stock)


def _page(
    story: StoryFacts, beside: Collection[StoryId], mentioned: Collection[StoryId], stock: Stock
) -> Page:
    before, after = _blocks(story, mentioned, stock)
    blocks = (*before, *after)
    has_frame = any(isinstance(block, EmbedView) and block.frame for block in blocks)
    view = _view(story, before, after, stock)
    related = stock.facts_in_order(beside)
    parts = dress.story_parts(
        stock.site,
        _head(story, view, stock),
        view,
        related=stock.listed("related", _("Related stories"), stock.teasers(related)),
        other=stock.other(story.teaser.section.section_id),
        aside=stock.aside,
        gates=_gates(story, stock),
    )
    return Page(
        story.teaser.href,
        stock.language,
        parts,
        _surrogate_keys(story, beside, stock),
        headers=(("content-security-policy", f"{STRICT_POLICY};{_FRAMES}"),) if has_frame else (),
    )


def _surrogate_keys(story: StoryFacts, beside: Iterable[StoryId], stock: Stock) -> tuple[str, ...]:
    day = story.teaser.published_at.astimezone(stock.paper.time_zone).date()
    other = [story.translation.story_id] if story.translation else []
    shown = dict.fromkeys((story.story_id, *beside, *sorted(story.linked), *other))
    return (
        keys.page_of_story(story.story_id),
        keys.published_on(stock.language.value, day),
        *(keys.story(each) for each in shown),
        keys.section(story.teaser.section.slug),
        *(keys.author(each.slug) for each in story.people),
        *(keys.topic(each.slug) for each in story.topics),
    )


def _mentioned(story: StoryFacts) -> set[StoryId]:
    return {each.story_id for each in story.body if isinstance(each, RelatedInText)}


def _in_text(story: StoryFacts) -> Iterator[PictureId]:
    for block in story.body:
        match block:
            case PictureInText(picture_id):
                yield picture_id
            case GalleryInText(_, shown):
                yield from (each.picture_id for each in shown)


def _blocks(
    story: StoryFacts, mentioned: Collection[StoryId], stock: Stock
) -> tuple[tuple[BlockView, ...], tuple[BlockView, ...]]:
    """The body's blocks, up to where its preview ends and from there on; those of a free story are not divided."""
    files = stock.pictures(_in_text(story), [Crop.WHOLE])
    related = {
        StoryId(each.story_id): each for each in stock.teasers(stock.facts(mentioned).values())
    }
    at = 0 if story.teaser.access is Access.FREE else story.hidden_from
    before, after = story.body[:at], story.body[at:]
    # The first paragraph carries the dateline.
    later = "" if any(isinstance(each, Paragraph) for each in before) else story.dateline
    return (
        tuple(block_views(before, files, related, dateline=story.dateline, paper=stock.paper.name)),
        tuple(block_views(after, files, related, dateline=later, paper=stock.paper.name)),
    )


def _view(
    story: StoryFacts, before: tuple[BlockView, ...], after: tuple[BlockView, ...], stock: Stock
) -> StoryView:
    teaser, zone, language = story.teaser, stock.paper.time_zone, stock.language
    # Nobody meets the preview of a free story.
    open_part = story.preview if teaser.access is not Access.FREE else ()
    preview = block_views(open_part, {}, {}, dateline=story.dateline, paper=stock.paper.name)
    lead = stock.pictures([teaser.picture], [Crop.STANDARD])
    other = story.translation
    return StoryView(
        story_id=story.story_id,
        href=teaser.href,
        absolute=stock.paper.address + teaser.href,
        section=section_link(teaser.section),
        kicker=teaser.kicker,
        headline=teaser.headline,
        standfirst=teaser.standfirst,
        byline=tuple(person(each, {}) for each in story.people),
        published_at=teaser.published_at.astimezone(zone),
        updated_at=local(teaser.updated_at, zone),
        dateline=story.dateline,
        lead_picture=picture(
            lead.get(teaser.picture) if teaser.picture else None, Crop.STANDARD, story.lead_caption
        ),
        body=_body(before, after, story, language),
        preview=dress.body_html(preview, language),
        access=teaser.access,
        sources=tuple(
            SourceView(each.agency, each.medium, each.quoted_on, each.url) for each in story.sources
        ),
        corrections=tuple(
            CorrectionView(each.note, each.posted_at.astimezone(zone)) for each in story.corrections
        ),
        topics=tuple(Link(each.name, each.href) for each in story.topics),
        translation=Link(other.headline, other.href) if other else None,
        section_id=teaser.section.section_id,
    )


def _body(
    before: tuple[BlockView, ...],
    after: tuple[BlockView, ...],
    story: StoryFacts,
    language: Language,
) -> SafeString:
    """The whole body. Where a gated story's preview ends, who has signed in meanwhile reads on: the place has an id."""
    rest = dress.body_html(after, language)
    if story.teaser.access is not Access.FREE:
        rest = dress.with_id(rest, READ_ON)
    return dress.body_html(before, language) + rest


def _head(story: StoryFacts, view: StoryView, stock: Stock) -> HeadView:
    teaser, paper, site = story.teaser, stock.paper, stock.site
    alternates: tuple[tuple[str, str], ...] = ()
    if story.translation:
        pair = {
            teaser.language: view.absolute,
            story.translation.language: paper.address + story.translation.href,
        }
        tags = [(each.value, pair[each]) for each in paper.languages if each in pair]
        alternates = (*tags, ("x-default", tags[0][1]))
    return HeadView(
        title=story.social_headline or teaser.headline,
        description=plain(teaser.standfirst) or teaser.headline,
        canonical=view.absolute,
        alternates=alternates,
        og_type="article",
        og_picture=_social_picture(story, stock),
        json_ld=_structured_data(story, stock),
        feeds=(
            Link(teaser.section.name, feed_href(Feed(stock.language, teaser.section))),
        ),
        published_at=view.published_at,
        updated_at=view.updated_at,
        section=teaser.section.name,
        topics=tuple(each.name for each in story.topics),
        authors=tuple(paper.address + each.href for each in story.people),
        preload_picture=view.lead_picture,
        edition_switch=story.translation.href if story.translation else stock.other_edition(
            site.home.removeprefix(stock.prefix)
        ),
    )  # fmt: skip


def _social_picture(story: StoryFacts, stock: Stock) -> PictureView | None:
    chosen = story.social_picture or story.teaser.picture
    files = stock.pictures([chosen], _CRAWLERS)
    return picture(files.get(chosen) if chosen else None, Crop.CINEMA)


def _structured_data(story: StoryFacts, stock: Stock) -> tuple[SafeString, ...]:
    """The paper is told of on fronts, lists and house pages; a story names it as its publisher. Google asks for no more:
    developers.google.com/search/docs/appearance/structured-data/organization.
    """
    teaser = story.teaser
    files = stock.pictures([teaser.picture], _CRAWLERS)
    lead = files.get(teaser.picture) if teaser.picture else None
    way = [(stock.paper.name, stock.site.home)]
    above = reversed(stock.tree.above(teaser.section.section_id))
    way += [(stock.tree.by_id[each].name, stock.tree.by_id[each].href) for each in above]
    way.append((teaser.headline, teaser.href))
    return (
        script(structured_data.news_article(story, lead, stock.paper, now=stock.now)),
        script(structured_data.breadcrumbs(way, stock.paper)),
    )


def _gates(story: StoryFacts, stock: Stock) -> Gates:
    """The offers under the preview. A free story has no wall; its gates are set like any other and shown to nobody."""
    account, teaser = stock.account, story.teaser
    sign_in = f"{account.href_sign_in}?{urlencode({'next': f'{teaser.href}#{READ_ON}'}, safe='/')}"
    section, access = teaser.section.section_id, teaser.access
    known = ReaderPass(0, stock.now + timedelta(days=1))
    to_register = None
    if access is Access.METERED:
        to_register = GateView(Walled(Why.REGISTER), account.href_subscribe, sign_in)
    cheapest, subscribe = stock.cheapest, account.href_subscribe
    return Gates(
        GateView(_walled(access, section, None, stock), subscribe, sign_in, cheapest),
        GateView(_walled(access, section, known, stock), subscribe, "", cheapest),
        to_register,
    )


def _walled(
    access: Access, section: SectionId, reader_pass: ReaderPass | None, stock: Stock
) -> Walled:
    """Why such a reader meets the wall here: with a meter that is spent, or where nobody has one."""
    if access is Access.METERED and stock.wall.is_for_subscribers(section):
        return Walled(Why.SUBSCRIBE)
    decision = decide(access, reader_pass, Meter(left=0), now=stock.now)
    return decision if isinstance(decision, Walled) else Walled(Why.SIGN_IN)
