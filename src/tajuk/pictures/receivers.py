"""Thin receivers: what left the picture desk is told, inside the transaction in which it left."""

from typing import Any

from django.db.models.signals import pre_delete
from django.dispatch import receiver
from wagtail.signals import unpublished

from tajuk.contracts.messages import GalleryChanged, PictureChanged
from tajuk.outbox.actions import put
from tajuk.pictures.models import Gallery, Picture
from tajuk.terms.ids import GalleryId


@receiver(unpublished, sender=Gallery, dispatch_uid="pictures.gallery_unpublished")
@receiver(pre_delete, sender=Gallery, dispatch_uid="pictures.gallery_deleted")
def gallery_left(instance: Gallery, **_: Any) -> None:
    """Tells which gallery readers no longer see."""
    put(GalleryChanged(GalleryId(instance.pk)))


@receiver(pre_delete, sender=Picture, dispatch_uid="pictures.picture_deleted")
def picture_left(instance: Picture, **_: Any) -> None:
    """Tells which picture is gone from wherever it stood."""
    put(PictureChanged(instance.pk))
