"""Facts of the departments become what templates are given (`press.contexts`). No queries: all is handed in."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tajuk.newsroom.rules.body import (
    Block,
    Box,
    Embed,
    GalleryInText,
    Heading,
    ListInText,
    Paragraph,
    PictureInText,
    Quotation,
    RelatedInText,
    Table,
)
from tajuk.newsroom.types import PersonFacts, SectionLine, TeaserFacts
from tajuk.paywall.types import Access
from tajuk.pictures.types import Crop, GalleryLine, PictureFacts
from tajuk.press.contexts import (
    BlockView,
    BodyGalleryView,
    BodyPictureView,
    BoxView,
    EmbedView,
    HeadingView,
    ItemsView,
    Link,
    ParagraphView,
    PersonView,
    PictureSource,
    PictureView,
    QuotationView,
    RelatedStoryView,
    TableView,
    Teaser,
)
from tajuk.press.rules import frame_of, host_of
from tajuk.terms.ids import PictureId, StoryId

Pictures = Mapping[PictureId, PictureFacts]


def picture(facts: PictureFacts | None, crop: Crop, caption: str = "") -> PictureView | None:
    """A picture in one crop, or None where there is none in it; `caption` instead of its own."""
    if facts is None or crop not in facts.cuts:
        return None
    cut = facts.cuts[crop]
    srcset = ", ".join(f"{size.url} {size.width}w" for size in cut.webp)
    return PictureView(
        src=cut.jpeg.url,
        width=cut.jpeg.width,
        height=cut.jpeg.height,
        alt=facts.alt,
        sources=(PictureSource("image/webp", srcset),) if srcset else (),
        caption=caption or facts.caption,
        credit=facts.credit,
    )


def section_link(section: SectionLine) -> Link:
    """The way to a section."""
    return Link(section.name, section.href)


def teaser(facts: TeaserFacts, pictures: Pictures, zone: ZoneInfo) -> Teaser:
    """A story as lists show it."""
    shown = pictures.get(facts.picture) if facts.picture else None
    return Teaser(
        story_id=facts.story_id,
        href=facts.href,
        headline=facts.headline,
        kicker=facts.kicker,
        standfirst=facts.standfirst,
        section=section_link(facts.section),
        byline=", ".join(each.name for each in facts.authors),
        published_at=facts.published_at.astimezone(zone),
        access=facts.access,
        picture=picture(shown, Crop.STANDARD),
        picture_wide=picture(shown, Crop.WIDE),
    )


def gallery_teaser(line: GalleryLine, pictures: Pictures, zone: ZoneInfo, photos: Link) -> Teaser:
    """A gallery as lists show it."""
    shown = pictures.get(line.first_picture) if line.first_picture else None
    return Teaser(
        story_id=line.gallery_id,
        href=line.href,
        headline=line.headline,
        kicker="",
        standfirst=line.standfirst,
        section=photos,
        byline=line.author,
        published_at=line.published_at.astimezone(zone),
        access=Access.FREE,
        picture=picture(shown, Crop.STANDARD),
        picture_wide=picture(shown, Crop.WIDE),
        is_gallery=True,
        count=line.count,
    )


def person(facts: PersonFacts, pictures: Pictures) -> PersonView:
    """A person, with a portrait where one is at hand."""
    portrait = pictures.get(facts.portrait) if facts.portrait else None
    return PersonView(
        name=facts.name,
        href=facts.href,
        role=facts.role,
        bio=facts.bio,
        email=facts.email,
        portrait=picture(portrait, Crop.PORTRAIT),
    )


def block_views(
    blocks: Iterable[Block], pictures: Pictures, related: Mapping[StoryId, Teaser],
    *, dateline: str, paper: str,
) -> Iterator[BlockView]:  # fmt: skip
    """A body's blocks, ready for the dress; paragraphs that follow each other are one block.

    The first paragraph carries the dateline. Pictures that can't be had are passed over.
    """
    waiting: list[str] = []
    place = dateline
    for block in blocks:
        if isinstance(block, Paragraph):
            waiting.append(f"<p>{block.html}</p>")
            continue
        if waiting:
            yield _paragraphs(waiting, place, paper)
            waiting, place = [], ""
        view = _block_view(block, pictures, related)
        if view is not None:
            yield view
    if waiting:
        yield _paragraphs(waiting, place, paper)


def _paragraphs(waiting: list[str], dateline: str, paper: str) -> ParagraphView:
    return ParagraphView(_safe("".join(waiting)), dateline, paper if dateline else "")


def _block_view(
    block: Block, pictures: Pictures, related: Mapping[StoryId, Teaser]
) -> BlockView | None:
    match block:
        case Paragraph(html):
            return ParagraphView(_safe(f"<p>{html}</p>"))
        case Heading(text):
            return HeadingView(text)
        case Quotation(text, speaker, role):
            return QuotationView(text, speaker, role)
        case PictureInText():
            shown = _in_text(block, pictures)
            return BodyPictureView(shown) if shown else None
        case GalleryInText(headline, items):
            views = tuple(view for each in items if (view := _in_text(each, pictures)))
            return BodyGalleryView(views, headline) if views else None
        case ListInText(html):
            return ItemsView(_safe(html))
        case Table(caption, head, rows):
            # The dress takes the first row for the heading where the desk gave none.
            return TableView(head or (rows[0] if rows else ()), rows if head else rows[1:], caption)
        case Embed(url, title):
            return EmbedView(title=title, host=host_of(url), href=url, frame=frame_of(url))
        case RelatedInText(story_id):
            return RelatedStoryView(related[story_id]) if story_id in related else None
        case Box(headline, html):
            return BoxView(_safe(html), headline)


def _in_text(block: PictureInText, pictures: Pictures) -> PictureView | None:
    return picture(pictures.get(block.picture_id), Crop.WHOLE, block.caption)


def _safe(html: str) -> SafeString:
    # Rich text is cleaned where it comes in: by Wagtail's editor and by the wire's converter.
    return mark_safe(html)  # noqa: S308  see above


def local(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    """A moment in the paper's own time zone."""
    return moment.astimezone(zone) if moment else None


def title_of(name: str, paper: str) -> str:
    """What stands in the browser's tab."""
    return _("%(name)s - %(paper)s") % {"name": name, "paper": paper}
