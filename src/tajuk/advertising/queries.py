"""What runs in the placements of a page."""

from datetime import datetime

from django.conf import settings
from django.db.models import Min, Q

from tajuk.advertising.models import Advertisement
from tajuk.advertising.types import PlacementName, Running
from tajuk.terms.ids import PictureId
from tajuk.terms.language import Language

__all__ = ["PlacementName", "Running", "next_change", "running"]


def running(language: Language, *, now: datetime) -> dict[PlacementName, Running]:
    """In each placement the running advertisement that began last. One query."""
    rows = Advertisement.objects.filter(
        Q(ends_at__isnull=True) | Q(ends_at__gt=now), active=True, starts_at__lte=now
    )
    shown: dict[PlacementName, Running] = {}
    for row in rows.order_by("starts_at", "id"):  # the last word in each placement stays
        is_first = language is settings.PAPER.first_language
        placement = PlacementName(row.placement)
        shown[placement] = Running(
            placement=placement,
            advertiser=row.advertiser,
            headline=row.headline if is_first else row.headline_second or row.headline,
            url=row.url,
            picture=PictureId(row.picture_id),
        )
    return shown


def next_change(*, after: datetime) -> datetime | None:
    """When the next advertisement starts or ends. One query."""
    active = Advertisement.objects.filter(active=True)
    found = active.aggregate(
        starts=Min("starts_at", filter=Q(starts_at__gt=after)),
        ends=Min("ends_at", filter=Q(ends_at__gt=after)),
    )
    return min((each for each in found.values() if each is not None), default=None)
