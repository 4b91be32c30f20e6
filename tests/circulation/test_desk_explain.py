"""“Why can or can't this reader read this story?” is answered by the one decision, and by nothing else."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tajuk.circulation.desk.explain import Change, MeterStands, cases, pass_of
from tajuk.contracts.readers import Held, ReaderRow
from tajuk.paywall.meter import MeterPolicy
from tajuk.paywall.rules import decide
from tajuk.paywall.types import Access, Entitlement, Meter, Open, ReaderPass, Walled, Why

NOON = datetime(2026, 3, 10, 5, 0, tzinfo=UTC)
POLICY = MeterPolicy(5, timedelta(days=30))
REGISTERED = ReaderPass(7, NOON + timedelta(minutes=5))
SUBSCRIBER = replace(REGISTERED, entitlements=frozenset({Entitlement.PREMIUM}))
METERS = {
    MeterStands.SOME_LEFT: Meter(5),
    MeterStands.READ_BEFORE: Meter(0, already_read=True),
    MeterStands.SPENT: Meter(0),
    None: Meter(0),
}


@pytest.mark.parametrize("access", list(Access))
@pytest.mark.parametrize("own", [None, REGISTERED, SUBSCRIBER])
def test_every_case_is_what_the_wall_decides(access: Access, own: ReaderPass | None) -> None:
    found = cases(access, own, POLICY, now=NOON)
    assert {each.is_signed_in for each in found} == ({True, False} if own else {False})
    for each in found:
        reader_pass = own if each.is_signed_in else None
        assert each.decision == decide(access, reader_pass, METERS[each.meter], now=NOON)


def test_a_subscriber_reads_a_premium_story_until_that_ends() -> None:
    signed_in, stranger = cases(Access.PREMIUM, SUBSCRIBER, POLICY, now=NOON)
    assert (signed_in.is_open, signed_in.changes) == (
        True,
        (Change.SIGN_OUT, Change.SUBSCRIPTION_ENDS),
    )
    assert (stranger.decision, stranger.changes) == (Walled(Why.SUBSCRIBE), (Change.SIGN_IN,))


def test_only_a_subscription_opens_a_premium_story_to_a_registered_reader() -> None:
    signed_in, stranger = cases(Access.PREMIUM, REGISTERED, POLICY, now=NOON)
    assert (signed_in.is_open, signed_in.changes) == (False, (Change.SUBSCRIBE,))
    assert (stranger.is_open, stranger.changes) == (False, (Change.SUBSCRIBE,))


def test_signing_in_is_enough_for_a_registered_story() -> None:
    signed_in, stranger = cases(Access.REGISTERED, REGISTERED, POLICY, now=NOON)
    assert (signed_in.is_open, signed_in.changes) == (True, (Change.SIGN_OUT,))
    assert stranger.decision == Walled(Why.SIGN_IN)
    assert stranger.changes[0] is Change.SIGN_IN


def test_on_the_meter_it_depends_on_what_is_left() -> None:
    found = {
        each.meter: each
        for each in cases(Access.METERED, REGISTERED, POLICY, now=NOON)
        if each.is_signed_in
    }
    assert found[MeterStands.SOME_LEFT].decision == Open(spends=True)
    assert found[MeterStands.SOME_LEFT].changes == (Change.METER_SPENT,)
    assert found[MeterStands.READ_BEFORE].decision == Open()
    assert found[MeterStands.SPENT].decision == Walled(Why.METER_SPENT)
    assert found[MeterStands.SPENT].changes == (Change.SUBSCRIBE, Change.METER_LEFT)


def test_a_paper_without_a_meter_promises_none() -> None:
    found = cases(Access.METERED, REGISTERED, MeterPolicy(0, timedelta(days=30)), now=NOON)
    assert [(each.is_open, each.meter) for each in found] == [(False, None), (False, None)]
    assert all(Change.METER_LEFT not in each.changes for each in found)


def test_nothing_changes_a_free_story() -> None:
    assert [each.changes for each in cases(Access.FREE, SUBSCRIBER, POLICY, now=NOON)] == [(), ()]


def test_the_pass_holds_what_the_readers_row_holds_now() -> None:
    row = ReaderRow(
        entitlements=(
            Held(Entitlement.PREMIUM, ends_at=NOON + timedelta(days=1)),
            Held(Entitlement.EPAPER, starts_at=NOON + timedelta(days=1)),
        ),
        revoked_before=NOON + timedelta(milliseconds=1),  # all sign-ins were ended this very moment
    )
    found = pass_of(7, row, now=NOON)
    assert found is not None
    assert found.entitlements == {Entitlement.PREMIUM}


def test_a_closed_account_has_no_pass() -> None:
    assert pass_of(7, ReaderRow(is_active=False), now=NOON) is None
