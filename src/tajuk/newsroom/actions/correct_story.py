"""Correcting in the open: the newest draft goes live with a note that says what was wrong."""

from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from tajuk.contracts.messages import StoryCorrected
from tajuk.newsroom.actions.publish_story import publish_revision
from tajuk.newsroom.actions.standing import demand, locked_row
from tajuk.newsroom.errors import KilledError, NotLiveError, WordsMissingError
from tajuk.newsroom.models import Correction, Story
from tajuk.newsroom.rules.roles import Verb


def correct_story(story: Story, *, note: str, acting_user: Any, now: datetime) -> Correction:
    """Publishes the newest draft of a live story at once, with a public note.

    Raises NotPermittedError, WordsMissingError without a note, NotLiveError, KilledError, and
    EmbargoedError where the draft is under an embargo that still runs.
    """
    with transaction.atomic():
        row = locked_row(story.pk)
        demand(acting_user, Verb.CORRECT, row)
        if row.killed_at is not None:
            raise KilledError(row.kill_reason)
        if not row.live:
            raise NotLiveError
        if not note.strip():
            raise WordsMissingError
        revision = row.get_latest_revision() or row.save_revision(user=acting_user)
        publish_revision(
            revision, acting_user=acting_user, now=now, log_action=False, at_once=True, tell=StoryCorrected
        )  # fmt: skip
        Story.objects.filter(pk=row.pk).update(updated_at=now)
        correction = Correction.objects.create(
            story=row, note=note.strip(), posted_at=now, posted_by=acting_user
        )
        log(
            instance=row, action="newsroom.correct", user=acting_user, revision=revision,
            content_changed=True, data={"note": correction.note},
        )  # fmt: skip
    return correction
