"""The letterbox at the desk: what the paper sent while no mail server was set."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from tajuk.site.mail import LETTERBOX
from tajuk.site.models import SentMail


class OnlyReadAndThrownAway(ModelPermissionPolicy):
    """Administrators read mail and throw it away; nobody writes or changes it."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Whether the user may do this."""
        return action in {"view", "delete"} and super().user_has_permission(user, action)


class LetterboxList(IndexView):
    """The mails, newest first. There is nothing to edit, so the subject leads to the mail itself."""

    def get_edit_url(self, instance: SentMail) -> str:
        """Where it is read."""
        return str(self.get_inspect_url(instance))


class LetterboxViewSet(ModelViewSet):
    """Mail that was kept."""

    model = SentMail
    name = "mail"
    icon = "mail"
    menu_label = _("Mail")
    index_view_class = LetterboxList
    inspect_view_enabled = True
    inspect_template_name = "site/mail.html"
    copy_view_enabled = False
    add_to_reference_index = False
    form_fields = ["subject"]
    list_display = [
        "subject",
        Column("recipients", label=_("To")),
        DateColumn("sent_at", label=_("Sent")),
    ]
    search_fields = ["subject", "recipients", "text"]
    ordering = "-sent_at"


register_permission_policy(SentMail, OnlyReadAndThrownAway(SentMail))


@hooks.register("register_admin_viewset")  # type: ignore[untyped-decorator]
def letterbox() -> LetterboxViewSet:
    """Its screens."""
    return LetterboxViewSet()


class LetterboxItem(MenuItem):
    """“Mail”, where mail is kept, for those who may read it."""

    def is_shown(self, request: Any) -> bool:
        """Never while a mail server is set: then there is nothing here."""
        return settings.EMAIL_BACKEND == LETTERBOX and request.user.has_perm("site.view_sentmail")


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def menu_item() -> MenuItem:
    """In the main menu: whoever tries the demo looks for what it has sent."""
    return LetterboxItem(_("Mail"), reverse("mail:index"), name="mail", icon_name="mail", order=900)
