"""What is due: scheduled stories go live, expired ones leave. The scheduler calls these at each tick, and ticks
again when `next_due` says so.

Each story has a transaction of its own; one that fails is logged and tried again at the next tick, and
does not hold up the others. The queries meet an index each (Wagtail's on `approved_go_live_at`, ours on
`expire_at`), so an idle tick costs the same at a million stories.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Min
from wagtail.models import Revision

from tajuk.newsroom.actions.publish_story import WentLive, publish_revision
from tajuk.newsroom.actions.unpublish_story import expire_story
from tajuk.newsroom.models import Placement, Story

logger = logging.getLogger(__name__)


def publish_due(now: datetime) -> int:
    """Publishes what is scheduled for `now` or before, and whose embargo is over; returns how many went live."""
    due = Revision.objects.filter(
        approved_go_live_at__lte=now, base_content_type=Story.get_base_content_type()
    ).order_by("approved_go_live_at", "pk")
    # Lists of ids, so that nothing is read before its own transaction.
    return _each(
        due.values_list("pk", flat=True), lambda pk: _publish(pk, now), "story_not_published"
    )


def expire_due(now: datetime) -> int:
    """Takes off the site what expires at `now` or before; returns how many left."""
    due = Story.objects.filter(live=True, expire_at__lte=now).order_by("expire_at", "pk")
    return _each(due.values_list("pk", flat=True), lambda pk: _expire(pk, now), "story_not_expired")


def next_due(after: datetime) -> datetime | None:
    """When the next story goes live, leaves the site, or leaves a front it was placed on. Three queries.

    A schedule is never before an embargo (`publish_story`), so the end of an embargo is one of these too.
    """
    publish = Revision.objects.filter(
        approved_go_live_at__gt=after, base_content_type=Story.get_base_content_type()
    ).aggregate(at=Min("approved_go_live_at"))["at"]
    expire = Story.objects.filter(live=True, expire_at__gt=after).aggregate(at=Min("expire_at"))[
        "at"
    ]
    stay = timedelta(hours=settings.PAPER.front_placement_hours)
    placed = Placement.objects.filter(pinned=False, placed_at__gt=after - stay)
    lapse = placed.aggregate(at=Min("placed_at"))["at"]
    known = (publish, expire, lapse + stay if lapse else None)
    return min((each for each in known if each is not None), default=None)


def _publish(revision_id: int, now: datetime) -> bool:
    revision = Revision.objects.get(pk=revision_id)
    outcome = publish_revision(
        revision, acting_user=None, now=now, log_action="wagtail.publish.scheduled"
    )
    return isinstance(outcome, WentLive)


def _expire(story_id: int, now: datetime) -> bool:
    expire_story(Story.objects.get(pk=story_id), acting_user=None, now=now)
    return True


def _each(ids: Iterable[int], act: Callable[[int], bool], event: str) -> int:
    done = 0
    for pk in list(ids):
        try:
            done += act(pk)
        except Exception:
            logger.exception(event, extra={"row": pk})
    return done
