"""How every kind of page is put together: an ordered list of parts, each naming its template.

The press stores a page as fragments and slots; the desk's preview joins them at once. Both read the order
from here. Parts of a page, written one after another, are one valid document: a template may open an
element that a later part closes (`head.html` opens `<body>`, `foot.html` closes it).
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, assert_never

from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from tajuk.contracts.pages import Standing
from tajuk.contracts.pages import Tail as TailKind
from tajuk.paywall.types import Access
from tajuk.press.contexts import (
    AdvertisementView,
    AsideView,
    BlockList,
    BlockView,
    BodyGalleryView,
    BodyPictureView,
    BoxView,
    EditionView,
    EmbedView,
    EpaperCall,
    FrontView,
    GalleryView,
    Gates,
    GoneView,
    HeadingView,
    HeadView,
    HousePageView,
    ItemsView,
    ListView,
    ParagraphView,
    PhotoIndexView,
    QuotationView,
    RelatedStoryView,
    SearchView,
    SiteView,
    StoryView,
    TableView,
)
from tajuk.terms import addresses
from tajuk.terms.language import Language

_BLANKS = re.compile(r"\n\s+")
_OPENING = re.compile(r"\s*(<[a-z][a-z0-9]*)[^>]*>")
_MANIFEST_ICONS = (("icon-192.png", "192x192", "any"), ("icon-512.png", "512x512", "any"),
                   ("icon-mask.png", "512x512", "maskable"))  # fmt: skip


class Sheet(StrEnum):
    """What a page links in its head beside the sheets that all pages have, in this order: see dress.css.

    All but stories link `UNDER` there; a story does where its text ends. The sheet of galleries, tables and embeds is
    linked in the text: see `body_html`.
    """

    UNDER = "dress/under.css"
    FRONT = "dress/front.css"
    PAGES = "dress/pages.css"


@dataclass(frozen=True, slots=True)
class Own:
    """A part of this page only. Neighbouring ones may be joined."""

    template: str
    context: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Shared:
    """Parts that many pages of an edition have together; `name` is unique within the edition."""

    name: str
    parts: tuple[Own, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """The account bar, one of the reader's own, and the masthead under it: see `account_part`.

    `place` is the navigation's address to mark, or empty.
    """

    site: SiteView
    place: str


@dataclass(frozen=True, slots=True)
class Body:
    """A story's body or its preview with a gate; a response holds one or the other."""

    story_id: int
    access: Access
    body: Own
    closed: Own
    closed_to_signed_in: Own
    section: int = 0
    """Whose rule of the wall holds."""
    closed_to_register: Own | None = None


@dataclass(frozen=True, slots=True)
class Placement:
    """An advertising placement: see `placement_part`. Nothing stands there when nothing is sold."""

    name: str


@dataclass(frozen=True, slots=True)
class Tail:
    """What closes a page and is the same under many: see `tail_parts`. Only stories have `other` news and placements."""

    site: SiteView
    aside: AsideView
    section: str = ""
    other: BlockList | None = None

    @property
    def has_placements(self) -> bool:
        """Whether advertisements may stand in it."""
        return self.other is not None


@dataclass(frozen=True, slots=True)
class Meter:
    """How many metered stories the reader has left; only on stories that are metered. See `meter_part`."""

    story_id: int
    access: Access


DressPart = Own | Shared | Account | Body | Placement | Tail | Meter

PLACEMENTS_IN_SLOTS = ("front", "list")
PLACEMENTS = (*PLACEMENTS_IN_SLOTS, "story", "aside")
"""Where advertisements may stand. Their pictures are wide (`front`, `list`, `story`) or 6:5 (`aside`).

Those of stories are pressed into the tail: a slot of its own, whose length differs, would cut the page, and what
stands behind could say nothing shorter because it was said before.
"""


def story_parts(
    site: SiteView,
    head: HeadView,
    story: StoryView,
    *,
    related: BlockList,
    other: BlockList,
    aside: AsideView,
    gates: Gates,
) -> tuple[DressPart, ...]:
    """A story's page."""
    context = {"site": site, "story": story}
    metered = (Meter(story.story_id, story.access),) if story.access is Access.METERED else ()
    return (
        *_opening(site, head, current=story.section.href),
        *metered,
        Own("dress/story/top.html", context),
        Body(
            story.story_id,
            story.access,
            Own("dress/story/body.html", context),
            Own("dress/story/preview.html", {**context, "gate": gates.unknown}),
            Own("dress/story/preview.html", {**context, "gate": gates.signed_in}),
            story.section_id,
            Own("dress/story/preview.html", {**context, "gate": gates.to_register})
            if gates.to_register
            else None,
        ),
        Own("dress/story/bottom.html", context),
        Own("dress/story/aside.html", {"site": site, "related": related}),
        Tail(site, aside, story.section.href, other),
    )


def front_parts(
    site: SiteView, head: HeadView, front: FrontView, *, epaper: EpaperCall | None
) -> tuple[DressPart, ...]:
    """The home front, or a section's when `front.section` says so."""
    context = {"site": site, "front": front, "epaper": epaper}
    # A section's front has a title, as lists have.
    sheets = (Sheet.FRONT, Sheet.PAGES) if front.section else (Sheet.FRONT,)
    current = front.section.href if front.section else site.home
    return (
        *_opening(site, head, Sheet.UNDER, *sheets, current=current),
        Own("dress/front.html", context),
        Placement("front"),
        Own("dress/front_rows.html", context),
        foot_part(site),
    )


def list_parts(
    site: SiteView, head: HeadView, listed: ListView, *, current: str, aside: AsideView
) -> tuple[DressPart, ...]:
    """A paged list. `current` is the navigation's address to mark, or empty."""
    return (
        *_opening(site, head, Sheet.UNDER, Sheet.PAGES, current=current),
        Own("dress/list.html", {"site": site, "listed": listed}),
        Placement("list"),
        under_latest(site, aside) if listed.kind == "latest" else Tail(site, aside),
    )


def gallery_parts(
    site: SiteView, head: HeadView, gallery: GalleryView, *, more: BlockList | None
) -> tuple[DressPart, ...]:
    """A photo gallery's own page; `more` are other galleries."""
    return _plain(
        site,
        head,
        "dress/gallery.html",
        {"gallery": gallery, "more": more},
        Sheet.FRONT,
        Sheet.PAGES,
        current=photos_path(site),
    )


def photos_parts(site: SiteView, head: HeadView, photos: PhotoIndexView) -> tuple[DressPart, ...]:
    """The photo index."""
    return _plain(
        site,
        head,
        "dress/photos.html",
        {"photos": photos},
        Sheet.FRONT,
        Sheet.PAGES,
        current=photos_path(site),
    )


def edition_parts(site: SiteView, head: HeadView, edition: EditionView) -> tuple[DressPart, ...]:
    """The day's edition."""
    return _plain(site, head, "dress/edition.html", {"edition": edition}, Sheet.FRONT, Sheet.PAGES)


def house_page_parts(
    site: SiteView, head: HeadView, house_page: HousePageView
) -> tuple[DressPart, ...]:
    """About, contact, guidelines, corrections, privacy, terms."""
    return _plain(site, head, "dress/house_page.html", {"house_page": house_page}, Sheet.PAGES)


def search_parts(site: SiteView, head: HeadView, search: SearchView) -> tuple[DressPart, ...]:
    """Search and its answers."""
    return _plain(site, head, "dress/search.html", {"search": search}, Sheet.PAGES)


def gone_parts(site: SiteView, head: HeadView, gone: GoneView) -> tuple[DressPart, ...]:
    """404, or 410 with the reason."""
    return _plain(
        site, head, "dress/gone.html", {"gone": gone, "search": search_path(site)}, Sheet.PAGES
    )


def places(site: SiteView) -> tuple[str, ...]:
    """Every address of the navigation that a page may mark as its own; the empty one marks none."""
    found = ["", site.home, latest_path(site), photos_path(site)]
    for section in site.sections:
        found += [section.href, *(child.href for child in section.children)]
    return tuple(dict.fromkeys(found))


def tail_parts(tail: Tail, placements: Mapping[str, Own]) -> dict[TailKind, tuple[Own, ...]]:
    """The fragments that a tail is made of, whoever reads it; `placements` are those that are sold, by their names."""
    aside = {"aside": tail.aside}
    latest = Own("dress/aside.html", aside)
    picks = Own("dress/picks.html", {"picks": tail.aside.recommended})
    end = (Own("dress/aside_end.html", aside), *foot_part(tail.site).parts)
    if tail.other is None:
        opening: tuple[Own, ...] = (Own("dress/list_end.html", {}), latest)
    else:
        other = Own("dress/story/other.html", {"other": tail.other})
        other_end = Own("dress/story/aside_end.html", {})
        opening = (other, other_end, latest)
    pieces = {
        TailKind.WHOLE: (*opening, picks, *end),
        TailKind.OPENING: opening,
        TailKind.END: end,
    }
    if tail.other is not None:
        beside, under = (
            [placements[each]] if each in placements else [] for each in ("aside", "story")
        )
        sold = (*beside, other, other_end, *under, latest)
        pieces |= {
            TailKind.LATEST: sold,
            TailKind.REST: (*sold, picks, *end),
        }
    return pieces


def under_latest(site: SiteView, aside: AsideView) -> Tail:
    """The tail of the list of the latest, which does not say the same again."""
    return Tail(site, replace(aside, latest=None), latest_path(site))


def account_part(site: SiteView, place: str, standing: Standing) -> tuple[Own, ...]:
    """The account bar of a reader of this standing, and the masthead. It holds the date: pressed every midnight."""
    masthead = {
        "site": site,
        "current": place,
        "is_home": place == site.home,
        "latest": latest_path(site),
        "photos": photos_path(site),
        "search": search_path(site),
    }
    return (
        Own("dress/account.html", {"site": site, "standing": standing.value}),
        Own("dress/masthead.html", masthead),
    )


def picks_part(picks: BlockList) -> Own:
    """Recommendations of a reader's own; those for everybody look alike."""
    return Own("dress/picks.html", {"picks": picks})


def meter_part(site: SiteView, left: int, *, days: int, may_register: bool) -> Own:
    """The notice over a metered story: so many are left after this one, in a window of so many days.

    `may_register`: to readers who get more of them with an account.
    """
    context = {"site": site, "left": left, "days": days, "may_register": may_register}
    return Own("dress/meter.html", context)


def placement_part(site: SiteView, advertisement: AdvertisementView) -> Own:
    """An advertisement, labelled, with the way to read without."""
    return Own("dress/placement.html", {"site": site, "advertisement": advertisement})


def block_html(block: BlockView, language: Language) -> SafeString:
    """One block of a story's body."""
    with translation.override(language.value):
        return _written(_template_of(block), {"block": block})


def body_html(blocks: Iterable[BlockView], language: Language) -> SafeString:
    """A story's body, or the beginning of it. Before the first gallery, table or embed it links their sheet: what stands
    above doesn't wait for it.
    """
    html: list[str] = []
    is_linked = False
    for block in blocks:
        if not is_linked and isinstance(block, BodyGalleryView | TableView | EmbedView):
            html.append(
                format_html('<link rel="stylesheet" href="{}">\n', static("dress/figures.css"))
            )
            is_linked = True
        html.append(block_html(block, language))
    return mark_safe("".join(html))  # noqa: S308  escaped by the templates


def with_id(html: SafeString, name: str) -> SafeString:
    """The same with an id on its first element, if that has none."""
    found = _OPENING.match(html)
    if found is None or " id=" in found[0]:
        return html
    at = found.end(1)
    return mark_safe(f'{html[:at]} id="{name}"{html[at:]}')  # noqa: S308  a name of ours in our own templates' markup


def rendered(part: Own | Shared, language: Language) -> SafeString:
    """A part's HTML."""
    if isinstance(part, Shared):
        return joined(part.parts, language)
    with translation.override(language.value):
        return _written(part.template, part.context)


def joined(parts: Iterable[Own], language: Language) -> SafeString:
    """The HTML of parts that follow each other."""
    return mark_safe("".join(rendered(part, language) for part in parts))  # noqa: S308  escaped by the templates


def document(
    parts: Iterable[DressPart],
    language: Language,
    *,
    standing: Standing = Standing.UNKNOWN,
    placements: Mapping[str, Own] | None = None,
    walled: bool,
) -> str:
    """The whole page at once, as a reader nobody knows would get it (`walled`), or as the desk previews it."""
    sold = placements or {}
    written: list[str] = []
    for part in parts:
        match part:
            case Own() | Shared():
                written.append(rendered(part, language))
            case Account(site, place):
                written.append(joined(account_part(site, place, standing), language))
            case Body():
                closed = walled and part.access is not Access.FREE
                written.append(rendered(part.closed if closed else part.body, language))
            case Placement():
                if part.name in sold:
                    written.append(rendered(sold[part.name], language))
            case Tail():
                kind = TailKind.REST if part.has_placements else TailKind.WHOLE
                written.append(joined(tail_parts(part, sold)[kind], language))
            case Meter():
                pass
            case _:
                assert_never(part)
    return "".join(written)


def manifest(site: SiteView) -> str:
    """The web manifest of an edition, as JSON."""
    return json.dumps(
        {
            "name": site.name,
            "short_name": site.name,
            "lang": site.language.value,
            "start_url": site.home,
            "display": "browser",
            "background_color": "#fbfaf6",
            "theme_color": "#fbfaf6",
            "icons": [
                {
                    "src": static(f"dress/{name}"),
                    "sizes": sizes,
                    "type": "image/png",
                    "purpose": use,
                }
                for name, sizes, use in _MANIFEST_ICONS
            ],
        },
        ensure_ascii=False,
    )


def latest_path(site: SiteView) -> str:
    """The latest stories of an edition."""
    return site.prefix + addresses.latest()


def photos_path(site: SiteView) -> str:
    """The photo index of an edition."""
    return site.prefix + addresses.photos()


def search_path(site: SiteView) -> str:
    """Search in an edition."""
    return site.prefix + addresses.search()


def head_part(site: SiteView, head: HeadView, *sheets: Sheet) -> Own:
    """What opens a page, with these sheets beside those that every page has."""
    context = {"site": site, "head": head, "sheets": sheets, "is_wide": Sheet.FRONT in sheets}
    return Own("dress/head.html", context)


def _opening(site: SiteView, head: HeadView, *sheets: Sheet, current: str) -> tuple[DressPart, ...]:
    return head_part(site, head, *sheets), Account(site, current)


def foot_part(site: SiteView) -> Shared:
    """The foot of pages without a tail."""
    context = {"site": site, "latest": latest_path(site), "photos": photos_path(site)}
    return Shared("foot", (Own("dress/foot.html", context),))


def _plain(
    site: SiteView,
    head: HeadView,
    template: str,
    context: Mapping[str, Any],
    *sheets: Sheet,
    current: str = "",
) -> tuple[DressPart, ...]:
    return (
        *_opening(site, head, Sheet.UNDER, *sheets, current=current),
        Own(template, {"site": site, **context}),
        foot_part(site),
    )


def _written(template: str, context: Mapping[str, Any]) -> SafeString:
    text = render_to_string(template, dict(context)).strip() + "\n"
    return mark_safe(_BLANKS.sub("\n", text))  # noqa: S308  only blanks between lines are taken out


def _template_of(block: BlockView) -> str:
    match block:
        case ParagraphView():
            name = "paragraph"
        case HeadingView():
            name = "heading"
        case QuotationView():
            name = "quotation"
        case BodyPictureView():
            name = "picture"
        case BodyGalleryView():
            name = "gallery"
        case ItemsView():
            name = "list"
        case TableView():
            name = "table"
        case EmbedView():
            name = "embed"
        case RelatedStoryView():
            name = "related_story"
        case BoxView():
            name = "box"
        case _:
            assert_never(block)
    return f"dress/blocks/{name}.html"
