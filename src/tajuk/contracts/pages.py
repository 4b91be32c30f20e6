"""The shapes of what is pressed: fragments, and page plans made of parts.

The press writes them, the store keeps them, the newsstand reads them.
"""

import json
from dataclasses import dataclass, field
from typing import Any, assert_never

from tajuk.paywall.types import Access


@dataclass(frozen=True, slots=True)
class Fixed:
    """A part that is the same for every reader: one fragment."""

    fragment: str


@dataclass(frozen=True, slots=True)
class AccountSlot:
    """The account bar: who is signed in, or the way to sign in."""

    language: str


@dataclass(frozen=True, slots=True)
class BodySlot:
    """A story's body or its preview with the gate, as `paywall.decide` says."""

    access: Access
    body: str
    preview: str


@dataclass(frozen=True, slots=True)
class PlacementSlot:
    """An advertising placement; empty for ad-free readers and where nothing is sold."""

    placement: str
    language: str


Slot = AccountSlot | BodySlot | PlacementSlot
Part = Fixed | Slot


@dataclass(frozen=True, slots=True)
class PagePlan:
    """How to answer one public path.

    `headers` go out as they are (lower-case names, Content-Type among them). A redirect is a plan with a
    3xx status, a `location` header and no parts.
    """

    status: int
    headers: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    surrogate_keys: tuple[str, ...] = field(default=())


def account_key(language: str) -> str:
    """The fragment an AccountSlot shows to a reader who isn't signed in."""
    return f"account:anonymous:{language}"


def placement_key(placement: str, language: str) -> str:
    """The fragment a PlacementSlot shows; absent where nothing is sold."""
    return f"placement:{placement}:{language}"


FORMAT = 1
"""Of a packed plan. A store written in another is read as empty, so that everything is pressed anew."""


def packed_plan(plan: PagePlan) -> bytes:
    """A plan as the store keeps it: a JSON list."""
    parts = [_packed_part(part) for part in plan.parts]
    value = [FORMAT, plan.status, plan.headers, parts, plan.surrogate_keys]
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def unpacked_plan(packed: bytes) -> PagePlan | None:
    """The plan again; None for one of another format."""
    value: list[Any] = json.loads(packed)
    if value[0] != FORMAT:
        return None
    _, status, headers, parts, surrogate_keys = value
    return PagePlan(
        status=status,
        headers=tuple((name, text) for name, text in headers),
        parts=tuple(_unpacked_part(part) for part in parts),
        surrogate_keys=tuple(surrogate_keys),
    )


def _packed_part(part: Part) -> list[str]:
    match part:
        case Fixed(fragment):
            return ["f", fragment]
        case AccountSlot(language):
            return ["a", language]
        case BodySlot(access, body, preview):
            return ["b", access.value, body, preview]
        case PlacementSlot(placement, language):
            return ["p", placement, language]
        case _:
            assert_never(part)


def _unpacked_part(packed: list[str]) -> Part:
    match packed:
        case ["f", fragment]:
            return Fixed(fragment)
        case ["a", language]:
            return AccountSlot(language)
        case ["b", access, body, preview]:
            return BodySlot(Access(access), body, preview)
        case ["p", placement, language]:
            return PlacementSlot(placement, language)
        case _:
            raise ValueError(f"A page plan holds a part nobody knows: {packed!r}.")
