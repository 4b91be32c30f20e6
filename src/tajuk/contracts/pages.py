"""The shapes of what is pressed: fragments, and page plans made of parts.

The press writes them, the store keeps them, the newsstand reads them.
"""

from dataclasses import dataclass, field

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


Part = Fixed | AccountSlot | BodySlot | PlacementSlot


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
