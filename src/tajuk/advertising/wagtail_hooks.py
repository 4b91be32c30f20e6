"""Advertising at the desk: who advertises where, and from when to when."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.actions import ActionRegistry, CreateAction, EditAction
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from tajuk.advertising.models import Advertisement
from tajuk.contracts.messages import AdvertisingChanged
from tajuk.outbox.actions import put


class AdvertisementViewSet(SnippetViewSet):
    """The advertisements, newest first."""

    model = Advertisement
    icon = "pick"
    menu_label = _("Advertisements")
    menu_order = 320
    add_to_admin_menu = True
    copy_view_enabled = False
    list_per_page = 30
    list_display = [
        "headline",
        Column("advertiser", label=_("Advertiser"), sort_key="advertiser"),
        Column("placement", label=_("Placement"), accessor="get_placement_display"),
        DateColumn("starts_at", label=_("Starts"), sort_key="starts_at"),
        DateColumn("ends_at", label=_("Ends"), sort_key="ends_at"),
        BooleanColumn("active", label=_("Active")),
    ]
    list_filter = ["placement", "active"]
    search_backend_name = None
    search_fields = ["advertiser", "headline"]
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [FieldPanel("advertiser"), FieldPanel("placement"), FieldPanel("active")],
                heading=_("Who and where"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("picture"),
                    FieldPanel("headline"),
                    *([FieldPanel("headline_second")] if settings.PAPER.second_language else []),
                    FieldPanel("url"),
                ],
                heading=_("What readers see"),
            ),
            FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")], heading=_("When")),
        ]
    )


class _AddAdvertisement(CreateAction):
    """A new advertisement, told of in the same transaction."""

    def execute(self, skip_permission_checks: bool = False) -> Any:  # noqa: FBT001, FBT002
        """The new row. Raises PermissionDenied."""
        with transaction.atomic():
            made = super().execute(skip_permission_checks)
            put(AdvertisingChanged())
        return made


class _ChangeAdvertisement(EditAction):
    """A changed advertisement, told of in the same transaction."""

    def execute(self, skip_permission_checks: bool = False) -> Any:  # noqa: FBT001, FBT002
        """The changed row. Raises PermissionDenied."""
        with transaction.atomic():
            changed = super().execute(skip_permission_checks)
            put(AdvertisingChanged())
        return changed


register_snippet(AdvertisementViewSet)


@hooks.register("register_actions")  # type: ignore[untyped-decorator]
def register_actions(registry: ActionRegistry) -> None:
    """Advertisements are saved by the department's own actions."""
    registry.register(Advertisement, _AddAdvertisement)
    registry.register(Advertisement, _ChangeAdvertisement)
