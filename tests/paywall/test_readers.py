"""A reader's row in the store, and the rules of renewal and revocation."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tajuk.contracts.readers import (
    Held,
    ReaderRow,
    is_revoked,
    packed_reader,
    renewed,
    unpacked_reader,
)
from tajuk.paywall.passes import PASS_LIFE, SESSION_LIFE, moment_of
from tajuk.paywall.types import Entitlement, ReaderPass

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
SOON = timedelta(minutes=1)
MILLISECOND = timedelta(milliseconds=1)
PASS = ReaderPass(7, NOON + PASS_LIFE, frozenset(), "AbCdEfGhIjg", NOON, NOON, NOON + SESSION_LIFE)
PREMIUM = Held(Entitlement.PREMIUM)

moments = st.integers(31536000000, 7258118400000).map(moment_of)
rows = st.builds(
    ReaderRow,
    entitlements=st.lists(
        st.builds(Held, st.sampled_from(Entitlement), st.none() | moments, st.none() | moments)
    ).map(tuple),
    revoked_before=st.none() | moments,
    revoked_sessions=st.lists(st.text(max_size=11)).map(tuple),
    picks=st.lists(st.tuples(st.sampled_from(["id", "en"]), st.lists(st.text()).map(tuple))).map(
        tuple
    ),
    is_active=st.booleans(),
)


@given(rows)
def test_every_row_comes_out_of_the_store_as_it_went_in(row: ReaderRow) -> None:
    assert unpacked_reader(packed_reader(row)) == row


def test_a_row_of_another_format_is_none() -> None:
    assert unpacked_reader(b"[99,1,2]") is None


def test_an_entitlement_of_a_newer_release_is_passed_over() -> None:
    packed = packed_reader(ReaderRow((PREMIUM,))).replace(b"premium", b"crossword")
    assert unpacked_reader(packed) == ReaderRow()


def test_a_row_of_a_reader_with_nothing_is_small() -> None:
    assert len(packed_reader(ReaderRow())) < 40


def test_a_renewed_pass_has_what_the_row_has_now() -> None:
    now = NOON + timedelta(minutes=6, microseconds=7)
    fresh = renewed(PASS, ReaderRow((PREMIUM, Held(Entitlement.AD_FREE, ends_at=now))), now=now)
    assert fresh == replace(
        PASS,
        expires_at=NOON + timedelta(minutes=6) + PASS_LIFE,
        entitlements=frozenset({Entitlement.PREMIUM}),
        issued_at=NOON + timedelta(minutes=6),
    )


def test_a_pass_that_ran_out_days_ago_is_renewed_silently() -> None:
    now = NOON + timedelta(days=9)
    fresh = renewed(PASS, ReaderRow(), now=now)
    assert fresh is not None
    assert fresh.expires_at == now + PASS_LIFE
    assert fresh.renew_until == PASS.renew_until


def test_a_sign_in_ends_after_its_thirty_days_to_the_second() -> None:
    last = NOON + SESSION_LIFE - timedelta(seconds=1)
    fresh = renewed(PASS, ReaderRow(), now=last)
    assert fresh is not None
    assert fresh.expires_at == NOON + SESSION_LIFE
    assert renewed(PASS, ReaderRow(), now=NOON + SESSION_LIFE) is None


@pytest.mark.parametrize(
    ("held", "has_it"),
    [
        (Held(Entitlement.PREMIUM, ends_at=NOON + SOON), True),
        (Held(Entitlement.PREMIUM, starts_at=NOON + SOON), False),
        (Held(Entitlement.PREMIUM, starts_at=NOON, ends_at=NOON + SOON), True),
    ],
)
def test_a_pass_ends_where_an_entitlement_begins_or_ends(held: Held, has_it: bool) -> None:
    fresh = renewed(PASS, ReaderRow((held,)), now=NOON)
    assert fresh is not None
    assert (Entitlement.PREMIUM in fresh.entitlements) is has_it
    assert fresh.expires_at == NOON + SOON
    after = renewed(fresh, ReaderRow((held,)), now=NOON + SOON)
    assert after is not None
    assert (Entitlement.PREMIUM in after.entitlements) is not has_it
    assert after.expires_at == NOON + SOON + PASS_LIFE


def test_an_entitlement_holds_from_its_first_instant_and_not_at_its_end() -> None:
    held = Held(Entitlement.PREMIUM, starts_at=NOON, ends_at=NOON + SOON)
    assert [held.holds(now=NOON + each) for each in (-MILLISECOND, 0 * SOON, SOON - MILLISECOND, SOON)] == [
        False, True, True, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "revoked"),
    [
        (ReaderRow(), False),
        (ReaderRow(is_active=False), True),
        (ReaderRow(revoked_before=NOON), False),  # this sign-in came after the revocation
        (ReaderRow(revoked_before=NOON + MILLISECOND), True),
        (ReaderRow(revoked_sessions=("other000000", PASS.session)), True),
        (ReaderRow(revoked_sessions=("other000000",)), False),
    ],
)
def test_a_revoked_pass_is_not_renewed(row: ReaderRow, revoked: bool) -> None:
    assert is_revoked(PASS, row) is revoked
    assert (renewed(PASS, row, now=NOON + SOON) is None) is revoked


def test_a_pass_renewed_in_the_instant_of_a_revocation_does_not_outlive_it() -> None:
    revoked_at = NOON + SOON
    late = renewed(
        PASS, ReaderRow(), now=revoked_at + MILLISECOND
    )  # the row isn't in the store yet
    assert late is not None
    assert is_revoked(late, ReaderRow(revoked_before=revoked_at))


def test_a_pass_without_its_moments_ends_at_any_revocation_and_is_never_renewed() -> None:
    bare = ReaderPass(7, NOON + PASS_LIFE)
    assert is_revoked(bare, ReaderRow(revoked_before=NOON - timedelta(days=1000)))
    assert renewed(bare, ReaderRow(), now=NOON) is None


def test_the_slot_for_recommendations_is_filled_in_the_language_of_the_page() -> None:
    row = ReaderRow(picks=(("id", ("picks:garam", "picks:feri")), ("en", ("picks:ferries",))))
    assert row.picks_in("id") == ("picks:garam", "picks:feri")
    assert row.picks_in("fr") == ()
