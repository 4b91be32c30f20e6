"""Why a reader can or can't read a story: the one decision, asked again with one thing changed at a time. Pure.

`paywall.decide` is the only place where access is decided; what would change its answer is found by asking it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from tajuk.contracts.readers import ReaderRow, renewed
from tajuk.paywall.meter import MeterPolicy
from tajuk.paywall.passes import PASS_LIFE, SESSION_LIFE, whole_second
from tajuk.paywall.rules import decide
from tajuk.paywall.types import Access, Decision, Entitlement, Meter, Open, ReaderPass

_NOBODY = 0


class MeterStands(StrEnum):
    """How the meter of the browser may stand; only that browser knows."""

    SOME_LEFT = "some_left"
    READ_BEFORE = "read_before"
    SPENT = "spent"


class Change(StrEnum):
    """One thing that would change the answer."""

    SIGN_IN = "sign_in"
    METER_LEFT = "meter_left"
    SUBSCRIBE = "subscribe"
    SIGN_OUT = "sign_out"
    METER_SPENT = "meter_spent"
    SUBSCRIPTION_ENDS = "subscription_ends"


@dataclass(frozen=True, slots=True)
class Case:
    """The decision in one situation, and each single thing that would turn it round."""

    is_signed_in: bool
    meter: MeterStands | None
    """None where the meter makes no difference."""
    decision: Decision
    changes: tuple[Change, ...]

    @property
    def is_open(self) -> bool:
        """Whether the story can be read."""
        return isinstance(self.decision, Open)


def pass_of(reader_id: int, row: ReaderRow, *, now: datetime) -> ReaderPass | None:
    """What the reader's pass would hold if they signed in now; None for an account that may not."""
    # A sign-in comes after whatever ended those before it.
    signed_in_at = max(now, row.revoked_before or now)
    just = ReaderPass(
        reader_id, now, signed_in_at=signed_in_at, issued_at=now, renew_until=whole_second(now) + SESSION_LIFE
    )  # fmt: skip
    return renewed(just, row, now=now)


def cases(
    access: Access, own_pass: ReaderPass | None, policy: MeterPolicy, *, now: datetime
) -> tuple[Case, ...]:
    """Every situation the reader can be in: signed in (where that is possible) or not, and how the meter stands."""
    asked = _Asked(access, own_pass, policy, now)
    passes = (own_pass, None) if own_pass is not None else (None,)
    return tuple(case for each in passes for case in asked.with_meters(each))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What stays the same in every situation."""

    access: Access
    own_pass: ReaderPass | None
    policy: MeterPolicy
    now: datetime

    def with_meters(self, reader_pass: ReaderPass | None) -> Iterator[Case]:
        """One case where the meter makes no difference, else one for each way it may stand."""
        meters = {
            MeterStands.SOME_LEFT: Meter(self.policy.stories),
            MeterStands.READ_BEFORE: Meter(0, already_read=True),
            MeterStands.SPENT: Meter(0),
        }
        if not self.policy.stories:  # nobody has any left, nor ever opened one
            meters = {MeterStands.SPENT: Meter(0)}
        if len({self.opens(reader_pass, each) for each in meters.values()}) == 1:
            yield self.case(reader_pass, None, meters[MeterStands.SPENT])
            return
        for stands, meter in meters.items():
            yield self.case(reader_pass, stands, meter)

    def case(
        self, reader_pass: ReaderPass | None, stands: MeterStands | None, meter: Meter
    ) -> Case:
        decision = decide(self.access, reader_pass, meter, now=self.now)
        is_open = isinstance(decision, Open)
        changes = tuple(
            change
            for change, other_pass, other_meter in self.others(reader_pass, meter)
            if self.opens(other_pass, other_meter) is not is_open
        )
        return Case(reader_pass is not None, stands, decision, changes)

    def opens(self, reader_pass: ReaderPass | None, meter: Meter) -> bool:
        return isinstance(decide(self.access, reader_pass, meter, now=self.now), Open)

    def others(
        self, reader_pass: ReaderPass | None, meter: Meter
    ) -> Iterator[tuple[Change, ReaderPass | None, Meter]]:
        """The same situation with one thing changed, the smallest first."""
        if reader_pass is None:
            signed_in = self.own_pass or ReaderPass(_NOBODY, self.now + PASS_LIFE)
            yield Change.SIGN_IN, signed_in, meter
        else:
            signed_in = reader_pass
            yield Change.SIGN_OUT, None, meter
        if Entitlement.PREMIUM not in signed_in.entitlements:
            paid = signed_in.entitlements | {Entitlement.PREMIUM}
            yield Change.SUBSCRIBE, replace(signed_in, entitlements=paid), meter
        elif reader_pass is not None:
            unpaid = signed_in.entitlements - {Entitlement.PREMIUM}
            yield Change.SUBSCRIPTION_ENDS, replace(signed_in, entitlements=unpaid), meter
        if meter.left:
            yield Change.METER_SPENT, reader_pass, Meter(0)
        elif self.policy.stories and not meter.already_read:
            yield Change.METER_LEFT, reader_pass, Meter(self.policy.stories)
