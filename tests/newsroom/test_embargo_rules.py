"""Embargo and schedule, as pure rules."""

from datetime import UTC, datetime, timedelta

import pytest

from tajuk.newsroom.rules.embargo import goes_live_at, is_embargoed
from tajuk.newsroom.rules.publication import Wording, published_at, updated_at

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
TEXT = Wording("", "Harga garam naik", "", "GELASAN", "", "[]")


def test_an_embargo_ends_at_its_very_instant() -> None:
    assert is_embargoed(NOON, now=NOON - timedelta(microseconds=1))
    assert not is_embargoed(NOON, now=NOON)
    assert not is_embargoed(None, now=NOON)


@pytest.mark.parametrize(
    ("schedule", "embargo", "at"),
    [
        (None, None, None),
        (NOON + HOUR, None, NOON + HOUR),
        (None, NOON + HOUR, NOON + HOUR),
        (NOON + HOUR, NOON + 2 * HOUR, NOON + 2 * HOUR),  # both run: the later one counts
        (NOON + 2 * HOUR, NOON + HOUR, NOON + 2 * HOUR),
        (NOON - HOUR, NOON, None),  # both are over
        (NOON + HOUR, NOON - HOUR, NOON + HOUR),
    ],
)
def test_a_story_goes_live_at_the_later_of_schedule_and_embargo(
    schedule: datetime | None, embargo: datetime | None, at: datetime | None
) -> None:
    assert goes_live_at(schedule, embargo, now=NOON) == at


def test_the_time_of_publication_is_the_editors_then_the_first_then_now_but_never_ahead() -> None:
    assert published_at(None, None, now=NOON) == NOON
    assert published_at(None, NOON - HOUR, now=NOON) == NOON - HOUR
    assert published_at(NOON - 2 * HOUR, NOON - HOUR, now=NOON) == NOON - 2 * HOUR
    assert published_at(NOON + HOUR, None, now=NOON) == NOON


def test_a_story_is_updated_when_its_wording_changed_and_only_then() -> None:
    other = Wording("", "Harga garam turun", "", "GELASAN", "", "[]")
    assert updated_at(None, TEXT, standing=None, now=NOON) is None
    assert updated_at(TEXT, TEXT, standing=None, now=NOON) is None
    assert updated_at(TEXT, other, standing=None, now=NOON) == NOON
    assert updated_at(other, other, standing=NOON - HOUR, now=NOON) == NOON - HOUR
