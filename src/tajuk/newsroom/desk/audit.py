"""How the newsroom's audit lines read in a story's history."""

from typing import Any

from django.utils import formats, timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogFormatter


@hooks.register("register_log_actions")  # type: ignore[untyped-decorator]
def register_audit_lines(actions: Any) -> None:
    """Registers a line for each action that Wagtail doesn't know."""
    actions.register_action("newsroom.correct")(CorrectLine)
    actions.register_action("newsroom.kill")(KillLine)
    actions.register_action("newsroom.restore")(RestoreLine)
    actions.register_action("newsroom.lift_embargo")(LiftEmbargoLine)


class CorrectLine(LogFormatter):
    """A correction, with its note."""

    label = _("Correct")

    def format_message(self, log_entry: Any) -> str:
        """The note, as readers have it."""
        return gettext("Corrected: “%(note)s”") % {"note": log_entry.data.get("note", "")}


class KillLine(LogFormatter):
    """A kill, with its reason."""

    label = _("Kill")

    def format_message(self, log_entry: Any) -> str:
        """The reason, as readers have it."""
        return gettext("Killed: “%(reason)s”") % {"reason": log_entry.data.get("reason", "")}


class RestoreLine(LogFormatter):
    """A kill that was taken back."""

    label = _("Take back a kill")

    def format_message(self, log_entry: Any) -> str:
        """The reason that no longer holds."""
        return gettext("Kill taken back (it was: “%(reason)s”)") % {
            "reason": log_entry.data.get("reason", "")
        }


class LiftEmbargoLine(LogFormatter):
    """An embargo that was ended by hand."""

    label = _("Lift the embargo")

    def format_message(self, log_entry: Any) -> str:
        """Until when it would have run."""
        until = parse_datetime(log_entry.data.get("until") or "")
        if until is None:
            return gettext("Embargo lifted")
        moment = formats.date_format(timezone.localtime(until), "DATETIME_FORMAT")
        return gettext("Embargo lifted; it would have run until %(moment)s") % {"moment": moment}
