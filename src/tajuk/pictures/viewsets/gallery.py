"""Photo galleries at the desk."""

from typing import Any

from django.db.models import Count
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, MultipleChooserPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn
from wagtail.snippets.views.snippets import SnippetViewSet, UnpublishView

from tajuk.outbox.whole import UnpublishedWhole
from tajuk.pictures.models import Gallery


class UnpublishGallery(UnpublishedWhole, UnpublishView):
    """Wagtail's view that takes something back, in one transaction."""


def _status(gallery: Gallery) -> str:
    if not gallery.live:
        return gettext("Draft")
    return (
        gettext("Live, with a newer draft") if gallery.has_unpublished_changes else gettext("Live")
    )


class GalleryViewSet(SnippetViewSet):
    """The galleries, newest first."""

    model = Gallery
    icon = "image"
    menu_label = _("Photo galleries")
    menu_order = 310
    add_to_admin_menu = True
    unpublish_view_class = UnpublishGallery
    copy_view_enabled = False
    list_per_page = 30
    list_display = [
        "headline",
        Column("language", label=_("Language"), accessor="get_language_display"),
        Column("count", label=_("Pictures"), accessor="picture_count"),
        DateColumn("published_at", label=_("First published"), sort_key="published_at"),
        StatusTagColumn(
            "status", label=_("Status"), accessor=_status, primary=lambda gallery: gallery.live
        ),
    ]
    list_filter = ["language", "live"]
    ordering = "-id"
    edit_handler = ObjectList([
        FieldPanel("headline", classname="title"),
        FieldPanel("standfirst"),
        FieldPanel("author"),
        MultipleChooserPanel(
            "items",
            chooser_field_name="picture",
            heading=_("Pictures"),
            label=_("Picture"),
            min_num=1,
            panels=[FieldPanel("picture"), FieldPanel("caption")],
        ),
        MultiFieldPanel(
            [FieldPanel("language"), FieldPanel("translation_of"), FieldPanel("slug")],
            heading=_("Edition and address"),
        ),
    ])  # fmt: skip

    def get_queryset(self, request: Any) -> Any:  # noqa: ARG002
        """All, with the newest draft, whose headline the list shows, and how many pictures each has."""
        return Gallery.objects.select_related("latest_revision").annotate(
            picture_count=Count("items")
        )
