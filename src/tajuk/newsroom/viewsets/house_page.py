"""House pages at the desk: about, contact, guidelines, corrections, privacy, terms."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn

from tajuk.newsroom.models import HousePage
from tajuk.newsroom.viewsets.asking import HouseViewSet, status_column


class HousePageViewSet(HouseViewSet):
    """The pages a paper owes its readers, in each of its languages."""

    model = HousePage
    icon = "doc-full-inverse"
    menu_label = _("House pages")
    menu_order = 40
    list_display = [
        "headline",
        Column("slug", label=_("Page"), accessor="get_slug_display"),
        Column("language", label=_("Language"), accessor="get_language_display"),
        DateColumn("updated_at", label=_("Last updated")),
        status_column(),
    ]
    list_filter = ["slug", "language"]
    search_fields = ["headline", "standfirst"]
    edit_handler = ObjectList(
        [
            MultiFieldPanel([FieldPanel("slug"), FieldPanel("language")], heading=_("Which page")),
            FieldPanel("headline", classname="title"),
            FieldPanel("standfirst"),
            FieldPanel("body"),
        ]
    )

    def get_queryset(self, request: Any) -> Any:  # noqa: ARG002
        """All, with the newest draft, whose headline the list shows."""
        return HousePage.objects.select_related("latest_revision")
