"""What stands around the screens: style, menu, search, the roles of a group."""

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.search import SearchArea

from tajuk.newsroom.forms.group_roles import GroupRoles
from tajuk.newsroom.permissions import POLICY

HIDDEN = frozenset({"explorer", "documents", "snippets"})
"""Items of Wagtail's menu that a newspaper has nothing for: no page tree, no files, no loose snippets."""
HIDDEN_REPORTS = frozenset({"locked-pages", "aging-pages", "page-types-usage"})
"""Reports about pages."""
HIDDEN_SETTINGS = frozenset({"sites", "redirects", "collections", "forms"})
"""Settings of pages, files and forms."""


@hooks.register("insert_global_admin_css")  # type: ignore[untyped-decorator]
def style() -> SafeString:
    """The newsroom's few rules."""
    return format_html('<link rel="stylesheet" href="{}">', static("newsroom/desk/desk.css"))


@hooks.register("insert_editor_js")  # type: ignore[untyped-decorator]
def named_cells() -> SafeString:
    """Names for the cells of a story's tables."""
    return format_html('<script src="{}"></script>', static("newsroom/desk/table.js"))


@hooks.register("construct_main_menu")  # type: ignore[untyped-decorator]
def without_pages(request: Any, items: list[Any]) -> None:
    """The main menu."""
    del request
    items[:] = [item for item in items if item.name not in HIDDEN]


@hooks.register("construct_reports_menu")  # type: ignore[untyped-decorator]
def without_page_reports(request: Any, items: list[Any]) -> None:
    """The reports."""
    del request
    items[:] = [item for item in items if item.name not in HIDDEN_REPORTS]


@hooks.register("construct_settings_menu")  # type: ignore[untyped-decorator]
def without_page_settings(request: Any, items: list[Any]) -> None:
    """The settings."""
    del request
    items[:] = [item for item in items if item.name not in HIDDEN_SETTINGS]


class StorySearch(SearchArea):
    """The search in the side bar goes to the list of stories."""

    def is_shown(self, request: Any) -> bool:
        """For everybody who has a section."""
        return POLICY.user_has_permission(request.user, "view")


@hooks.register("register_admin_search_area")  # type: ignore[untyped-decorator]
def story_search() -> StorySearch:
    """First of all areas: the side bar searches in the first."""
    return StorySearch(
        _("Stories"), reverse("wagtailsnippets_newsroom_story:list"), name="stories", order=1
    )


@hooks.register("construct_search")  # type: ignore[untyped-decorator]
def without_page_search(request: Any, areas: list[Any]) -> None:
    """The areas of the search."""
    del request
    areas[:] = [area for area in areas if area.name not in {"pages", "documents"}]


@hooks.register("register_group_permission_panel")  # type: ignore[untyped-decorator]
def section_roles() -> Any:
    """Where an administrator gives a group its roles in sections."""
    return GroupRoles
