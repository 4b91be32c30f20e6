"""The circulation desk's addresses and its group in the menu."""

from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.search import SearchArea
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup

from tajuk.circulation.desk import decisions
from tajuk.circulation.desk.dashboard import Dashboard
from tajuk.circulation.desk.export import Export
from tajuk.circulation.desk.permissions import Duty, may
from tajuk.circulation.desk.reader_list import ReaderList
from tajuk.circulation.desk.reader_page import ReaderPage
from tajuk.circulation.desk.story_page import StoryPage


class _Item(MenuItem):
    """Shown to who may go there."""

    duty: Duty

    def is_shown(self, request: Any) -> bool:
        return may(request.user, self.duty)


class _ReadersItem(_Item):
    duty = Duty.SEE_READERS


class _FiguresItem(_Item):
    duty = Duty.SEE_FIGURES


class Readers(ViewSet):
    """The list of readers, each one's page, and what is decided there."""

    name = "readers"
    icon = "group"
    menu_label = _("Readers")
    menu_item_class = _ReadersItem

    def get_urlpatterns(self) -> list[Any]:
        """Each below `/desk/readers/`."""
        return [
            path("", ReaderList.as_view(), name="index"),
            path("results/", ReaderList.as_view(results_only=True), name="results"),
            path("export/", Export.as_view(), name="export"),
            path("<int:pk>/", ReaderPage.as_view(), name="reader"),
            path("<int:pk>/story/", StoryPage.as_view(), name="story"),
            path("<int:pk>/grant/", decisions.GrantDecision.as_view(), name="grant"),
            path("<int:pk>/grant/<int:grant>/extend/", decisions.ExtendDecision.as_view(), name="extend"),
            path("<int:pk>/grant/<int:grant>/end/", decisions.EndGrantDecision.as_view(), name="end_grant"),
            path("<int:pk>/sign-ins/end/", decisions.EndSignInsDecision.as_view(), name="end_sign_ins"),
            path("<int:pk>/order/<slug:reference>/refund/", decisions.RefundDecision.as_view(), name="refund"),
            path(
                "<int:pk>/subscription/<int:subscription>/cancel/", decisions.CancelDecision.as_view(), name="cancel"
            ),
        ]  # fmt: skip


class Figures(ViewSet):
    """The dashboards."""

    name = "figures"
    icon = "table"
    menu_label = _("Figures")
    menu_item_class = _FiguresItem

    def get_urlpatterns(self) -> list[Any]:
        """`/desk/figures/`."""
        return [path("", Dashboard.as_view(), name="index")]


class ReaderSearch(SearchArea):
    """The list of readers among the areas of the desk's search."""

    def is_shown(self, request: Any) -> bool:
        """To who may see them."""
        return may(request.user, Duty.SEE_READERS)


def reader_search() -> ReaderSearch:
    """After the stories; the first area that somebody sees is where the side bar searches."""
    return ReaderSearch(
        _("Readers"), reverse("readers:index"), name="readers", icon_name="group", order=300
    )


class CirculationGroup(ViewSetGroup):
    """What circulation looks after."""

    items = (Readers, Figures)
    menu_label = _("Circulation")
    menu_icon = "group"
    menu_order = 325
