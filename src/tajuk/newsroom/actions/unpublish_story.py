"""Taking a story off the site without killing it: back to draft, or because it expired."""

from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.actions.unpublish import UnpublishAction

from tajuk.newsroom.actions.standing import demand, locked_row
from tajuk.newsroom.models import Story
from tajuk.newsroom.rules.roles import Verb


def unpublish_story(story: Story, *, acting_user: Any, now: datetime) -> None:
    """Back to draft; its addresses answer that it isn't there. Raises NotPermittedError."""
    take_off(story, set_expired=False, acting_user=acting_user, log_action=True, now=now)


def expire_story(story: Story, *, acting_user: Any, now: datetime) -> None:
    """As `unpublish_story`, because the story's time is over."""
    take_off(
        story, set_expired=True, acting_user=acting_user,
        log_action="wagtail.unpublish.scheduled", now=now,
    )  # fmt: skip


def take_off(
    story: Story, *, set_expired: bool, acting_user: Any, log_action: bool | str, now: datetime
) -> None:
    """Takes a live story off the site; one that isn't live is left as it is.

    `receivers.story_unpublished` tells of it, so that whoever uses Wagtail's action directly tells too.
    """
    del now  # every action is given the clock; this one has nothing to date
    with transaction.atomic():
        row = locked_row(story.pk)
        demand(acting_user, Verb.PUBLISH, row)
        UnpublishAction(
            row, set_expired=set_expired, user=acting_user, log_action=log_action
        ).execute(skip_permission_checks=True)
    story.live, story.expired = row.live, row.expired
    story.has_unpublished_changes = row.has_unpublished_changes
    story.live_revision = row.live_revision
