"""From the figures of a period to what is drawn and tabled. Pure: no queries, no clock.

Money of different currencies is never added: each has a plot of its own.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tajuk.circulation.desk.plots import Series
from tajuk.subscriptions.desk_types import DayOfPlan, DayOfRevenue, FiguresOfPeriod
from tajuk.terms.money import Currency

MOST_DAYS = 100
"""A longer period is drawn by weeks: nobody can tell a hundred bars apart."""
MOST_PLANS = 5
"""The largest plans have a colour each; the others share the last."""
_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stretches:
    """The stretches of time of a period, days or weeks, each named by its first day. The last may be shorter."""

    starts: tuple[date, ...]
    is_weekly: bool

    @classmethod
    def of(cls, first: date, last: date) -> "Stretches":
        """From the first day to the last, both included."""
        days = (last - first).days + 1
        step = _DAY if days <= MOST_DAYS else _WEEK
        many = -(-days // step.days)
        return cls(tuple(first + step * at for at in range(many)), step == _WEEK)

    def at(self, day: date) -> int:
        """In which stretch a day of the period lies."""
        return (day - self.starts[0]).days // (7 if self.is_weekly else 1)


@dataclass(frozen=True, slots=True)
class Active:
    """Subscriptions that went on at the end of each stretch, and what changed within it."""

    active: tuple[int, ...]
    new: tuple[int, ...]
    lost: tuple[int, ...]


def movement(found: FiguresOfPeriod, stretches: Stretches) -> Active:
    """All plans together."""
    new = _summed(found.started, stretches)
    lost = _summed(found.ended, stretches)
    active, running = [], sum(found.active_before.values())
    for came, went in zip(new, lost, strict=True):
        running += came - went
        active.append(running)
    return Active(tuple(active), new, lost)


@dataclass(frozen=True, slots=True)
class PlanMoved:
    """Of one plan, the subscriptions that began and those that ended in each stretch."""

    name: str
    new: tuple[int, ...]
    lost: tuple[int, ...]


def movement_by_plan(
    found: FiguresOfPeriod, stretches: Stretches, *, others: str
) -> tuple[PlanMoved, ...]:
    """The plans in which most happened first."""
    nothing = [0] * len(stretches.starts)
    new: dict[int, list[int]] = {}
    lost: dict[int, list[int]] = {}
    for rows, into in ((found.started, new), (found.ended, lost)):
        for each in rows:
            into.setdefault(each.plan_id, [*nothing])[stretches.at(each.day)] += each.count
    both = {
        plan_id: [*new.get(plan_id, nothing), *lost.get(plan_id, nothing)]
        for plan_id in {*new, *lost}
    }
    many = len(nothing)
    return tuple(
        PlanMoved(each.name, each.values[:many], each.values[many:])
        for each in _largest(both, found.plans, others)
    )


def active_by_plan(
    found: FiguresOfPeriod, stretches: Stretches, *, others: str
) -> tuple[Series, ...]:
    """Of each plan, the subscriptions that went on at the end of each stretch; the largest first."""
    rows: dict[int, list[int]] = {}
    for plan_id in {*found.active_before, *(each.plan_id for each in found.started)}:
        new = _summed((each for each in found.started if each.plan_id == plan_id), stretches)
        lost = _summed((each for each in found.ended if each.plan_id == plan_id), stretches)
        running, values = found.active_before.get(plan_id, 0), []
        for came, went in zip(new, lost, strict=True):
            running += came - went
            values.append(running)
        rows[plan_id] = values
    return _largest(rows, found.plans, others)


def revenue_by_plan(
    found: FiguresOfPeriod, stretches: Stretches, *, others: str
) -> dict[Currency, tuple[Series, ...]]:
    """In each currency that anything was earned in, a series for each plan; the largest first."""
    answer = {}
    for currency in sorted({each.currency for each in found.revenue}):
        rows: dict[int, list[int]] = {}
        of_it: Iterable[DayOfRevenue] = (
            each for each in found.revenue if each.currency is currency
        )
        for each in of_it:
            values = rows.setdefault(each.plan_id, [0] * len(stretches.starts))
            values[stretches.at(each.day)] += each.amount
        answer[currency] = _largest(rows, found.plans, others)
    return answer


def renewals(
    found: FiguresOfPeriod, stretches: Stretches
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """How many were paid and how many failed in each stretch."""
    return _summed(found.renewals_paid, stretches), _summed(found.renewals_failed, stretches)


def share(part: int, whole: int) -> int | None:
    """In percent, rounded; None of nothing."""
    return round(100 * part / whole) if whole else None


def _summed(rows: Iterable[DayOfPlan], stretches: Stretches) -> tuple[int, ...]:
    counted = [0] * len(stretches.starts)
    for each in rows:
        counted[stretches.at(each.day)] += each.count
    return tuple(counted)


def _largest(
    rows: Mapping[int, Sequence[int]], plans: Mapping[int, str], others: str
) -> tuple[Series, ...]:
    by_size = sorted(rows, key=lambda plan_id: (-sum(rows[plan_id]), plan_id))
    if len(by_size) <= MOST_PLANS:
        return tuple(Series(plans[each], tuple(rows[each])) for each in by_size)
    shown, rest = by_size[: MOST_PLANS - 1], by_size[MOST_PLANS - 1 :]
    together = tuple(map(sum, zip(*(rows[each] for each in rest), strict=True)))
    return (
        *(Series(plans[each], tuple(rows[each])) for each in shown),
        Series(others, together),
    )
