"""Sections at the desk."""

from typing import Any

from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column

from tajuk.newsroom.models import Section
from tajuk.newsroom.viewsets.asking import HouseViewSet, in_second


class SectionViewSet(HouseViewSet):
    """The sections, in the order of the navigation, each below the one it is part of."""

    model = Section
    icon = "folder-open-inverse"
    menu_label = _("Sections")
    menu_order = 10
    list_display = [
        "name",
        *([Column("name_second", label=_("Second language"))] if in_second("name_second") else []),
        Column("slug", label=_("Address"), accessor=lambda section: f"/{section.slug}"),
        Column("parent", label=_("Part of")),
        Column("position", label=_("Position")),
    ]
    search_fields = ["name", "name_second", "slug"]
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [FieldPanel("name"), *in_second("name_second"), FieldPanel("slug")],
                heading=_("Name"),
            ),
            MultiFieldPanel([FieldPanel("parent"), FieldPanel("position")], heading=_("Place")),
            MultiFieldPanel(
                [FieldPanel("description"), *in_second("description_second")],
                heading=_("What readers find here"),
            ),
        ]
    )

    def get_queryset(self, request: Any) -> Any:  # noqa: ARG002
        """All, each after the one it is part of."""
        return Section.objects.select_related("parent").order_by(
            Coalesce("parent__position", "position"),
            Coalesce("parent_id", "id"),
            F("parent_id").asc(nulls_first=True),
            "position",
            "id",
        )
