"""Slots: which fragment this reader is shown where a page depends on the reader. Pure, no store, no clock."""

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from tajuk.contracts.pages import (
    AccountSlot,
    BodySlot,
    PlacementSlot,
    Slot,
    account_key,
    placement_key,
)
from tajuk.paywall import Meter, Open, ReaderPass, Walled, decide


@dataclass(frozen=True, slots=True)
class Reader:
    """Who is asking. Until readers can sign in everybody is ANYBODY."""

    reader_pass: ReaderPass | None = None
    meter: Meter | None = None


ANYBODY = Reader()


def fragment_shown(slot: Slot, reader: Reader, *, now: datetime) -> str:
    """The name of the fragment that fills the slot for this reader."""
    match slot:
        case AccountSlot(language):
            return account_key(language)
        case BodySlot(access, body, preview):
            match decide(access, reader.reader_pass, reader.meter, now=now):
                case Open():
                    return body
                case Walled():
                    return preview
        case PlacementSlot(placement, language):
            return placement_key(placement, language)
        case _:
            assert_never(slot)


def may_be_empty(slot: Slot) -> bool:
    """Whether the page stands without it: a placement nobody bought, an account bar not pressed yet."""
    return not isinstance(slot, BodySlot)
