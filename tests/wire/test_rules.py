"""What is done with an item that arrives, and whether its story goes live."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tajuk.contracts.incoming import IncomingSection, IncomingStory, Standing
from tajuk.terms.language import Language
from tajuk.wire.rules import Wish, digest_of, fate_of, step_of
from tajuk.wire.types import Known, Step

NOW = datetime(2026, 3, 1, 5, tzinfo=UTC)
HOUR = timedelta(hours=1)
STORY = IncomingStory(
    "urn:uji:1",
    Language.INDONESIAN,
    "Kapal datang",
    IncomingSection("kota"),
    published_at=NOW - HOUR,
)
KNOWN = Known("abc", 1, 2, was_live=True)


def test_a_usable_story_with_a_time_goes_live() -> None:
    assert fate_of(STORY, Wish.AS_SENT, now=NOW).live
    assert fate_of(replace(STORY, published_at=NOW), Wish.AS_SENT, now=NOW).live


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"standing": Standing.WITHHELD}, "withholds"),
        ({"embargo_until": NOW + HOUR}, "embargo until 2026-03-01 06:00 UTC"),
        ({"expire_at": NOW}, "over"),
        ({"published_at": NOW + HOUR}, "still to come"),
    ],
)
def test_no_wish_overrules_what_the_sender_forbids(change: dict[str, object], why: str) -> None:
    for wish in (Wish.AS_SENT, Wish.PUBLISH):
        fate = fate_of(replace(STORY, **change), wish, now=NOW)  # type: ignore[arg-type]
        assert not fate.live
        assert why in fate.why_not


def test_the_instant_an_embargo_lifts_is_free() -> None:
    assert fate_of(replace(STORY, embargo_until=NOW), Wish.AS_SENT, now=NOW).live


def test_a_story_without_a_time_is_published_only_on_request() -> None:
    undated = replace(STORY, published_at=None)
    assert not fate_of(undated, Wish.AS_SENT, now=NOW).live
    assert fate_of(undated, Wish.PUBLISH, now=NOW).live
    assert not fate_of(STORY, Wish.DRAFT, now=NOW).live


def test_the_same_content_again_changes_nothing() -> None:
    assert step_of(STORY, "abc", None) is Step.MAKE
    assert step_of(STORY, "abc", KNOWN) is Step.LEAVE
    assert step_of(STORY, "xyz", KNOWN) is Step.CHANGE


def test_a_cancellation_kills_what_came_and_passes_over_what_did_not() -> None:
    canceled = replace(STORY, standing=Standing.CANCELED)
    assert step_of(canceled, "xyz", KNOWN) is Step.KILL
    assert step_of(canceled, "abc", KNOWN) is Step.LEAVE
    assert step_of(canceled, "abc", None) is Step.SKIP


def test_a_digest_is_of_content_not_of_its_spelling() -> None:
    assert digest_of({"a": 1, "b": [2]}) == digest_of({"b": [2], "a": 1})
    assert digest_of({"a": 1}) != digest_of({"a": 2})
    assert digest_of({"a": 1}, "draft") != digest_of({"a": 1}, "publish")
    assert digest_of({"a": "\ud800"})
