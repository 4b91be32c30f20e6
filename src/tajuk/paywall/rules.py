"""The one decision about access, taken in one pure function."""

from datetime import datetime
from typing import assert_never

from tajuk.paywall.types import (
    Access,
    Decision,
    Entitlement,
    Meter,
    Open,
    ReaderPass,
    Visit,
    Walled,
    Why,
)

PLAIN_VISIT = Visit()


def decide(
    access: Access, reader_pass: ReaderPass | None, meter: Meter | None, visit: Visit = PLAIN_VISIT, *, now: datetime
) -> Decision:  # fmt: skip
    """Whether this reader may have this story's body now.

    A pass that has run out is no pass; the instant it expires is already outside. A `meter` of None
    means nobody counts for this reader, and what isn't counted isn't given.
    """
    if access is Access.FREE or visit.has_gift or visit.is_crawler:
        return Open()
    holder = reader_pass if reader_pass is not None and now < reader_pass.expires_at else None
    subscriber = Entitlement.PREMIUM in visit.entitlements or (
        holder is not None and Entitlement.PREMIUM in holder.entitlements
    )
    if subscriber:
        return Open()
    match access:
        case Access.REGISTERED:
            return Open() if holder is not None else Walled(Why.SIGN_IN)
        case Access.METERED:
            return _metered(meter, is_known=holder is not None)
        case Access.PREMIUM:
            return Walled(Why.SUBSCRIBE)
        case _:
            assert_never(access)


def _metered(meter: Meter | None, *, is_known: bool) -> Decision:
    if meter is None:
        return Walled(Why.SUBSCRIBE if is_known else Why.SIGN_IN)
    if meter.is_off or meter.already_read:
        return Open()
    if meter.left > 0:
        return Open(spends=True)
    return Walled(Why.REGISTER if meter.registering_helps and not is_known else Why.METER_SPENT)
