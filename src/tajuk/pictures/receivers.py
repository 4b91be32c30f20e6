"""Thin receivers: what left the picture desk is told, inside the transaction in which it left."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models.signals import (
    post_delete,
    post_save,  # noqa: TID251  see picture_arrived
    pre_delete,
)
from django.dispatch import receiver
from wagtail.signals import unpublished

from tajuk.contracts.messages import (
    GalleryChanged,
    PictureArrived,
    PictureChanged,
    PictureFilesGone,
)
from tajuk.outbox.actions import put
from tajuk.pictures.models import Gallery, Picture, Rendition
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


@receiver(post_delete, sender=Rendition, dispatch_uid="pictures.file_left")
def file_left(instance: Rendition, **_: Any) -> None:
    """Tells which file is gone, for caches in front have it too. Wagtail deletes them itself when a picture is replaced
    or deleted; it takes away the file once this is committed.
    """
    with transaction.atomic():
        put(PictureFilesGone((f"{settings.MEDIA_URL}{instance.file.name}",)))


@receiver(post_save, sender=Picture, dispatch_uid="pictures.picture_arrived")
def picture_arrived(instance: Picture, *, created: bool, **_: Any) -> None:
    """Tells of a new picture, so that it is cut before a story that shows it is published.

    Wagtail has four ways in for a picture and no signal of its own. Some are outside of any transaction; a crash
    between the two then costs only time, for the press cuts what it finds uncut.
    """
    if created:
        with transaction.atomic():
            put(PictureArrived(instance.pk))
