"""The tables of the picture desk."""

from tajuk.pictures.models.gallery import Gallery, GalleryItem
from tajuk.pictures.models.picture import Picture, Rendition

__all__ = ["Gallery", "GalleryItem", "Picture", "Rendition"]
