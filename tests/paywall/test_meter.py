"""The meter: what is counted, what is free again, and what no forged cookie can do."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tajuk.paywall import Meter
from tajuk.paywall.meter import (
    MeterCard,
    MeterPolicy,
    counted,
    meter_of,
    opened_card,
    sealed_card,
)
from tajuk.paywall.passes import KeyRing, Purpose, SigningKey, sealed

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
POLICY = MeterPolicy(stories=3, window=timedelta(days=30))
RING = KeyRing((SigningKey("aa", b"k" * 32, NOON),))


def test_distinct_stories_are_counted_and_reading_one_again_is_free() -> None:
    card = None
    for story in (1, 2, 1, 2):
        card = counted(card, story, POLICY, now=NOON)

    assert card == MeterCard(NOON, (1, 2))
    assert meter_of(card, 2, POLICY, now=NOON) == Meter(1, already_read=True)
    assert meter_of(card, 3, POLICY, now=NOON) == Meter(1)
    card = counted(card, 3, POLICY, now=NOON)
    assert meter_of(card, 4, POLICY, now=NOON) == Meter(0)


def test_the_window_runs_from_the_first_story_and_its_end_is_a_new_beginning() -> None:
    card = counted(None, 1, POLICY, now=NOON)
    last = NOON + POLICY.window - timedelta(seconds=1)
    assert meter_of(card, 2, POLICY, now=last) == Meter(2)
    after = NOON + POLICY.window

    assert meter_of(card, 1, POLICY, now=after) == Meter(3)
    assert counted(card, 1, POLICY, now=after) == MeterCard(after, (1,))


def test_a_card_from_the_future_counts_as_none() -> None:
    card = MeterCard(NOON + timedelta(hours=1), (1, 2, 3))
    assert meter_of(card, 9, POLICY, now=NOON) == Meter(3)


def test_a_smaller_allowance_never_makes_less_than_nothing() -> None:
    card = MeterCard(NOON, (1, 2, 3))
    assert meter_of(card, 9, MeterPolicy(1, POLICY.window), now=NOON) == Meter(0)


@given(st.lists(st.integers(0, 2**63 - 1), max_size=50, unique=True))
def test_a_card_comes_back_from_its_cookie_as_it_went(stories: list[int]) -> None:
    card = MeterCard(NOON, tuple(stories))
    assert opened_card(sealed_card(card, RING).encode(), RING) == card


@given(st.binary(max_size=200))
def test_what_was_not_sealed_here_is_no_card(text: bytes) -> None:
    assert opened_card(text, RING) is None


@pytest.mark.parametrize("payload", [b"", b"\x01", b"\x02" + b"\0" * 4, b"\x01" + b"\0" * 7])
def test_a_sealed_payload_of_another_shape_is_no_card(payload: bytes) -> None:
    assert opened_card(sealed(Purpose.METER, payload, RING).encode(), RING) is None


def test_a_pass_is_no_meter_card_and_another_key_opens_nothing() -> None:
    card = MeterCard(NOON, (1,))
    payload = sealed(Purpose.PASS, b"\x01" + b"\0" * 12, RING).encode()
    assert opened_card(payload, RING) is None
    other = KeyRing((SigningKey("aa", b"z" * 32, NOON),))
    assert opened_card(sealed_card(card, RING).encode(), other) is None
