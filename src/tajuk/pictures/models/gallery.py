"""A photo gallery: pictures in an order, each with its caption."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, Orderable, PreviewableMixin, RevisionMixin
from wagtail.search import index

from tajuk.pictures.models.picture import Picture
from tajuk.terms.language import CHOICES as LANGUAGES


class Gallery(PreviewableMixin, DraftStateMixin, RevisionMixin, index.Indexed, ClusterableModel):
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
