"""How circulation's audit lines read: in a reader's history, and in a colleague's for exports."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogFormatter

from tajuk.circulation.desk import words
from tajuk.paywall.types import Entitlement


def register(actions: Any) -> None:
    """Registers a line for each action."""
    for name, line in _LINES.items():
        actions.register_action(f"circulation.{name}")(line)


class _Line(LogFormatter):
    """What was done, with its facts and its reason."""

    told: str | Promise

    def format_message(self, log_entry: Any) -> str:
        """The line; the reason stands at its end where one was given."""
        facts = _facts(log_entry.data)
        line = str(self.told) % facts
        return f"{line}: “{facts['reason']}”" if facts["reason"] else line


class GrantLine(_Line):
    """An entitlement that was given."""

    label = _("Grant")
    told = _("Granted %(entitlement)s")


class ExtendGrantLine(_Line):
    """A grant that lasts longer."""

    label = _("Extend a grant")
    told = _("Extended %(entitlement)s, %(until)s")


class EndGrantLine(_Line):
    """An entitlement that was taken back."""

    label = _("End a grant")
    told = _("Took %(entitlement)s back")


class EndSignInsLine(_Line):
    """Every sign-in that was ended."""

    label = _("End every sign-in")
    told = _("Ended every sign-in")


class RefundLine(_Line):
    """Money that was given back."""

    label = _("Refund")
    told = _("Gave %(amount)s back for order %(order)s")


class CancelLine(_Line):
    """A subscription that isn't renewed any more."""

    label = _("Cancel a subscription")
    told = _("Cancelled %(plan)s, read until %(until)s")


class ExportLine(_Line):
    """Readers' data that left the house."""

    label = _("Export readers’ data")
    told = _("Exported %(what)s (%(narrowed)s)")


_LINES: Mapping[str, type[_Line]] = {
    "grant": GrantLine,
    "extend_grant": ExtendGrantLine,
    "end_grant": EndGrantLine,
    "end_sign_ins": EndSignInsLine,
    "refund": RefundLine,
    "cancel": CancelLine,
    "export": ExportLine,
}


def _facts(data: Mapping[str, Any]) -> dict[str, str]:
    facts = {
        name: str(data.get(name, ""))
        for name in ("reason", "amount", "order", "plan", "what", "narrowed", "until")
    }
    given = data.get("entitlement", "")
    known = given in set(Entitlement)
    facts["entitlement"] = f"“{words.ENTITLEMENTS[Entitlement(given)]}”" if known else given
    facts["narrowed"] = facts["narrowed"] or gettext("all")
    if "entitlement" in data and "until" in data:  # a moment, or empty for an open grant
        facts["until"] = words.until(
            datetime.fromisoformat(facts["until"]) if facts["until"] else None
        )
    return facts
