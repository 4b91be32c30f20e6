"""The one decision about access, taken in one pure function."""

from datetime import datetime
from typing import assert_never

from tajuk.paywall.types import Access, Decision, Entitlement, Meter, Open, ReaderPass, Walled, Why


def decide(
    access: Access, reader_pass: ReaderPass | None, meter: Meter | None, *, now: datetime
) -> Decision:
    """Whether this reader may have this story's body now.

    A pass that has run out is no pass; the instant it expires is already outside. A `meter` of None
    means nobody counts for this reader, and what isn't counted isn't given.
    """
    holder = reader_pass if reader_pass is not None and now < reader_pass.expires_at else None
    subscriber = holder is not None and Entitlement.PREMIUM in holder.entitlements
    match access:
        case Access.FREE:
            return Open()
        case Access.REGISTERED:
            return Open() if holder is not None else Walled(Why.SIGN_IN)
        case Access.METERED:
            if subscriber:
                return Open()
            if meter is None:
                return Walled(Why.SUBSCRIBE if holder else Why.SIGN_IN)
            if meter.already_read:
                return Open()
            return Open(spends=True) if meter.left > 0 else Walled(Why.METER_SPENT)
        case Access.PREMIUM:
            return Open() if subscriber else Walled(Why.SUBSCRIBE)
        case _:
            assert_never(access)
