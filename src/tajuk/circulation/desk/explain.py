"""Why a reader can or can't read a story: the one decision, asked again with one thing changed at a time. Pure.

Access is decided in `paywall.decide`, the meter told by `paywall.policy.meter_before`, as at the newsstand; what would
change the answer is found by asking them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from tajuk.contracts.readers import ReaderRow, renewed
from tajuk.paywall.meter import MeterCard
from tajuk.paywall.passes import PASS_LIFE, SESSION_LIFE, whole_second
from tajuk.paywall.policy import WallPolicy, meter_before
from tajuk.paywall.rules import decide
from tajuk.paywall.types import Access, Decision, Entitlement, Meter, Open, ReaderPass, Visit

_NOBODY = 0
_MORE_THAN_ANY_METER = 400


class Card(StrEnum):
    """Whose card the meter counts on."""

    OWN = "own"
    """The reader's, as the store knows it."""
    FRESH = "fresh"
    """Of a browser that has opened nothing yet."""
    SPENT = "spent"
    """Of a browser that has opened all it may."""


class Change(StrEnum):
    """One thing that would change the answer."""

    SIGN_IN = "sign_in"
    SUBSCRIBE = "subscribe"
    NEW_WINDOW = "new_window"
    GIFT_LINK = "gift_link"
    SIGN_OUT = "sign_out"
    METER_SPENT = "meter_spent"
    SUBSCRIPTION_ENDS = "subscription_ends"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Case:
    """The decision in one situation, and each single thing that would turn it round."""

    is_signed_in: bool
    card: Card | None
    """None where the meter makes no difference."""
    meter: Meter | None
    """As it stands before the story; None where nobody counts."""
    decision: Decision
    changes: tuple[Change, ...]

    @property
    def is_open(self) -> bool:
        """Whether the story can be read."""
        return isinstance(self.decision, Open)


@dataclass(frozen=True, slots=True)
class Story:
    """What the wall has to know of a story."""

    story_id: int
    section_id: int
    access: Access


@dataclass(frozen=True, slots=True)
class Asked:
    """A reader before a story."""

    story: Story
    policy: WallPolicy
    own_pass: ReaderPass | None
    """None for an account that may not sign in."""
    own_card: MeterCard | None
    now: datetime
    place: frozenset[Entitlement] = frozenset()
    """What the network gives they read from."""


def pass_of(reader_id: int, row: ReaderRow, *, now: datetime) -> ReaderPass | None:
    """What the reader's pass would hold if they signed in now; None for an account that may not."""
    # A sign-in comes after whatever ended those before it.
    signed_in_at = max(now, row.revoked_before or now)
    just = ReaderPass(
        reader_id, now, signed_in_at=signed_in_at, issued_at=now, renew_until=whole_second(now) + SESSION_LIFE
    )  # fmt: skip
    return renewed(just, row, now=now)


def cases(asked: Asked) -> tuple[Case, ...]:
    """Signed in, where that is possible; and not signed in, in a browser that has read nothing or all it may."""
    found = []
    visit = Visit(asked.place)
    if asked.own_pass is not None:
        found.append(_case(asked, _State(asked.own_pass, Card.OWN, visit)))
    fresh = _case(asked, _State(None, Card.FRESH, visit))
    spent = _case(asked, _State(None, Card.SPENT, visit))
    if fresh.is_open is spent.is_open:
        return (*found, replace(spent, card=None))
    return (*found, fresh, spent)


@dataclass(frozen=True, slots=True)
class _State:
    """How somebody comes to the story."""

    reader_pass: ReaderPass | None
    card: Card
    visit: Visit


def _case(asked: Asked, state: _State) -> Case:
    decision = _decision(asked, state)
    is_open = isinstance(decision, Open)
    changes = tuple(
        change
        for change, other in _others(asked, state)
        if isinstance(_decision(asked, other), Open) is not is_open
    )
    meter = _meter(asked, state)
    return Case(state.reader_pass is not None, state.card, meter, decision, changes)


def _decision(asked: Asked, state: _State) -> Decision:
    meter = _meter(asked, state)
    return decide(asked.story.access, state.reader_pass, meter, state.visit, now=asked.now)


def _meter(asked: Asked, state: _State) -> Meter | None:
    if asked.story.access is not Access.METERED:
        return None
    cards = {
        Card.OWN: asked.own_card,
        Card.FRESH: None,
        # No story has a number below nothing.
        Card.SPENT: MeterCard(asked.now, tuple(range(-_MORE_THAN_ANY_METER, 0))),
    }
    return meter_before(
        asked.policy, asked.story.section_id, asked.story.story_id, cards[state.card],
        now=asked.now, is_registered=state.reader_pass is not None,
    )  # fmt: skip


def _others(asked: Asked, state: _State) -> Iterator[tuple[Change, _State]]:
    """The same situation with one thing changed, the smallest first."""
    held = state.reader_pass
    signed_in = held or asked.own_pass or ReaderPass(_NOBODY, asked.now + PASS_LIFE)
    if held is None:
        yield Change.SIGN_IN, replace(state, reader_pass=signed_in, card=Card.OWN)
    else:
        yield Change.SIGN_OUT, replace(state, reader_pass=None)
    if Entitlement.PREMIUM not in signed_in.entitlements:
        paid = signed_in.entitlements | {Entitlement.PREMIUM}
        yield Change.SUBSCRIBE, replace(state, reader_pass=replace(signed_in, entitlements=paid))
    elif held is not None:
        unpaid = signed_in.entitlements - {Entitlement.PREMIUM}
        ended = replace(signed_in, entitlements=unpaid)
        yield Change.SUBSCRIPTION_ENDS, replace(state, reader_pass=ended)
    yield Change.NEW_WINDOW, replace(state, card=Card.FRESH)
    yield Change.METER_SPENT, replace(state, card=Card.SPENT)
    yield Change.GIFT_LINK, replace(state, visit=replace(state.visit, has_gift=True))
    yield Change.ELSEWHERE, replace(state, visit=Visit())
