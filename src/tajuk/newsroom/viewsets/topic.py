"""Topics at the desk."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column

from tajuk.newsroom.models import Topic
from tajuk.newsroom.viewsets.asking import HouseViewSet, in_second


class TopicViewSet(HouseViewSet):
    """The topics, by name."""

    model = Topic
    icon = "tag"
    menu_label = _("Topics")
    menu_order = 20
    ordering = "name"
    list_display = [
        "name",
        *([Column("name_second", label=_("Second language"))] if in_second("name_second") else []),
        Column("slug", label=_("Address"), accessor=lambda topic: f"/topic/{topic.slug}"),
    ]
    search_fields = ["name", "name_second", "slug"]
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [FieldPanel("name"), *in_second("name_second"), FieldPanel("slug")],
                heading=_("Name"),
            ),
            MultiFieldPanel(
                [FieldPanel("description"), *in_second("description_second")],
                heading=_("What readers find here"),
            ),
        ]
    )
