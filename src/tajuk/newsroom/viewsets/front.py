"""Fronts at the desk: editors place, order and pin stories; the rest fills by rule."""

from typing import Any

from django.conf import settings
from django.db.models import Case, Count, F, When
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultipleChooserPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.permissions import policy_registry

from tajuk.newsroom.forms.front import FrontForm
from tajuk.newsroom.models import Front
from tajuk.newsroom.viewsets.asking import HouseViewSet, status_column


class FrontViewSet(HouseViewSet):
    """The fronts of every edition. Set-up makes them; here they are filled."""

    model = Front
    icon = "thumbtack"
    menu_label = _("Fronts")
    menu_order = 120
    list_display = [
        "name",
        Column("language", label=_("Language"), accessor="get_language_display"),
        Column("placed_count", label=_("Placed stories")),
        DateColumn("last_published_at", label=_("Last published")),
        status_column(),
    ]
    list_filter = ["language"]
    search_fields = ["section__name"]
    edit_handler = ObjectList(
        [
            MultipleChooserPanel(
                "placements",
                chooser_field_name="story",
                heading=_("Placed stories"),
                label=_("Placed story"),
                help_text=_(
                    "They come first, in this order; the rest of the front fills by itself with what is "
                    "new. A story that isn't pinned leaves its place by itself after some time."
                ),
                panels=[
                    FieldPanel("story"),
                    FieldPanel("pinned"),
                    FieldPanel("placed_at", read_only=True),
                ],
            )
        ],
        base_form_class=FrontForm,
    )

    def get_queryset(self, request: Any) -> Any:
        """The fronts this user may change: home first, then sections in the order of the navigation."""
        policy = policy_registry.get_by_type(Front)
        mine = policy.instances_user_has_permission_for(request.user, "change")
        return (
            mine.select_related("section", "latest_revision")
            .annotate(placed_count=Count("placements"))
            .order_by(
                F("section__position").asc(nulls_first=True),
                "section_id",
                Case(When(language=settings.PAPER.first_language.value, then=0), default=1),
            )
        )
