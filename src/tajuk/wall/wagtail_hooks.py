"""Wagtail's door to the wall: its rules are saved by an action of the department's own."""

from typing import Any

from django.db import transaction
from wagtail import hooks
from wagtail.actions import ActionRegistry, EditAction

from tajuk.contracts.messages import WallChanged
from tajuk.outbox.actions import put
from tajuk.terms.clock import now
from tajuk.wall.models import WallRules


class _SetWall(EditAction):
    """The wall set anew: the row, Wagtail's audit line, and the message, in one transaction."""

    def execute(self, skip_permission_checks: bool = False) -> Any:  # noqa: FBT001, FBT002
        """The rules. Raises PermissionDenied."""
        with transaction.atomic():
            rules = super().execute(skip_permission_checks)
            WallRules.objects.filter(pk=rules.pk).update(set_at=now())
            put(WallChanged())
        return rules


@hooks.register("register_actions")  # type: ignore[untyped-decorator]
def register_actions(registry: ActionRegistry) -> None:
    """The rules are saved by the department's own action."""
    registry.register(WallRules, _SetWall)
