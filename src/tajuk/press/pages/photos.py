"""The photo index and the galleries."""

from django.utils.translation import gettext as _

from tajuk.channels import structured_data
from tajuk.pictures import queries as pictures
from tajuk.pictures.types import Crop, GalleryFacts
from tajuk.press import dress, keys, typesetting
from tajuk.press.contexts import GalleryView, HeadView, PhotoIndexView
from tajuk.press.page import Page
from tajuk.press.stock import Stock, script
from tajuk.terms import addresses
from tajuk.terms.ids import GalleryId

ON_A_PAGE = 25


def photo_index(stock: Stock, before: GalleryId | None = None) -> Page | None:
    """All galleries, newest first, or None after a gallery that nobody knows."""
    page = pictures.latest_galleries(stock.language, at_most=ON_A_PAGE, before=before)
    if before is not None and not page.galleries:
        return None
    first = stock.photos_link.href
    path = addresses.older(first, before) if before is not None else first
    older = addresses.older(first, page.older) if page.older else ""
    view = PhotoIndexView(
        lead=next(iter(stock.gallery_teasers(page.galleries[:1], is_wide=True)), None),
        teasers=stock.gallery_teasers(page.galleries[1:]),
        older=older,
        newer=first if before is not None else "",
    )
    way = [(stock.paper.name, stock.site.home), (_("Photos"), first)]
    head = HeadView(
        title=typesetting.title_of(_("Photos"), stock.paper.name),
        description=_("Photo galleries of %(paper)s") % {"paper": stock.paper.name},
        canonical=stock.paper.address + path,
        alternates=stock.mirrored(addresses.photos()) if before is None else (),
        og_type="website",
        og_picture=view.lead.picture_wide if view.lead else None,
        json_ld=(stock.organization, script(structured_data.breadcrumbs(way, stock.paper))),
        newer=stock.paper.address + view.newer if view.newer else "",
        older=stock.paper.address + older if older else "",
        preload_picture=view.lead.picture_wide if view.lead else None,
        preload_place="wide",
        edition_switch=stock.other_edition(addresses.photos()),
    )
    told = (keys.gallery(each.gallery_id) for each in page.galleries)
    parts = dress.photos_parts(stock.site, head, view)
    return Page(path, stock.language, parts, (keys.photos(stock.language), *told))


def gallery_page(gallery: GalleryFacts, stock: Stock) -> Page:
    """A gallery's own page."""
    line, paper = gallery.line, stock.paper
    files = stock.pictures((each.picture_id for each in gallery.pictures), [Crop.WHOLE])
    views = (
        typesetting.picture(files.get(each.picture_id), Crop.WHOLE, each.caption)
        for each in gallery.pictures
    )
    view = GalleryView(
        gallery_id=line.gallery_id,
        href=line.href,
        absolute=paper.address + line.href,
        headline=line.headline,
        standfirst=line.standfirst,
        author=line.author,
        published_at=line.published_at.astimezone(paper.time_zone),
        pictures=tuple(each for each in views if each is not None),
    )
    alternates: tuple[tuple[str, str], ...] = ()
    if gallery.translation:
        pair = {each.language: paper.address + each.href for each in (line, gallery.translation)}
        tags = [(each.value, pair[each]) for each in paper.languages if each in pair]
        alternates = (*tags, ("x-default", tags[0][1]))
    social = stock.pictures([line.first_picture], [Crop.CINEMA])
    way = [
        (paper.name, stock.site.home),
        (_("Photos"), stock.photos_link.href),
        (line.headline, line.href),
    ]
    head = HeadView(
        title=line.headline,
        description=line.standfirst or line.headline,
        canonical=view.absolute,
        alternates=alternates,
        og_type="article",
        og_picture=typesetting.picture(
            social.get(line.first_picture) if line.first_picture else None, Crop.CINEMA
        ),
        json_ld=(stock.organization, script(structured_data.breadcrumbs(way, paper))),
        published_at=view.published_at,
        section=_("Photos"),
        preload_picture=view.pictures[0] if view.pictures else None,
        edition_switch=gallery.translation.href
        if gallery.translation
        else stock.other_edition(addresses.photos()),
    )
    more = stock.photos(leave_out=line.gallery_id)
    parts = dress.gallery_parts(stock.site, head, view, more=more)
    return Page(
        line.href,
        stock.language,
        parts,
        (
            keys.page_of_gallery(line.gallery_id),
            keys.gallery(line.gallery_id),
            keys.photos(stock.language),
        ),
    )
