"""What the viewsets of this department share: permission is asked for the thing at hand, not for its kind."""

from typing import Any

from django.conf import settings
from django.contrib.admin.utils import quote
from django.db.models import ProtectedError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import StatusTagColumn
from wagtail.snippets.views.snippets import (
    CreateView,
    DeleteView,
    EditView,
    SnippetViewSet,
    UnpublishView,
)

from tajuk.newsroom.viewsets.unsent import BringsBack
from tajuk.outbox.whole import UnpublishedWhole


class AsksAboutThisOne:
    """For Wagtail's views of one object, which ask only whether the user may do it to some object."""

    def user_has_permission(self, permission: str) -> bool:
        """Whether the user may do this here."""
        allowed = super().user_has_permission(permission)  # type: ignore[misc]
        here = getattr(self, "object", None)
        if not allowed or here is None or here.pk is None:
            return bool(allowed)
        return bool(self.user_has_permission_for_instance(permission, here))  # type: ignore[attr-defined]


class AddThis(BringsBack, CreateView):
    """Wagtail's view of a new one."""


class EditThis(BringsBack, AsksAboutThisOne, EditView):
    """Wagtail's edit view, asking about this one."""

    def get_available_actions(self) -> list[str]:
        """Without publishing where the user may not publish this one."""
        actions: list[str] = super().get_available_actions()
        if not self.user_has_permission_for_instance("publish", self.object):
            return [action for action in actions if action != "publish"]
        return actions


class DeleteThis(AsksAboutThisOne, DeleteView):
    """Wagtail's delete view, asking about this one."""

    def form_valid(self, form: Any) -> Any:
        """Deletes, or says what still holds on to it.

        Wagtail asks its reference index, which may not have heard yet of what was just saved.
        """
        try:
            return super().form_valid(form)
        except ProtectedError as error:
            held = ", ".join(sorted(f"“{each}”" for each in list(error.protected_objects)[:3]))
            messages.error(
                self.request,
                gettext("This can't be deleted while it is in use, for example by %(held)s.")
                % {"held": held},
            )
            return redirect(self.get_edit_url())

    def get_edit_url(self) -> str:
        """Where it is edited."""
        return reverse(self.edit_url_name, args=(quote(self.object.pk),))


class UnpublishThis(AsksAboutThisOne, UnpublishedWhole, UnpublishView):
    """Wagtail's view that takes something back, asking about this one, in one transaction."""


class HouseViewSet(SnippetViewSet):
    """A viewset whose views ask about the thing at hand; nothing of it is made by copying."""

    add_view_class = AddThis
    edit_view_class = EditThis
    delete_view_class = DeleteThis
    unpublish_view_class = UnpublishThis
    copy_view_enabled = False
    search_backend_name = None
    list_per_page = 50


def _status(row: Any) -> str:
    if not row.live:
        return gettext("Draft")
    return gettext("Live, with a newer draft") if row.has_unpublished_changes else gettext("Live")


def status_column() -> StatusTagColumn:
    """Where it stands. Wagtail's own column asks for a schedule too: a query for each row."""
    return StatusTagColumn(
        "status", label=_("Status"), accessor=_status, primary=lambda row: bool(row.live)
    )


def in_second(*names: str) -> list[Any]:
    """Panels for fields in the second language; none in a one-language paper."""
    return [FieldPanel(name) for name in names] if settings.PAPER.second_language else []
