"""Reader passes: what is sealed opens, and nothing else does."""

import time
import timeit
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tajuk.paywall.passes import (
    PASS_LIFE,
    RENEW_AFTER,
    SESSION_LIFE,
    KeyRing,
    Purpose,
    SigningKey,
    is_due,
    moment_of,
    new_session,
    opened,
    opened_pass,
    sealed,
    sealed_pass,
)
from tajuk.paywall.types import Entitlement, ReaderPass

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
KEY = SigningKey("a1b2c3d4", b"k" * 32, NOON)
OTHER = SigningKey("0badcafe", b"o" * 32, NOON)
RING = KeyRing((KEY,))
SIGNED_IN_AT = NOON + timedelta(milliseconds=123)
PASS = ReaderPass(
    7,
    NOON + PASS_LIFE,
    frozenset({Entitlement.PREMIUM, Entitlement.AD_FREE}),
    "AbCdEfGhIjk"[:10] + "g",
    SIGNED_IN_AT,
    NOON,
    NOON + SESSION_LIFE,
)
COOKIE = sealed_pass(PASS, RING).encode()

moments = st.integers(31536000000, 4260211200000).map(moment_of)
seconds = moments.map(lambda moment: moment.replace(microsecond=0))
passes = st.builds(
    ReaderPass,
    reader_id=st.integers(0, 2**63 - 1),
    expires_at=seconds,
    entitlements=st.frozensets(st.sampled_from(Entitlement)),
    session=st.builds(new_session),
    signed_in_at=moments,
    issued_at=seconds,
    renew_until=seconds,
)


@given(passes)
def test_every_pass_opens_as_it_was_sealed(reader_pass: ReaderPass) -> None:
    cookie = sealed_pass(reader_pass, RING)
    assert opened_pass(cookie.encode(), RING) == reader_pass
    assert len(cookie) < 200
    assert set(cookie) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.")


@given(st.integers(0, len(COOKIE) - 1), st.integers(0, 255))
def test_a_cookie_with_any_byte_changed_is_no_pass(place: int, byte: int) -> None:
    forged = COOKIE[:place] + bytes([byte]) + COOKIE[place + 1 :]
    assert (opened_pass(forged, RING) is None) == (forged != COOKIE)


@given(st.integers(0, len(COOKIE)), st.integers(0, len(COOKIE)))
def test_a_cookie_cut_anywhere_is_no_pass(start: int, end: int) -> None:
    cut = COOKIE[start:end]
    assert (opened_pass(cut, RING) is None) == (cut != COOKIE)


@given(st.integers(0, len(COOKIE)), st.binary(min_size=1, max_size=40))
@example(len(COOKIE), b"=")
@example(len(COOKIE), b"\n")
@example(len(COOKIE), b"\0")
def test_a_cookie_with_anything_put_in_is_no_pass(place: int, more: bytes) -> None:
    assert opened_pass(COOKIE[:place] + more + COOKIE[place:], RING) is None


@given(st.binary(max_size=300))
@example(b"")
@example(b".")
@example(b"..")
@example(b"a1b2c3d4..")
@example(b"a1b2c3d4." + b"A" * 47 + b"." + b"A" * 32)
@example(b"\xff" * 40)
@example(b"." * 100_000)
def test_what_we_did_not_seal_is_no_pass(cookie: bytes) -> None:
    assert opened_pass(cookie, RING) is None


@given(passes)
def test_a_pass_sealed_with_a_key_of_another_paper_is_no_pass(reader_pass: ReaderPass) -> None:
    namesake = SigningKey(KEY.id, b"x" * 32, NOON)
    for key in (OTHER, namesake):
        assert opened_pass(sealed_pass(reader_pass, KeyRing((key,))).encode(), RING) is None


def test_what_was_sealed_for_the_meter_is_no_pass_and_no_pass_is_a_meter() -> None:
    payload = opened(Purpose.PASS, COOKIE, RING)
    assert payload is not None
    assert opened_pass(sealed(Purpose.METER, payload, RING).encode(), RING) is None
    assert opened(Purpose.METER, COOKIE, RING) is None


@given(st.binary(max_size=500), st.sampled_from(Purpose))
def test_any_payload_opens_for_its_purpose_only(payload: bytes, purpose: Purpose) -> None:
    text = sealed(purpose, payload, RING).encode()
    assert opened(purpose, text, RING) == payload
    for other in set(Purpose) - {purpose}:
        assert opened(other, text, RING) is None


def test_a_text_longer_than_any_cookie_is_not_opened() -> None:
    assert opened(Purpose.METER, sealed(Purpose.METER, b"m" * 4000, RING).encode(), RING) is None


def test_a_pass_of_another_release_is_no_pass() -> None:
    payload = opened(Purpose.PASS, COOKIE, RING)
    assert payload is not None
    later_than_time_goes = payload[:19] + b"\xff" * 8 + payload[27:]
    for other in (
        b"\x02" + payload[1:],
        payload + b"\x00",
        payload[:-1],
        b"",
        later_than_time_goes,
    ):
        assert opened_pass(sealed(Purpose.PASS, other, RING).encode(), RING) is None


def test_the_first_key_seals_and_every_key_opens() -> None:
    both = KeyRing((OTHER, KEY))
    assert opened_pass(COOKIE, both) == PASS
    fresh = sealed_pass(PASS, both).encode()
    assert fresh.startswith(OTHER.id.encode())
    assert opened_pass(fresh, both) == PASS
    assert opened_pass(fresh, RING) is None


def test_a_pass_that_has_run_out_still_opens() -> None:
    over = replace(PASS, expires_at=NOON - timedelta(days=20))
    assert opened_pass(sealed_pass(over, RING).encode(), RING) == over


@pytest.mark.parametrize(
    ("after", "due"),
    [
        (timedelta(0), False),
        (RENEW_AFTER - timedelta(microseconds=1), False),
        (RENEW_AFTER, True),
        (PASS_LIFE, True),
        (SESSION_LIFE, True),
    ],
)
def test_a_pass_is_due_after_a_third_of_its_life(after: timedelta, due: bool) -> None:
    assert is_due(PASS, now=NOON + after) is due


def test_a_pass_cut_short_is_due_when_it_runs_out() -> None:
    short = replace(PASS, expires_at=NOON + timedelta(seconds=5))
    assert not is_due(short, now=NOON + timedelta(seconds=4))
    assert is_due(short, now=NOON + timedelta(seconds=5))


def test_every_sign_in_has_an_id_of_its_own() -> None:
    ids = {new_session() for _ in range(1000)}
    assert len(ids) == 1000
    assert {len(each) for each in ids} == {11}


@pytest.mark.prove
def test_opening_a_pass_takes_ten_microseconds_at_most() -> None:
    ring = KeyRing((OTHER, KEY))
    watch = timeit.Timer(lambda: opened_pass(COOKIE, ring), timer=time.process_time)
    best = min(watch.repeat(number=2000, repeat=30)) / 2000
    assert best < 10e-6, f"{best * 1e6:.1f} us"
