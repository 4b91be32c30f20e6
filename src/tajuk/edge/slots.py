"""Slots: what this reader is shown where a page depends on the reader. Pure: no store, no clock."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import product
from typing import NamedTuple, assert_never

from tajuk.contracts.pages import (
    AccountSlot,
    BodySlot,
    Fixed,
    MeterSlot,
    Part,
    PlacementSlot,
    Standing,
    Tail,
    TailSlot,
    account_key,
    meter_key,
    placement_key,
    tail_key,
)
from tajuk.contracts.readers import ReaderRow
from tajuk.paywall import (
    Access,
    Entitlement,
    Meter,
    ReaderPass,
    Visit,
    Walled,
    Why,
    decide,
)
from tajuk.paywall.meter import MeterCard
from tajuk.paywall.policy import WallPolicy, meter_before

_NO_POLICY = WallPolicy()
_NOTHING: frozenset[Entitlement] = frozenset()


class Coming(NamedTuple):
    """How somebody comes. Equal ones are let in alike."""

    entitlements: frozenset[Entitlement] = _NOTHING
    """Of the network they read from."""
    is_from_free: bool = False
    """From a host whose visitors read metered stories uncounted."""
    is_crawler: bool = False
    """A search engine that has proved to be one."""
    gift: int = 0
    """The story they hold a gift link to; 0 for none."""


PLAINLY = Coming()


@dataclass(frozen=True, slots=True)
class Reader:
    """Who is asking: nobody we know, unless there is a pass."""

    reader_pass: ReaderPass | None = None
    """One that holds now, with the entitlements of now."""
    row: ReaderRow | None = None
    card: MeterCard | None = None
    """What was read of the meter."""
    wall: WallPolicy = _NO_POLICY
    """How metered stories are counted; without a meter nobody counts, and what isn't counted isn't given."""
    may_spend: bool = True
    """Not while a browser only fetches ahead, nor for headers alone."""
    coming: Coming = PLAINLY
    _views: dict[Access | int | None, "View"] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def view(self, body: BodySlot | None, *, now: datetime) -> "View":
        """How this reader sees a page with this story on it, or with none; see `view_of`.

        Kept by access level, of metered stories by section: of two of a kind the reader sees as much, unless they are
        counted on a card or one of them is given to the reader.
        """
        held = self.reader_pass
        if self.coming.gift or (held is not None and now >= held.expires_at):
            return view_of(body, self, now=now)
        kind: Access | int | None = None if body is None else body.access
        if body is not None and kind is Access.METERED:
            if self.card is not None:
                return view_of(body, self, now=now)
            kind = body.section
        view = self._views.get(kind)
        if view is None:
            view = self._views[kind] = view_of(body, self, now=now)
        return view

    def picks(self, language: str, *, now: datetime) -> tuple[str, ...]:
        """The fragments of the reader's own recommendations; empty for those of everybody."""
        row, held = self.row, self.reader_pass
        if row is None or held is None or now >= held.expires_at:
            return ()
        return row.picks_in(language)


ANYBODY = Reader()


class View(NamedTuple):
    """All that a page's parts depend on but the reader's own recommendations: equal views are equal pages."""

    standing: Standing = Standing.UNKNOWN
    is_ad_free: bool = False
    is_open: bool = False
    spends: bool = False
    left: int | None = None
    """Of the meter, after this story; None where it isn't counted."""
    may_register: bool = False
    """Whether a closed story opens to who makes an account."""
    is_withheld: bool = False
    """Whether it is closed only because nobody is about to read it: it would be counted."""


def view_of(body: BodySlot | None, reader: Reader, *, now: datetime) -> View:
    """How this reader sees a page with this story on it, or with none."""
    reader_pass = reader.reader_pass
    if reader_pass is not None and now >= reader_pass.expires_at:
        reader_pass = None
    coming = reader.coming
    standing = Standing.UNKNOWN
    held = coming.entitlements
    if reader_pass is not None:
        own = reader_pass.entitlements
        paying = Entitlement.AD_FREE in own or Entitlement.PREMIUM in own
        standing = Standing.SUBSCRIBER if paying else Standing.SIGNED_IN
        held = held | own if held else own
    is_ad_free = Entitlement.AD_FREE in held
    if body is None:
        return View(standing, is_ad_free)
    meter = _meter(body, reader, is_registered=reader_pass is not None, now=now)
    visit = Visit(coming.entitlements, coming.is_crawler, coming.gift == body.story_id)
    decision = decide(body.access, reader_pass, meter, visit, now=now)
    if isinstance(decision, Walled):
        may_register = decision.why is Why.REGISTER
        return View(standing, is_ad_free, may_register=may_register)
    if decision.spends and not reader.may_spend:
        return View(standing, is_ad_free, is_withheld=True)
    left = None
    if meter is not None and (decision.spends or (meter.already_read and not meter.is_off)):
        left = meter.left - decision.spends if Entitlement.PREMIUM not in held else None
    return View(standing, is_ad_free, is_open=True, spends=decision.spends, left=left)


def _meter(body: BodySlot, reader: Reader, *, is_registered: bool, now: datetime) -> Meter | None:
    """How the meter stands before this story; None where nobody counts."""
    if body.access is not Access.METERED:
        return None
    return meter_before(
        reader.wall, body.section, body.story_id, reader.card,
        now=now, is_registered=is_registered, is_from_free=reader.coming.is_from_free,
    )  # fmt: skip


class Choice(NamedTuple):
    """A fragment that fills a part, or a piece of it."""

    name: str
    may_be_empty: bool = False
    """Whether the page stands without it."""


def choices(parts: Sequence[Part], view: View, *, has_own: bool = False) -> Iterator[Choice]:
    """What fills the parts of a page for this view of it, in order.

    `has_own`: only up to where the reader's own recommendations follow, for which see `ending_choices`.
    """
    for part in parts:
        yield from _choices(part, view, has_own=has_own)


def ending_choices(language: str, own: Sequence[str]) -> Iterator[Choice]:
    """A reader's own recommendations, and what follows them on every page."""
    for name in own:
        yield Choice(name, may_be_empty=True)
    yield Choice(tail_key(language, "", Tail.END))


def every_choice(parts: Sequence[Part]) -> Iterator[list[Choice]]:
    """What fills the parts, for each kind of reader there may be; also for those with recommendations of their own."""
    tail = tail_of(parts)
    either = (False, True)
    for standing, is_ad_free, is_open, may_register in product(Standing, either, either, either):
        view = View(standing, is_ad_free, is_open, may_register=may_register)
        yield list(choices(parts, view))
        if tail is not None:
            yield [*choices(parts, view, has_own=True), *ending_choices(tail.language, ())]


def tail_of(parts: Sequence[Part]) -> TailSlot | None:
    """What closes these parts, if it is a tail: only there a reader's own recommendations can stand."""
    last = parts[-1] if parts else None
    return last if isinstance(last, TailSlot) else None


def _choices(part: Part, view: View, *, has_own: bool) -> Iterator[Choice]:
    match part:
        case Fixed(fragment):
            yield Choice(fragment)
        case AccountSlot(language, place):
            yield Choice(account_key(language, place, view.standing))
        case BodySlot():
            yield Choice(_story(part, view))
        case PlacementSlot(placement, language):
            if not view.is_ad_free:
                yield Choice(placement_key(placement, language), may_be_empty=True)
        case TailSlot():
            yield _tail(part, is_ad_free=view.is_ad_free, has_own=has_own)
        case MeterSlot(language=language):
            if view.left is not None:
                key = meter_key(language, view.left, view.standing)
                yield Choice(key, may_be_empty=True)
        case _:
            assert_never(part)


def _story(slot: BodySlot, view: View) -> str:
    if view.is_open:
        return slot.body
    if view.may_register and slot.closed_to_register:
        return slot.closed_to_register
    return slot.closed if view.standing is Standing.UNKNOWN else slot.closed_to_signed_in


def _tail(slot: TailSlot, *, is_ad_free: bool, has_own: bool) -> Choice:
    if slot.has_placements and not is_ad_free:
        kind = Tail.LATEST if has_own else Tail.REST
    else:
        kind = Tail.OPENING if has_own else Tail.WHOLE
    return Choice(tail_key(slot.language, slot.section, kind))
