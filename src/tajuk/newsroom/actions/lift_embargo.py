"""Lifting an embargo before its time, and moving a scheduled story when its embargo was changed."""

from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from tajuk.newsroom.actions.publish_story import Outcome, publish_revision
from tajuk.newsroom.actions.standing import demand, locked_row
from tajuk.newsroom.models import Story
from tajuk.newsroom.rules.roles import Verb


def lift_embargo(story: Story, *, acting_user: Any, now: datetime) -> Outcome | None:
    """Ends the story's embargo now.

    A story that waited for it goes live at once, or at its schedule; a draft stays a draft (None is
    returned). Raises NotPermittedError.
    """
    with transaction.atomic():
        row = locked_row(story.pk)
        demand(acting_user, Verb.PUBLISH, row)
        waiting = row.scheduled_revision
        newest = row.get_latest_revision_as_object()
        until, newest.embargo_until, newest.embargo_note = newest.embargo_until, None, ""
        newest_revision = newest.save_revision(user=acting_user, clean=False)
        Story.objects.filter(pk=row.pk).update(embargo_until=None, embargo_note="")
        log(
            instance=row, action="newsroom.lift_embargo", user=acting_user, revision=newest_revision,
            data={"until": until.isoformat() if until else ""},
        )  # fmt: skip
        if waiting is None:
            return None
        return publish_revision(waiting, acting_user=acting_user, now=now)


def follow_embargo(story: Story, *, acting_user: Any, now: datetime) -> Outcome | None:
    """After a draft was saved: a scheduled story follows the embargo of its newest version.

    Shortened or cleared by somebody who may publish, the waiting version goes live earlier, or now.
    Lengthened, it waits longer, whoever saved: `publish_revision` sees to that in any case.
    """
    with transaction.atomic():
        row = locked_row(story.pk)
        waiting = row.scheduled_revision
        if waiting is None or row.killed_at is not None:
            return None
        return publish_revision(waiting, acting_user=acting_user, now=now, log_action=False)
