"""What a reader holds now, and through what: the entitlements the newsstand goes by, each with its reasons."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from tajuk.circulation.desk import words
from tajuk.circulation.models import Grant
from tajuk.contracts.readers import ReaderRow
from tajuk.paywall.types import Entitlement
from tajuk.subscriptions.desk_types import FileOfReader, SubscriptionState


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that gives entitlements."""

    gives: frozenset[Entitlement]
    what: str
    until: str


@dataclass(frozen=True, slots=True)
class Holding:
    """An entitlement the reader has now."""

    entitlement: Entitlement
    name: words.Text
    reasons: tuple[Reason, ...]
    """Empty for one whose reason the desk doesn't know."""


def reasons(money: FileOfReader, grants: Iterable[Grant], *, now: datetime) -> Iterator[Reason]:
    """Everything that gives this reader something now: subscriptions, seats, grants."""
    for held in money.subscriptions:
        if held.state is not SubscriptionState.ENDED:
            yield Reason(
                frozenset(held.gives),
                gettext("Subscription %(plan)s (%(state)s)")
                % {"plan": held.plan, "state": words.SUBSCRIPTION[held.state]},
                words.until(held.access_until),
            )
    for seat in money.seats:
        if seat.holds(now=now):
            what = gettext("Seat in %(group)s (%(plan)s)") % {
                "group": seat.group,
                "plan": seat.plan,
            }
            yield Reason(frozenset(seat.gives), what, words.until(seat.ends_at))
    for grant in grants:
        if grant.starts_at <= now and (grant.ends_at is None or now < grant.ends_at):
            yield Reason(
                frozenset({Entitlement(grant.entitlement)}),
                gettext("Complimentary: %(reason)s") % {"reason": grant.reason},
                words.until(grant.ends_at),
            )


def holdings(
    row: ReaderRow, money: FileOfReader, grants: Iterable[Grant], *, now: datetime
) -> tuple[Holding, ...]:
    """The entitlements of the reader's row, as the newsstand has them, with their reasons."""
    why = tuple(reasons(money, grants, now=now))
    now_held = {each.entitlement for each in row.entitlements if each.holds(now=now)}
    return tuple(
        Holding(
            each, words.ENTITLEMENTS[each], tuple(reason for reason in why if each in reason.gives)
        )
        for each in Entitlement
        if each in now_held
    )
