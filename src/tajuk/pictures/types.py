"""What the picture desk answers with: a picture's facts and the sizes it can be had in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tajuk.terms.ids import GalleryId, PictureId
from tajuk.terms.language import Language


class Crop(StrEnum):
    """The shapes a picture is cut to, around its focal point; WHOLE is not cut."""

    STANDARD = "3:2"
    WIDE = "16:9"
    SQUARE = "1:1"
    CLASSIC = "4:3"
    CINEMA = "16:9 for crawlers"
    """With SQUARE and CLASSIC what structured data and social cards ask for: one JPEG each."""
    WHOLE = "whole"
    PORTRAIT = "portrait"
    """A small square, for the faces of people."""


@dataclass(frozen=True, slots=True)
class Size:
    """One file of a picture."""

    url: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Cut:
    """A picture in one crop: WebP from narrow to wide, and one JPEG that every reader and crawler reads."""

    webp: tuple[Size, ...]
    jpeg: Size


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """A picture and what has to stand under it. `cuts` holds the crops that were asked for."""

    picture_id: PictureId
    alt: str
    caption: str
    credit: str
    licence: str
    cuts: Mapping[Crop, Cut]


@dataclass(frozen=True, slots=True)
class GalleryLine:
    """A published gallery, as lists show it."""

    gallery_id: GalleryId
    language: Language
    href: str
    headline: str
    standfirst: str
    author: str
    published_at: datetime
    first_picture: PictureId | None
    count: int


@dataclass(frozen=True, slots=True)
class GalleryPicture:
    """One picture of a gallery; an empty caption means the picture's own."""

    picture_id: PictureId
    caption: str


@dataclass(frozen=True, slots=True)
class GalleryFacts:
    """A published gallery with its pictures in order."""

    line: GalleryLine
    pictures: tuple[GalleryPicture, ...]
    translation: GalleryLine | None


@dataclass(frozen=True, slots=True)
class GalleryPage:
    """A stretch of the galleries, newest first; `older` continues it."""

    galleries: tuple[GalleryLine, ...]
    older: GalleryId | None
