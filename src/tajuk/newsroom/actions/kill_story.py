"""Killing a story, and taking a kill back."""

from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from tajuk.contracts.messages import StoryKilled, StoryUnpublished
from tajuk.newsroom.actions.addresses import all_paths
from tajuk.newsroom.actions.listing import list_again
from tajuk.newsroom.actions.standing import demand, locked_row
from tajuk.newsroom.errors import (
    KilledError,
    NeverPublishedError,
    NotKilledError,
    WordsMissingError,
)
from tajuk.newsroom.models import Story
from tajuk.newsroom.rules.roles import Verb
from tajuk.outbox.actions import put
from tajuk.terms.ids import StoryId


def kill_story(story: Story, *, reason: str, acting_user: Any, now: datetime) -> None:
    """Withdraws a story for good: its addresses answer 410 with the reason.

    Whatever was scheduled or under review is cancelled. Raises NotPermittedError, WordsMissingError
    without a reason, KilledError if it is killed already, NeverPublishedError for a draft no reader saw.
    """
    with transaction.atomic():
        row = locked_row(story.pk)
        demand(acting_user, Verb.KILL, row)
        if row.killed_at is not None:
            raise KilledError(row.kill_reason)
        if row.published_at is None or not (row.live or row.first_published_at):
            raise NeverPublishedError
        if not reason.strip():
            raise WordsMissingError
        row.live, row.has_unpublished_changes, row.live_revision = False, True, None
        row.killed_at, row.kill_reason = now, reason.strip()
        row.save(
            update_fields=[
                "live", "has_unpublished_changes", "live_revision", "killed_at", "kill_reason",
            ]
        )  # fmt: skip
        list_again([row.pk])
        row.revisions.filter(approved_go_live_at__isnull=False).update(approved_go_live_at=None)
        if workflow_state := row.current_workflow_state:
            workflow_state.cancel(user=acting_user)
        log(
            instance=row, action="newsroom.kill", user=acting_user, data={"reason": row.kill_reason}
        )
        put(StoryKilled(StoryId(row.pk)))
    story.live, story.killed_at, story.kill_reason = False, row.killed_at, row.kill_reason


def restore_story(story: Story, *, acting_user: Any, now: datetime) -> None:
    """Takes a kill back: the story is a draft again, and its addresses answer 404 until it is published.

    Raises NotPermittedError, or NotKilledError.
    """
    del now  # every action is given the clock; the audit line dates itself
    with transaction.atomic():
        row = locked_row(story.pk)
        demand(acting_user, Verb.KILL, row)
        if row.killed_at is None:
            raise NotKilledError
        reason, row.killed_at, row.kill_reason = row.kill_reason, None, ""
        row.save(update_fields=["killed_at", "kill_reason"])
        log(instance=row, action="newsroom.restore", user=acting_user, data={"reason": reason})
        put(StoryUnpublished(StoryId(row.pk), all_paths(row)))
    story.killed_at, story.kill_reason = None, ""
