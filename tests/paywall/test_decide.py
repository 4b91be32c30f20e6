"""The one decision about access, case by case."""

from datetime import UTC, datetime, timedelta

import pytest

from tajuk.paywall import (
    Access,
    Decision,
    Entitlement,
    Meter,
    Open,
    ReaderPass,
    Walled,
    Why,
    decide,
)

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)
REGISTERED = ReaderPass(1, LATER)
SUBSCRIBER = ReaderPass(2, LATER, frozenset({Entitlement.PREMIUM}))
AD_FREE_ONLY = ReaderPass(3, LATER, frozenset({Entitlement.AD_FREE}))
RUN_OUT = ReaderPass(2, NOON, frozenset({Entitlement.PREMIUM}))
OPEN, SIGN_IN, SUBSCRIBE = Open(), Walled(Why.SIGN_IN), Walled(Why.SUBSCRIBE)


@pytest.mark.parametrize(
    ("access", "reader_pass", "meter", "decision"),
    [
        (Access.FREE, None, None, OPEN),
        (Access.FREE, RUN_OUT, Meter(0), OPEN),
        (Access.REGISTERED, None, Meter(5), SIGN_IN),
        (Access.REGISTERED, REGISTERED, None, OPEN),
        (Access.REGISTERED, RUN_OUT, None, SIGN_IN),
        (Access.METERED, None, None, SIGN_IN),
        (Access.METERED, REGISTERED, None, SUBSCRIBE),
        (Access.METERED, None, Meter(1), Open(spends=True)),
        (Access.METERED, None, Meter(0), Walled(Why.METER_SPENT)),
        (Access.METERED, REGISTERED, Meter(0), Walled(Why.METER_SPENT)),
        (Access.METERED, None, Meter(0, already_read=True), OPEN),
        (Access.METERED, SUBSCRIBER, Meter(0), OPEN),
        (Access.METERED, SUBSCRIBER, None, OPEN),
        (Access.PREMIUM, None, Meter(5), SUBSCRIBE),
        (Access.PREMIUM, REGISTERED, Meter(5), SUBSCRIBE),
        (Access.PREMIUM, AD_FREE_ONLY, None, SUBSCRIBE),
        (Access.PREMIUM, SUBSCRIBER, None, OPEN),
        (Access.PREMIUM, RUN_OUT, None, SUBSCRIBE),  # the instant it expires is already outside
    ],
)
def test_who_may_read_what(
    access: Access, reader_pass: ReaderPass | None, meter: Meter | None, decision: Decision
) -> None:
    assert decide(access, reader_pass, meter, now=NOON) == decision
