"""A photo gallery: pictures in an order, each with its caption."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, Orderable, PreviewableMixin, RevisionMixin
from wagtail.search import index

from tajuk.outbox.whole import PublishedWhole
from tajuk.pictures import preview
from tajuk.pictures.models.picture import Picture
from tajuk.terms.clock import now
from tajuk.terms.language import CHOICES as LANGUAGES


class Gallery(
    PublishedWhole,
    PreviewableMixin,
    DraftStateMixin,
    RevisionMixin,
    index.Indexed,
    ClusterableModel,
):
    """A gallery of one edition; `published_at` is its first publication."""

    language = models.CharField(_("language"), max_length=5, choices=LANGUAGES)
    headline = models.CharField(_("headline"), max_length=160)
    slug = models.SlugField(_("slug"), max_length=80, blank=True)
    standfirst = models.TextField(_("standfirst"), blank=True)
    author = models.CharField(_("by"), max_length=120, blank=True)
    translation_of = models.OneToOneField(
        "self",
        verbose_name=_("translation of"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="translation",
    )
    published_at = models.DateTimeField(_("first published"), null=True, blank=True)

    search_fields = [index.SearchField("headline", boost=2), index.AutocompleteField("headline")]

    class Meta:
        verbose_name = _("photo gallery")
        verbose_name_plural = _("photo galleries")
        indexes = [
            models.Index(
                fields=["language", "-published_at", "-id"],
                condition=Q(live=True),
                name="latest_galleries",
            )
        ]

    def __str__(self) -> str:
        return self.headline

    # Wagtail calls these. The action imports this module, hence the import inside.

    def publish(
        self,
        revision: Any,
        user: Any = None,
        changed: bool = True,  # noqa: FBT001, FBT002  Wagtail's signature
        log_action: bool | str = True,  # noqa: FBT001, FBT002
        previous_revision: Any = None,
        skip_permission_checks: bool = False,  # noqa: ARG002, FBT001, FBT002
    ) -> None:
        """What the revision holds is what readers see from now on (`actions.publish_gallery`)."""
        from tajuk.pictures.actions import publish_gallery

        publish_gallery(
            revision, acting_user=user, now=now(), changed=changed, log_action=log_action,
            previous_revision=previous_revision,
        )  # fmt: skip

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        """One, where the press has registered how readers see a gallery."""
        return list(super().preview_modes) if preview.is_possible() else []

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:  # noqa: ARG002
        """The reader's page of this gallery as it stands in the form."""
        return preview.render(self, request)


class GalleryItem(Orderable):
    """One picture of a gallery."""

    gallery = ParentalKey(Gallery, on_delete=models.CASCADE, related_name="items")
    picture = models.ForeignKey(
        Picture, verbose_name=_("picture"), on_delete=models.PROTECT, related_name="+"
    )
    caption = models.TextField(
        _("caption"), blank=True, help_text=_("Empty: the picture's own caption is used.")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("picture of a gallery")
        verbose_name_plural = _("pictures of a gallery")

    def __str__(self) -> str:
        return f"{self.gallery} {self.sort_order}"
