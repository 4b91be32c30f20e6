"""The shapes of what is pressed: fragments, and page plans made of parts.

The press writes them, the store keeps them, the newsstand reads them.
"""

import json
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, assert_never

from tajuk.paywall.types import Access


class Standing(StrEnum):
    """How a reader stands to the paper: what the account bar and the gate say follows from it."""

    UNKNOWN = "unknown"
    SIGNED_IN = "signed-in"
    SUBSCRIBER = "subscriber"


@dataclass(frozen=True, slots=True)
class Fixed:
    """A part that is the same for every reader: one fragment."""

    fragment: str


@dataclass(frozen=True, slots=True)
class AccountSlot:
    """The account bar and the masthead under it; `place` is the navigation's address to mark, or empty."""

    language: str
    place: str


@dataclass(frozen=True, slots=True)
class BodySlot:
    """A story: with its body, or with its preview and the gate, as `paywall.decide` says.

    `closed` is shown to readers nobody knows, `closed_to_signed_in` to those who need no sign-in,
    `closed_to_register` to those who may go on once they have an account; where it is empty, `closed` serves.
    """

    story_id: int
    access: Access
    body: str
    closed: str
    closed_to_signed_in: str
    section: int = 0
    """Whose rule of the wall holds."""
    closed_to_register: str = ""


@dataclass(frozen=True, slots=True)
class PlacementSlot:
    """An advertising placement; empty for ad-free readers and where nothing is sold."""

    placement: str
    language: str


@dataclass(frozen=True, slots=True)
class TailSlot:
    """What closes a page: other news, the latest, recommendations (the reader's own, or those for everybody), the foot.

    `section` is the address of the section whose stories it stands under; empty under lists. `has_placements` where
    advertisements stand in it, for readers who are shown some. Where nothing of the reader's stands in between, it is one
    fragment.
    """

    language: str
    section: str
    has_placements: bool


@dataclass(frozen=True, slots=True)
class MeterSlot:
    """How many metered stories this reader has left; empty where the page is not metered for this reader."""

    story_id: int
    access: Access
    language: str


Slot = AccountSlot | BodySlot | PlacementSlot | TailSlot | MeterSlot
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

    @property
    def is_personal(self) -> bool:
        """Whether any part depends on the reader."""
        return any(not isinstance(part, Fixed) for part in self.parts)


def account_key(language: str, place: str, standing: Standing) -> str:
    """The fragment an AccountSlot shows to readers of this standing."""
    return f"account:{language}:{standing}:{place}"


def placement_key(placement: str, language: str) -> str:
    """The fragment a PlacementSlot shows; absent where nothing is sold."""
    return f"placement:{placement}:{language}"


class Tail(StrEnum):
    """The fragments of a tail. Those of a section's tail have its address in their name; see `tail_key`."""

    WHOLE = "whole"
    """All of it without advertisements, with the recommendations for everybody."""
    OPENING = "opening"
    """The same up to the reader's own recommendations: the other news and the latest."""
    REST = "rest"
    """All of it with advertisements, with the recommendations for everybody."""
    LATEST = "latest"
    """The same up to the reader's own recommendations."""
    END = "end"
    """What follows the reader's own recommendations."""


def tail_key(language: str, section: str, kind: Tail) -> str:
    """A fragment of a tail; what ends one is the same in the whole edition."""
    return f"tail:{language}:{kind}:{'' if kind is Tail.END else section}"


def meter_key(language: str, left: int, standing: Standing) -> str:
    """The fragment a MeterSlot shows when so many are left after this one: who is signed in has no account to make."""
    known = "" if standing is Standing.UNKNOWN else "signed-in:"
    return f"meter:{language}:{known}{left}"


NOT_HERE = "!not-here"
"""No reader's path begins so: the plan of the 404 page of an edition stands here."""


def not_here(language: str) -> str:
    """The path under which an edition's 404 page stands."""
    return f"{NOT_HERE}/{language}"


def page_of_story(story_id: int) -> str:
    """The surrogate key of a story's own page, at whatever path it stands."""
    return f"page-of-story-{story_id}"


def published_on(language: str, day: date) -> str:
    """The surrogate key of the stories of a day: with one of them, the day has an edition."""
    return f"day-{language}-{day.isoformat()}"


def page_of_gallery(gallery_id: int) -> str:
    """The surrogate key of a gallery's own page."""
    return f"page-of-gallery-{gallery_id}"


FORMAT = 6
"""Of a packed plan. A store written in another is read as empty, so that everything is pressed anew."""


WHOLE = f"whole-{FORMAT}"
"""The mark that everything there is was pressed: what the store doesn't hold isn't there. Its value is a fingerprint
of the dress it was pressed in.
"""


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


def _packed_part(part: Part) -> list[str | int]:
    match part:
        case Fixed(fragment):
            return ["f", fragment]
        case AccountSlot(language, place):
            return ["a", language, place]
        case BodySlot(story_id, access, body, closed, closed_to_signed_in, section, to_register):
            return [
                "b",
                story_id,
                access.value,
                body,
                closed,
                closed_to_signed_in,
                section,
                to_register,
            ]
        case PlacementSlot(placement, language):
            return ["p", placement, language]
        case TailSlot(language, section, has_placements):
            return ["t", language, section, int(has_placements)]
        case MeterSlot(story_id, access, language):
            return ["m", story_id, access.value, language]
        case _:
            assert_never(part)


def _unpacked_part(packed: list[Any]) -> Part:
    match packed:
        case ["f", fragment]:
            return Fixed(fragment)
        case ["a", language, place]:
            return AccountSlot(language, place)
        case ["b", story_id, access, body, closed, closed_to_signed_in, section, to_register]:
            return BodySlot(
                story_id, Access(access), body, closed, closed_to_signed_in, section, to_register
            )
        case ["p", placement, language]:
            return PlacementSlot(placement, language)
        case ["t", language, section, has_placements]:
            return TailSlot(language, section, bool(has_placements))
        case ["m", story_id, access, language]:
            return MeterSlot(story_id, Access(access), language)
        case _:
            raise ValueError(f"A page plan holds a part nobody knows: {packed!r}.")
