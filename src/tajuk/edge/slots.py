"""Slots: what this reader is shown where a page depends on the reader. Pure: no store, no clock."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, assert_never

from tajuk.contracts.pages import (
    AccountSlot,
    BodySlot,
    Fixed,
    MeterSlot,
    Part,
    PicksSlot,
    PlacementSlot,
    Standing,
    account_key,
    meter_key,
    picks_key,
    placement_key,
)
from tajuk.contracts.readers import ReaderRow
from tajuk.paywall import Access, Entitlement, Open, ReaderPass, decide
from tajuk.paywall.meter import MeterCard, MeterPolicy, meter_of


@dataclass(frozen=True, slots=True)
class Reader:
    """Who is asking: nobody we know, unless there is a pass."""

    reader_pass: ReaderPass | None = None
    """One that holds now, with the entitlements of now."""
    row: ReaderRow | None = None
    card: MeterCard | None = None
    """What was read of the meter."""
    policy: MeterPolicy | None = None
    """How metered stories are counted; None: nobody counts here, and what isn't counted isn't given."""
    may_spend: bool = True
    """Not while a browser only fetches ahead, nor for headers alone."""


ANYBODY = Reader()


class View(NamedTuple):
    """All that a page's parts depend on: equal views of a page are equal pages."""

    standing: Standing = Standing.UNKNOWN
    is_ad_free: bool = False
    picks: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """The reader's own, by language."""
    is_open: bool = False
    spends: bool = False
    left: int | None = None
    """Of the meter, after this story; None where it isn't counted."""


def view_of(body: BodySlot | None, reader: Reader, *, now: datetime) -> View:
    """How this reader sees a page with this story on it, or with none."""
    reader_pass = reader.reader_pass
    if reader_pass is not None and now >= reader_pass.expires_at:
        reader_pass = None
    standing, is_ad_free = Standing.UNKNOWN, False
    if reader_pass is not None:
        held = reader_pass.entitlements
        is_ad_free = Entitlement.AD_FREE in held
        paying = is_ad_free or Entitlement.PREMIUM in held
        standing = Standing.SUBSCRIBER if paying else Standing.SIGNED_IN
    picks = reader.row.picks if reader.row is not None and reader_pass is not None else ()
    if body is None:
        return View(standing, is_ad_free, picks)
    meter = None
    if body.access is Access.METERED and reader.policy is not None:
        meter = meter_of(reader.card, body.story_id, reader.policy, now=now)
    decision = decide(body.access, reader_pass, meter, now=now)
    if not isinstance(decision, Open) or (decision.spends and not reader.may_spend):
        return View(standing, is_ad_free, picks)
    left = None
    if meter is not None and (decision.spends or meter.already_read):
        left = meter.left - decision.spends
        if reader_pass is not None and Entitlement.PREMIUM in reader_pass.entitlements:
            left = None
    return View(standing, is_ad_free, picks, is_open=True, spends=decision.spends, left=left)


class Choice(NamedTuple):
    """What fills a part: those of these fragments that are there; where none is, `instead`."""

    names: tuple[str, ...]
    instead: tuple[str, ...] = ()
    may_be_empty: bool = False
    """Whether the page stands without it."""


def choices(parts: Sequence[Part], view: View) -> Iterator[Choice]:
    """What fills each part of a page for this view of it, in order."""
    for part in parts:
        choice = _choice(part, view)
        if choice is not None:
            yield choice


def _choice(part: Part, view: View) -> Choice | None:
    match part:
        case Fixed(fragment):
            return Choice((fragment,))
        case AccountSlot(language, place):
            return Choice((account_key(language, place, view.standing),))
        case BodySlot():
            return Choice((_story(part, view),))
        case PlacementSlot(placement, language):
            if view.is_ad_free:
                return None
            return Choice((placement_key(placement, language),), may_be_empty=True)
        case PicksSlot(language):
            own = next((names for tag, names in view.picks if tag == language), ())
            return Choice(own, instead=(picks_key(language),))
        case MeterSlot(language=language):
            if view.left is None:
                return None
            return Choice((meter_key(language, view.left),), may_be_empty=True)
        case _:
            assert_never(part)


def _story(slot: BodySlot, view: View) -> str:
    if view.is_open:
        return slot.body
    return slot.closed if view.standing is Standing.UNKNOWN else slot.closed_to_signed_in
