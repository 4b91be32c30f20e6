"""When a period ends. Calendar periods are counted in the paper's own days."""

import calendar
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tajuk.subscriptions.types import Period, PeriodUnit


def end_of(begun: datetime, period: Period, *, anchor_day: int, zone: ZoneInfo) -> datetime:
    """When a period that begins at `begun` is over: at the same time of day in the paper's zone.

    A subscription begun on the 31st ends on the last of a shorter month and on the 31st again after it:
    `anchor_day` is the day of the month it began on.
    """
    if period.unit is PeriodUnit.DAY:
        return begun + timedelta(days=period.count)
    months = period.count * (12 if period.unit is PeriodUnit.YEAR else 1)
    local = begun.astimezone(zone)
    years, month = divmod(local.month - 1 + months, 12)
    year, month = local.year + years, month + 1
    day = min(anchor_day, calendar.monthrange(year, month)[1])
    return local.replace(year=year, month=month, day=day).astimezone(begun.tzinfo)


def is_anchored(moment: datetime, *, anchor_day: int, zone: ZoneInfo) -> bool:
    """Whether periods with this anchor end on this day: on it, or on the last of a month that is too short."""
    local = moment.astimezone(zone)
    return local.day == min(anchor_day, calendar.monthrange(local.year, local.month)[1])


def access_until(paid_until: datetime, *, grace_days: int, is_cancelled: bool) -> datetime:
    """Until when the reader reads on: over a grace period, but not when they said they would not renew."""
    return paid_until if is_cancelled else paid_until + timedelta(days=grace_days)
