"""Writes of the picture desk: galleries are published, pictures are changed; each is told in its transaction."""

from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.actions import EditAction
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.models import Revision

from tajuk.contracts.messages import GalleryChanged, PictureChanged
from tajuk.outbox.actions import put
from tajuk.pictures.models import Picture
from tajuk.terms.addresses import slug_of
from tajuk.terms.ids import GalleryId

_WHAT_READERS_SEE = (
    "file", "description", "caption", "photographer", "agency", "via", "licence",
    "focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height",
)  # fmt: skip


def publish_gallery(
    revision: Revision, *, acting_user: Any, now: datetime,
    changed: bool = True, log_action: bool | str = True, previous_revision: Revision | None = None,
) -> None:  # fmt: skip
    """Publishes one revision of a gallery; its first publication dates it and gives it its slug."""
    with transaction.atomic():
        action = PublishRevisionAction(
            revision, user=acting_user, changed=changed, log_action=log_action,
            previous_revision=previous_revision,
        )  # fmt: skip
        gallery = action.object
        stands = type(gallery).objects.only("published_at").get(pk=gallery.pk)
        gallery.published_at = stands.published_at or gallery.published_at or now
        gallery.slug = gallery.slug or slug_of(gallery.headline)
        action.execute(skip_permission_checks=True)
        put(GalleryChanged(GalleryId(gallery.pk)))


class ChangePicture(EditAction):
    """A picture's file, words or crop changed at the desk."""

    def execute(self, skip_permission_checks: bool = False) -> Any:  # noqa: FBT001, FBT002
        """The changed picture, told of if readers see the difference. Raises PermissionDenied."""
        with transaction.atomic():
            before = _seen(self.instance.pk)
            picture = super().execute(skip_permission_checks)
            if _seen(picture.pk) != before:
                put(PictureChanged(picture.pk))
        return picture


def _seen(pk: int) -> tuple[Any, ...]:
    return tuple(Picture.objects.filter(pk=pk).values_list(*_WHAT_READERS_SEE))
