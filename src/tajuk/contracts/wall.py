"""The policy of the wall as it stands in the store: one small value, under a mark."""

import json
from datetime import timedelta
from typing import Any

from tajuk.paywall.meter import MeterPolicy
from tajuk.paywall.policy import SectionRule, WallPolicy

_FORMAT = 1
WALL = f"wall-{_FORMAT}"
"""The name of the mark."""


def packed_wall(policy: WallPolicy) -> bytes:
    """As JSON."""
    meter = policy.meter
    value = [
        None
        if meter is None
        else [meter.stories, meter.window // timedelta(seconds=1), meter.unregistered],
        policy.referrers,
        [
            [section_id, rule.limit, rule.is_free, rule.takes_referrers]
            for section_id, rule in policy.sections.items()
        ],
        policy.verifies_crawlers,
    ]
    return json.dumps(value, separators=(",", ":")).encode()


def unpacked_wall(packed: bytes) -> WallPolicy:
    """The policy again."""
    meter, referrers, sections, verifies_crawlers = json.loads(packed)
    return WallPolicy(
        meter=_meter(meter),
        referrers=tuple(referrers),
        sections={
            section_id: SectionRule(limit, is_free, takes_referrers)
            for section_id, limit, is_free, takes_referrers in sections
        },
        verifies_crawlers=verifies_crawlers,
    )


def _meter(told: list[Any] | None) -> MeterPolicy | None:
    if told is None:
        return None
    stories, seconds, unregistered = told
    return MeterPolicy(stories, timedelta(seconds=seconds), unregistered)
