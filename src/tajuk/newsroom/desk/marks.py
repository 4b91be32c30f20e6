"""What the desk's lists show of a story besides its own row, fetched for a whole page of them at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet
from wagtail.models import Revision, WorkflowState

from tajuk.newsroom.models import Byline, Story, StoryNote
from tajuk.newsroom.rules.status import Stand, Status, status_of


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands beside a headline."""

    status: Status
    scheduled_at: datetime | None
    byline: str
    open_notes: int


def marks_of(stories: Sequence[Story], *, now: datetime) -> dict[int, Marks]:
    """Marks by story id; four queries, however many stories."""
    ids = [story.pk for story in stories]
    if not ids:
        return {}
    scheduled = {
        int(object_id): moment
        for object_id, moment in scheduled_revisions()
        .filter(object_id__in=[str(pk) for pk in ids])
        .values_list("object_id", "approved_go_live_at")
    }
    in_review = set(ids_in_review(ids))
    notes = open_notes(ids)
    bylines: dict[int, list[str]] = {}
    rows = Byline.objects.filter(story_id__in=ids).order_by("story_id", "sort_order", "id")
    for story_id, name in rows.values_list("story_id", "person__name"):
        bylines.setdefault(story_id, []).append(name)
    return {
        story.pk: Marks(
            status=status_of(_stand_of(story, scheduled, in_review), now=now),
            scheduled_at=scheduled.get(story.pk),
            byline=", ".join(bylines.get(story.pk, ())),
            open_notes=notes.get(story.pk, 0),
        )
        for story in stories
    }


def open_notes(story_ids: Sequence[int]) -> dict[int, int]:
    """How many unresolved notes each story has; stories without any are left out. One query."""
    rows = StoryNote.objects.filter(story_id__in=story_ids, resolved_at__isnull=True).order_by()
    return dict(rows.values_list("story_id").annotate(count=Count("pk")))


def _stand_of(story: Story, scheduled: dict[int, datetime], in_review: set[int]) -> Stand:
    return Stand(
        live=story.live,
        has_changes=story.has_unpublished_changes,
        expired=story.expired,
        killed_at=story.killed_at,
        embargo_until=story.embargo_until,
        scheduled_at=scheduled.get(story.pk),
        in_review=story.pk in in_review,
    )


def scheduled_revisions() -> "QuerySet[Revision]":
    """The versions that wait for their time; few, and found by Wagtail's index on the moment."""
    waiting: QuerySet[Revision] = Revision.objects.filter(
        approved_go_live_at__isnull=False, base_content_type=Story.get_base_content_type()
    )
    return waiting


def scheduled_ids() -> list[int]:
    """The stories that go live by themselves."""
    return [int(each) for each in scheduled_revisions().values_list("object_id", flat=True)]


def ids_in_review(among: Sequence[int] | None = None) -> list[int]:
    """The stories that wait for somebody's review."""
    states = WorkflowState.objects.filter(
        base_content_type=Story.get_base_content_type(), status=WorkflowState.STATUS_IN_PROGRESS
    )
    if among is not None:
        states = states.filter(object_id__in=[str(pk) for pk in among])
    return [int(each) for each in states.values_list("object_id", flat=True)]
