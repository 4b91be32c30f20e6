"""What other departments may ask the picture desk. Answers are frozen; costs are stated."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from tajuk.pictures.models import Gallery, GalleryItem, Picture
from tajuk.pictures.renditions import cuts_of
from tajuk.pictures.types import (
    Crop,
    Cut,
    GalleryFacts,
    GalleryLine,
    GalleryPage,
    GalleryPicture,
    PictureFacts,
    Size,
)
from tajuk.terms import addresses
from tajuk.terms.ids import GalleryId, PictureId
from tajuk.terms.language import Language

__all__ = [
    "Crop", "Cut", "GalleryFacts", "GalleryLine", "GalleryPage", "GalleryPicture", "PictureFacts", "Size",
    "every_gallery", "galleries_with", "gallery", "gallery_as_edited", "latest_galleries", "pictures",
]  # fmt: skip

_FIELDS = (
    "id", "title", "file", "width", "height", "description", "caption", "photographer", "agency", "via", "licence",
    "focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height", "file_hash",
)  # fmt: skip


def pictures(
    picture_ids: Iterable[int], *, crops: Collection[Crop]
) -> dict[PictureId, PictureFacts]:
    """These pictures in these crops, by id; unknown and unreadable ones are left out.

    Two queries, however many pictures, once their files exist. A file that is missing is made now (see
    `renditions`), so don't ask inside a long transaction.
    """
    wanted = {each for each in picture_ids if each}
    if not wanted:
        return {}
    rows = list(Picture.objects.filter(pk__in=wanted).only(*_FIELDS))
    cuts = cuts_of(rows, crops)
    return {
        PictureId(row.pk): PictureFacts(
            picture_id=PictureId(row.pk),
            alt=row.description,
            caption=row.caption,
            credit=row.credit,
            licence=row.licence,
            cuts=cuts[row.pk],
        )
        for row in rows
        if row.pk in cuts
    }


def latest_galleries(
    language: Language, *, at_most: int, before: GalleryId | None = None
) -> GalleryPage:
    """Published galleries of an edition, newest first, from after `before` on. One query, two with `before`."""
    rows = _published().filter(language=language)
    if before is not None:
        edge = Gallery.objects.filter(pk=before).values_list("published_at", flat=True).first()
        if edge is None:
            return GalleryPage(galleries=(), older=None)
        rows = rows.filter(published_at__lte=edge).exclude(published_at=edge, pk__gte=before)
    found = [_line(row) for row in rows.order_by("-published_at", "-id")[: at_most + 1]]
    shown = tuple(found[:at_most])
    return GalleryPage(shown, older=shown[-1].gallery_id if len(found) > at_most else None)


def gallery(gallery_id: int) -> GalleryFacts | None:
    """A published gallery, or None. Three queries."""
    row = _published().filter(pk=gallery_id).first()
    if row is None:
        return None
    items = GalleryItem.objects.filter(gallery_id=gallery_id).order_by("sort_order", "id")
    other = _published().filter(Q(translation_of=gallery_id) | Q(pk=row.translation_of_id)).first()
    return GalleryFacts(
        line=_line(row),
        pictures=tuple(
            GalleryPicture(PictureId(picture_id), caption)
            for picture_id, caption in items.values_list("picture_id", "caption")
        ),
        translation=_line(other) if other else None,
    )


def gallery_as_edited(edited: Gallery, *, now: datetime) -> GalleryFacts:
    """A gallery as it stands on the editor's screen, saved or not; its pictures are those of the form."""
    shown = [each for each in edited.items.all() if each.picture_id]
    line = _line(edited, published_at=edited.published_at or now)
    line = replace(
        line, first_picture=PictureId(shown[0].picture_id) if shown else None, count=len(shown)
    )
    items = tuple(GalleryPicture(PictureId(each.picture_id), each.caption) for each in shown)
    return GalleryFacts(line, items, translation=None)


def galleries_with(picture_id: int) -> tuple[GalleryId, ...]:
    """The published galleries that show this picture. One query."""
    ids = Gallery.objects.filter(live=True, items__picture_id=picture_id).values_list(
        "id", flat=True
    )
    return tuple(GalleryId(each) for each in ids.distinct())


def every_gallery(language: Language) -> tuple[GalleryLine, ...]:
    """All published galleries of an edition, newest first. One query."""
    rows = _published().filter(language=language).order_by("-published_at", "-id")
    return tuple(_line(row) for row in rows)


def _published() -> QuerySet[Gallery]:
    first = GalleryItem.objects.filter(gallery=OuterRef("pk")).order_by("sort_order", "id")
    rows: QuerySet[Gallery] = Gallery.objects.filter(live=True, published_at__isnull=False)
    counted: QuerySet[Gallery] = rows.annotate(
        first_picture=Subquery(first.values("picture_id")[:1]), count=Count("items")
    )
    return counted


def _line(row: Gallery, *, published_at: datetime | None = None) -> GalleryLine:
    moment = published_at or row.published_at
    assert moment is not None, "a published gallery has its time"
    language = Language(row.language)
    path = addresses.gallery(row.pk or 0, row.slug or addresses.slug_of(row.headline))
    first: int | None = getattr(row, "first_picture", None)
    return GalleryLine(
        gallery_id=GalleryId(row.pk or 0),
        language=language,
        href=addresses.prefix(language, first=settings.PAPER.first_language) + path,
        headline=row.headline,
        standfirst=row.standfirst,
        author=row.author,
        published_at=moment,
        first_picture=PictureId(first) if first else None,
        count=int(getattr(row, "count", 0)),
    )
