"""A picture and its renditions."""

from typing import Any

from django.core.files.base import ContentFile
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class Picture(AbstractImage):
    """A picture with what has to stand under it.

    `title` names it inside the house; `description` (Wagtail's own field) is the alternative text for
    readers who can't see it.
    """

    caption = models.TextField(
        _("caption"), blank=True, help_text=_("What the picture shows, for readers.")
    )
    photographer = models.CharField(_("photographer"), max_length=120, blank=True)
    agency = models.CharField(_("agency"), max_length=120, blank=True)
    via = models.CharField(
        _("via"),
        max_length=120,
        blank=True,
        help_text=_("Whoever passed it on: “agency via agency”."),
    )
    licence = models.CharField(
        _("licence"),
        max_length=200,
        blank=True,
        help_text=_("Under which terms the paper may use it."),
    )

    admin_form_fields = (
        *Image.admin_form_fields, "caption", "photographer", "agency", "via", "licence",
    )  # fmt: skip

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    @property
    def credit(self) -> str:
        """The credit line: photographer/agency via agency."""
        owner = "/".join(part for part in (self.photographer, self.agency) if part)
        return f"{owner} via {self.via}" if self.via and owner else owner or self.via

    def generate_rendition_file(self, filter: Any, *, source: Any = None) -> "ContentFile[bytes]":  # noqa: A002  Wagtail's name
        """As Wagtail makes it, but in memory: Wagtail leaves its temporary file open behind it."""
        made = super().generate_rendition_file(filter, source=source)
        with made.file as file:
            file.seek(0)
            return ContentFile(file.read(), name=made.name)


class Rendition(AbstractRendition):
    """A picture in one size and format, as readers get it."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"],
                name="one_rendition_per_picture_size_and_crop",
            )
        ]
