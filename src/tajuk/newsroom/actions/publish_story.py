"""Publishing: at once, or scheduled for the later of schedule and embargo.

Every way to publish at the desk (button, approval, schedule, bulk) ends in `publish_revision`, through
`Story.publish`, which is what Wagtail calls.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.dateparse import parse_datetime
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.models import Revision

from tajuk.contracts.messages import Message, StoryPublished
from tajuk.newsroom.actions.addresses import public_path, remember
from tajuk.newsroom.actions.listing import list_again
from tajuk.newsroom.actions.standing import demand, locked_row
from tajuk.newsroom.errors import EmbargoedError, KilledError
from tajuk.newsroom.models import Story
from tajuk.newsroom.rules import publication
from tajuk.newsroom.rules.embargo import goes_live_at, is_embargoed
from tajuk.newsroom.rules.publication import Wording
from tajuk.newsroom.rules.roles import Verb
from tajuk.outbox.actions import put
from tajuk.terms.addresses import slug_of
from tajuk.terms.ids import StoryId


@dataclass(frozen=True, slots=True)
class WentLive:
    """Readers can see it now."""

    story: Story


@dataclass(frozen=True, slots=True)
class Scheduled:
    """It goes live by itself at `at`; `by_embargo` where the embargo is the later of the two promises."""

    at: datetime
    by_embargo: bool


Outcome = WentLive | Scheduled


def publish_story(story: Story, *, acting_user: Any, now: datetime) -> Outcome:
    """Publishes the story's newest draft.

    Raises NotPermittedError, or KilledError. An embargo refuses nothing here: the story is scheduled for
    its end.
    """
    revision = story.get_latest_revision() or story.save_revision(user=acting_user)
    return publish_revision(revision, acting_user=acting_user, now=now)


def publish_revision(
    revision: Revision, *, acting_user: Any, now: datetime,
    changed: bool = True, log_action: bool | str = True, previous_revision: Revision | None = None,
    at_once: bool = False, tell: Callable[[StoryId], Message] = StoryPublished,
) -> Outcome:  # fmt: skip
    """Publishes one revision; `at_once` passes over its schedule (never over an embargo)."""
    with transaction.atomic():
        before = locked_row(int(revision.object_id))
        if before.killed_at is not None:
            raise KilledError(before.kill_reason)
        revision.content_object = before
        action = _Publication(
            revision, acting_user, now, before,
            changed=changed, log_action=log_action, previous_revision=previous_revision,
        )  # fmt: skip
        demand(acting_user, Verb.PUBLISH, before, action.object)
        embargo_until = _newest_embargo(before, revision)
        if at_once:
            if is_embargoed(embargo_until, now=now):
                raise EmbargoedError(embargo_until or now)
            action.object.go_live_at = None
        at = goes_live_at(action.object.go_live_at, embargo_until, now=now)
        if at is not None:
            action.schedule(at)
            return Scheduled(at, by_embargo=at == embargo_until)
        action.go_live()
        put(tell(StoryId(before.pk)))
        return WentLive(action.object)


class _Publication(PublishRevisionAction):
    """Wagtail's publication of a revision, with the newsroom's facts filled in.

    Wagtail reads the clock itself to tell a schedule from a publication; here that is decided before, by the
    rules, so the two ways are two methods.
    """

    def __init__(
        self, revision: Revision, user: Any, now: datetime, before: Story, **options: Any
    ) -> None:
        super().__init__(revision, user=user, **options)
        self._now = now
        self._before = before

    def schedule(self, at: datetime) -> None:
        """The revision goes live at `at`; until then readers have what they had."""
        story, revision = self.object, self.revision
        story.go_live_at = at
        revision.approved_go_live_at = at
        revision.save(update_fields=["approved_go_live_at"])
        story.revisions.filter(approved_go_live_at__isnull=False).exclude(pk=revision.pk).update(
            approved_go_live_at=None
        )
        Story.objects.filter(pk=story.pk).update(has_unpublished_changes=True, expired=False)
        if self.log_action:
            self.log_scheduling_action()
        if workflow_state := story.current_workflow_state:
            workflow_state.cancel(user=self.user)

    def go_live(self) -> None:
        """The revision is what readers have from now on."""
        before, story, now = self._before, self.object, self._now
        old_path = public_path(before) if before.live else None
        story.go_live_at = story.embargo_until = None
        story.embargo_note = ""
        story.slug = story.slug or slug_of(story.headline)
        story.published_at = publication.published_at(
            story.published_at, before.published_at, now=now
        )
        story.updated_at = publication.updated_at(
            _wording_readers_had(before), wording_of(story), standing=before.updated_at, now=now
        )
        self._publish_revision(
            self.revision, story, user=self.user, changed=self.changed, log_action=self.log_action,
            previous_revision=self.previous_revision,
        )  # fmt: skip
        list_again([story.pk])
        remember(story, old_path)


def wording_of(story: Story) -> Wording:
    """What readers read of it."""
    return Wording(
        kicker=story.kicker,
        headline=story.headline,
        standfirst=story.standfirst,
        dateline=story.dateline,
        caption=story.lead_caption,
        body=str(story.body.get_prep_value()),
    )


def _wording_readers_had(before: Story) -> Wording | None:
    if before.live:
        return wording_of(before)
    # Taken off the site and edited since: the row holds the draft, so what readers had is not known.
    return Wording("", "", "", "", "", "") if before.first_published_at else None


def _newest_embargo(before: Story, revision: Revision) -> datetime | None:
    """The embargo as the newest version has it, whichever version is published: the newest word counts."""
    newest = before.latest_revision or revision
    said = newest.content.get("embargo_until")
    return parse_datetime(said) if said else None
