"""People at the desk: authors and their profiles."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column

from tajuk.newsroom.models import Person
from tajuk.newsroom.viewsets.asking import HouseViewSet, in_second


class PersonViewSet(HouseViewSet):
    """The people, by name. Everybody keeps their own profile."""

    model = Person
    icon = "group"
    menu_label = _("People")
    menu_order = 30
    ordering = "name"
    list_display = ["name", "role", Column("user", label=_("Signs in as"))]
    search_fields = ["name", "role", "slug"]
    edit_handler = ObjectList([
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("slug"), FieldPanel("portrait")], heading=_("Name")
        ),
        MultiFieldPanel(
            [FieldPanel("role"), *in_second("role_second"), FieldPanel("bio"), *in_second("bio_second"),
             FieldPanel("email")],
            heading=_("Profile page"),
        ),
        # Who signs in as whom decides whose profile may be changed, so it isn't left to that person.
        MultiFieldPanel(
            [FieldPanel("user", permission="accounts.change_user")], heading=_("At the desk")
        ),
    ])  # fmt: skip

    def get_queryset(self, request: Any) -> Any:  # noqa: ARG002
        """All, with the account each signs in with."""
        return Person.objects.select_related("user")
