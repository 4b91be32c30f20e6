"""Publishing a front: what is placed stands from now on, and each place's time begins."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.models import Revision
from wagtail.permissions import policy_registry

from tajuk.contracts.messages import FrontChanged
from tajuk.newsroom.models import Front, Placement
from tajuk.outbox.actions import put
from tajuk.terms.ids import SectionId


def publish_front(
    revision: Revision, *, acting_user: Any, now: datetime,
    changed: bool = True, log_action: bool | str = True, previous_revision: Revision | None = None,
) -> None:  # fmt: skip
    """Publishes one revision of a front. Raises PermissionDenied; None acts for the house itself.

    A story that stood on the front before keeps the moment at which it was placed: saving the front again
    does not keep it there longer.
    """
    with transaction.atomic():
        front = Front.objects.select_for_update(of=("self",)).get(pk=revision.object_id)
        _demand(acting_user, front)
        placed = dict(
            front.placements.filter(placed_at__isnull=False).values_list("story_id", "placed_at")
        )
        PublishRevisionAction(
            revision, user=acting_user, changed=changed, log_action=log_action,
            previous_revision=previous_revision,
        ).execute(skip_permission_checks=True)  # fmt: skip
        for place in Placement.objects.filter(front=front, placed_at__isnull=True):
            place.placed_at = placed.get(place.story_id, now)
            place.save(update_fields=["placed_at"])
        _lapsed(now).filter(front=front).delete()
        put(changed_front(front))


def clear_fronts(now: datetime) -> int:
    """Takes away the places whose time is over, and those of killed stories; returns how many.

    The scheduler calls it at each tick; there are never more places than editors have placed.
    """
    ids = list(_lapsed(now).values_list("front_id", flat=True).distinct())
    taken = 0
    for front in Front.objects.filter(pk__in=ids):
        with transaction.atomic():
            gone, _ = _lapsed(now).filter(front=front).delete()
            if gone:
                put(changed_front(front))
            taken += gone
    return taken


def changed_front(front: Front) -> FrontChanged:
    """What is told of it."""
    section = None if front.section_id is None else SectionId(front.section_id)
    return FrontChanged(section, front.language)


def _lapsed(now: datetime) -> "QuerySet[Placement]":
    before = now - timedelta(hours=settings.PAPER.front_placement_hours)
    lapsed: QuerySet[Placement] = Placement.objects.filter(
        Q(pinned=False, placed_at__lt=before) | Q(story__killed_at__isnull=False)
    )
    return lapsed


def _demand(user: Any, front: Front) -> None:
    if user is None:
        return
    policy = policy_registry.get_by_type(Front)
    if not policy.user_has_permission_for_instance(user, "publish", front):
        raise PermissionDenied
