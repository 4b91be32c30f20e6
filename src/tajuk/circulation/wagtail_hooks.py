"""Wagtail's door to circulation: how its audit lines read."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogFormatter


@hooks.register("register_log_actions")  # type: ignore[untyped-decorator]
def register_audit_lines(actions: Any) -> None:
    """Registers a line for each action."""
    actions.register_action("circulation.grant")(GrantLine)
    actions.register_action("circulation.end_grant")(EndGrantLine)
    actions.register_action("circulation.end_sign_ins")(EndSignInsLine)


class GrantLine(LogFormatter):
    """An entitlement that was given."""

    label = _("Grant")

    def format_message(self, log_entry: Any) -> str:
        """What, and why."""
        return gettext("Granted %(entitlement)s: “%(reason)s”") % _told(log_entry)


class EndGrantLine(LogFormatter):
    """An entitlement that was taken back."""

    label = _("End a grant")

    def format_message(self, log_entry: Any) -> str:
        """What, and why."""
        return gettext("Took %(entitlement)s back: “%(reason)s”") % _told(log_entry)


class EndSignInsLine(LogFormatter):
    """Every sign-in that was ended."""

    label = _("End every sign-in")
    message = _("Ended every sign-in")


def _told(log_entry: Any) -> dict[str, str]:
    data = log_entry.data
    return {"entitlement": data.get("entitlement", ""), "reason": data.get("reason", "")}
