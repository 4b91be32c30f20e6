"""The meter: how many metered stories a reader has opened, kept in a sealed cookie. Pure: no clock, no files.

Distinct stories are counted, from the first one on until the window ends; reading one again is free. The cookie is
sealed with the key ring under a purpose of its own, so nobody can write one, nor pass another's cookie off as it.
"""

import struct
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from tajuk.paywall.passes import KeyRing, Purpose, opened, sealed
from tajuk.paywall.types import Meter

METER_COOKIE = "tajuk_meter"
_FORMAT = 2
_HEAD = struct.Struct(">BIQ")
_STORY = struct.Struct(">Q")


@dataclass(frozen=True, slots=True)
class MeterPolicy:
    """So many stories in so long a window, one allowance over the whole paper."""

    stories: int
    window: timedelta
    unregistered: int | None = None
    """So many of them without an account; None: registration is not asked."""

    def allowance(self, *, is_registered: bool) -> int:
        """How many stories such a reader may open in a window."""
        if is_registered or self.unregistered is None:
            return self.stories
        return min(self.unregistered, self.stories)


@dataclass(frozen=True, slots=True)
class MeterCard:
    """What a reader has opened since `opened_at`."""

    opened_at: datetime
    stories: tuple[int, ...] = ()
    reader: int = 0
    """Whose it is, since they read with it signed in; 0 for whoever has it. To another reader it says nothing."""


def is_over(card: MeterCard, policy: MeterPolicy, *, now: datetime) -> bool:
    """Whether its window has ended; the last instant is already outside. A card from the future counts as over."""
    return not card.opened_at <= now < card.opened_at + policy.window


def meter_of(
    card: MeterCard | None, story_id: int, policy: MeterPolicy, *,
    now: datetime, is_registered: bool = True, limit: int | None = None,
) -> Meter:  # fmt: skip
    """The meter as it stands before this story.

    `limit` is a stricter section's: its stories open while no more than so many were opened in the whole paper. It
    never gives more than the paper does.
    """
    allowance = policy.allowance(is_registered=is_registered)
    registered = policy.allowance(is_registered=True)
    if limit is not None:
        allowance, registered = min(allowance, limit), min(registered, limit)
    opened: tuple[int, ...] = ()
    if card is not None and not is_over(card, policy, now=now):
        opened = card.stories
    left = max(allowance - len(opened), 0)
    return Meter(
        left,
        already_read=story_id in opened,
        registering_helps=not left and len(opened) < registered,
    )


def united(
    one: MeterCard | None, other: MeterCard | None, policy: MeterPolicy, *, now: datetime
) -> MeterCard | None:
    """What one reader has opened, as told by two cards; those whose window has ended say nothing any more."""
    cards = [
        each for each in (one, other) if each is not None and not is_over(each, policy, now=now)
    ]
    if not cards:
        return None
    stories = dict.fromkeys(story for card in cards for story in card.stories)
    return MeterCard(min(card.opened_at for card in cards), tuple(stories))


def counted(
    card: MeterCard | None, story_id: int, policy: MeterPolicy, *, now: datetime
) -> MeterCard:
    """The card after this story was opened."""
    if card is None or is_over(card, policy, now=now):
        return MeterCard(now.replace(microsecond=0), (story_id,))
    if story_id in card.stories:
        return card
    return replace(card, stories=(*card.stories, story_id))


def sealed_card(card: MeterCard, ring: KeyRing) -> str:
    """The card as a cookie: some seventy characters and eleven for each story."""
    stories = b"".join(_STORY.pack(each) for each in card.stories)
    payload = _HEAD.pack(_FORMAT, int(card.opened_at.timestamp()), card.reader) + stories
    return sealed(Purpose.METER, payload, ring)


def opened_card(cookie: bytes, ring: KeyRing) -> MeterCard | None:
    """The card; None for what is none of ours. Never raises."""
    payload = opened(Purpose.METER, cookie, ring)
    if payload is None or len(payload) < _HEAD.size or payload[0] != _FORMAT:
        return None
    if (len(payload) - _HEAD.size) % _STORY.size:
        return None
    _, opened_at, reader = _HEAD.unpack_from(payload)
    stories = tuple(story for (story,) in _STORY.iter_unpack(payload[_HEAD.size :]))
    return MeterCard(datetime.fromtimestamp(opened_at, UTC), stories, reader)
