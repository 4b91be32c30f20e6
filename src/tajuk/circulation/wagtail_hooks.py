"""Wagtail's door to circulation: its menu, its permissions, how its audit lines read."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from wagtail import hooks

from tajuk.circulation.desk import audit
from tajuk.circulation.desk.menu import CirculationGroup, reader_search
from tajuk.circulation.desk.permissions import duties

hooks.register("register_admin_viewset", CirculationGroup)
hooks.register("register_admin_search_area", reader_search)
hooks.register("register_log_actions", audit.register)


@hooks.register("register_permissions")  # type: ignore[untyped-decorator]
def register_permissions() -> "QuerySet[Permission]":
    """What an administrator can tick for a group."""
    return duties()
