"""What stands around the screens: style, menu, the roles of a group."""

from typing import Any

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from tajuk.newsroom.forms.group_roles import BaseRoleFormSet, GroupRoles

HIDDEN = frozenset({"explorer", "documents", "snippets"})
"""Items of Wagtail's menu that a newspaper has nothing for: no page tree, no files, no loose snippets."""
HIDDEN_REPORTS = frozenset({"locked-pages", "aging-pages", "page-types-usage"})
"""Reports about pages."""
HIDDEN_SETTINGS = frozenset({"sites", "redirects", "collections", "forms"})
"""Settings of pages, files and forms."""


@hooks.register("insert_global_admin_css")
def style() -> SafeString:
    """The newsroom's few rules."""
    return format_html('<link rel="stylesheet" href="{}">', static("newsroom/desk/desk.css"))


@hooks.register("construct_main_menu")
def without_pages(request: Any, items: list[Any]) -> None:
    """The main menu."""
    del request
    items[:] = [item for item in items if item.name not in HIDDEN]


@hooks.register("construct_reports_menu")
def without_page_reports(request: Any, items: list[Any]) -> None:
    """The reports."""
    del request
    items[:] = [item for item in items if item.name not in HIDDEN_REPORTS]


@hooks.register("construct_settings_menu")
def without_page_settings(request: Any, items: list[Any]) -> None:
    """The settings."""
    del request
    items[:] = [item for item in items if item.name not in HIDDEN_SETTINGS]


@hooks.register("register_group_permission_panel")
def section_roles() -> type[BaseRoleFormSet]:
    """Where an administrator gives a group its roles in sections."""
    return GroupRoles
